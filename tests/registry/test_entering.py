"""Entering households, one or many."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.changes import enter_household, enter_households
from registry.models import Change, Household, Person, Place
from tests.registry.conftest import NEIGHBOUR
from tests.registry.factories import (
    ENTERED,
    VILLAGE,
    draft,
    household,
    id_number,
    member,
    wife,
)

pytestmark = pytest.mark.usefixtures("places")


def code_of(refused: object) -> list[str]:
    assert isinstance(refused, list)
    return [refusal.code for refusal in refused]


def test_a_household_is_entered_with_its_members() -> None:
    entered = household(group="第一组", phone="19907430001")

    assert entered.number == f"{VILLAGE}0001"
    assert (entered.size, entered.head_name) == (2, "石春生")
    assert entered.head == Person.objects.get(name="石春生")
    assert str(entered) == f"石春生（{VILLAGE}0001）"
    assert [c.kind for c in entered.changes.all()] == ["entered"]


def test_numbers_run_on_in_each_village() -> None:
    household(number=f"{VILLAGE}0007")

    numbers = [household().number, household(village=NEIGHBOUR).number]

    assert numbers == [f"{VILLAGE}0008", f"{NEIGHBOUR}0001"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (f"{VILLAGE}0001", "number_taken"),
        (f"{NEIGHBOUR}0001", "number_shape"),
        ("1", "number_shape"),
        (f"{VILLAGE}00x1", "number_shape"),
        (f"{VILLAGE}10000", "number_exhausted"),
    ],
)
def test_a_wrong_household_number_is_refused(number: str, code: str) -> None:
    household()

    refused = enter_household(draft(number=number), on=ENTERED, by=None)

    assert code_of(refused) == [code]


def test_a_full_village_gives_no_number() -> None:
    household(number=f"{VILLAGE}9999")

    refused = enter_household(draft(), on=ENTERED, by=None)

    assert code_of(refused) == ["number_exhausted"]


@pytest.mark.parametrize("village", ["433124110000", "433124110999", "nowhere"])
def test_what_is_no_village_has_no_households(village: str) -> None:
    refused = enter_household(draft(village=village), on=ENTERED, by=None)

    assert code_of(refused) == ["village_unknown"]


def test_a_merged_village_takes_no_more_households() -> None:
    Place.objects.filter(pk=VILLAGE).update(valid_to=date(2014, 3, 31))

    assert code_of(enter_household(draft(), on=ENTERED, by=None)) == ["village_unknown"]


def test_nobody_is_present_in_two_households() -> None:
    number = id_number()
    household(member(id_number=number))

    refused = enter_household(draft(member(id_number=number)), on=ENTERED, by=None)

    assert code_of(refused) == ["person_present"]


def test_of_two_drafts_with_one_person_the_second_is_refused() -> None:
    number = id_number()
    twice = [draft(member(id_number=number)), draft(member(id_number=number))]

    refused = enter_households(twice, on=ENTERED, by=None)

    assert isinstance(refused, dict)
    assert {n: code_of(r) for n, r in refused.items()} == {1: ["person_present"]}


def test_one_wrong_household_keeps_all_of_them_out() -> None:
    refused = enter_households([draft(), draft(wife())], on=ENTERED, by=None)

    assert isinstance(refused, dict)
    assert list(refused) == [1]
    assert not Household.objects.exists()


@pytest.mark.parametrize("count", [1, 8])
def test_the_statements_do_not_grow_with_the_households(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [draft() for _ in range(count)]

    with django_assert_num_queries(9):  # two of them a savepoint
        enter_households(drafts, on=ENTERED, by=None)


def test_no_column_of_any_table_holds_a_number_or_phone_in_clear() -> None:
    number, phone = id_number(), "19907430001"
    household(member(id_number=number), phone=phone)

    for model in (Household, Person, Change):
        text = repr(list(model.objects.values()))
        assert number not in text
        assert phone not in text
        assert number[6:14] not in text


def test_a_person_shows_only_the_region_of_the_number() -> None:
    entered = household()

    assert entered.head.masked_id == "433124" + "*" * 12
    assert Person(name="幼儿").masked_id == ""


def test_an_empty_list_enters_nothing() -> None:
    assert enter_households([], on=ENTERED, by=None) == []
