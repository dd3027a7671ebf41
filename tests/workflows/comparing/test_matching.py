"""Whose rows are kept: by number alone, members and declared kin, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.comparing.kinds import Decision
from registry.comparing.matching import matched
from registry.identity import unseal
from registry.models import Household, Person
from tests.registry.factories import id_number
from tests.workflows.comparing.scene import County, car, declared, head, number
from workflows.models import DepartmentFile, FileFault, Match, RoundEntry


def shortened(text: str) -> str:
    """Return a number as it was written before 1999."""
    return text[:6] + text[8:17]


def test_a_row_is_about_the_person_with_its_number(
    county: County, homes: list[Household]
) -> None:
    match = county.hit(head(homes[0]))

    assert match.person == head(homes[0])
    assert (match.kind, match.office, match.decision) == ("vehicle", "公安", "open")
    assert match.detail == "车辆类型：小型轿车"
    assert not match.name_differs


def test_nobody_is_found_by_name(county: County, homes: list[Household]) -> None:
    department = county.released(county.open())
    stranger = car(head(homes[0]), id_number=id_number())

    file = county.answer(department, [stranger])

    assert (file.rows, file.hits) == (1, 0)
    assert not Match.objects.exists()


def test_another_name_under_the_same_number_is_told(
    county: County, homes: list[Household]
) -> None:
    match = county.hit(head(homes[0]), name="龙不同")

    assert (match.name_differs, match.name_given) == (True, "龙不同")


def test_a_blank_in_a_name_is_no_other_name(
    county: County, homes: list[Household]
) -> None:
    person = head(homes[0])

    match = county.hit(person, name=f"{person.name[0]}　{person.name[1:]}")

    assert not match.name_differs


def test_an_old_number_of_fifteen_digits_finds_its_person(
    county: County, homes: list[Household]
) -> None:
    person = head(homes[0])
    assert person.birth.year < 2000

    match = county.hit(person, id_number=shortened(number(person)))

    assert (match.person, match.lengthened) == (person, True)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("", "id_missing"),
        ("4331241970050400", "id_shape"),
        ("433124197013040011", "id_birth"),
        ("433124197005040010", "id_check_digit"),
    ],
)
def test_a_row_without_a_number_is_told_by_cell_and_rule(
    county: County, homes: list[Household], cell: str, rule: str
) -> None:
    department = county.released(county.open())

    file = county.answer(department, [car(head(homes[0]), id_number=cell)])

    fault = FileFault.objects.get()
    assert (file.hits, file.faults) == (0, 1)
    assert (fault.sheet, fault.cell, fault.rule) == ("CSV", "B3", rule)


def test_declared_kin_are_found_and_hold_against_the_household(
    county: County, homes: list[Household]
) -> None:
    son = unseal(declared(homes[0], county.world.day).id_cipher)
    department = county.released(county.open())

    county.answer(department, [("石远", son, "小型轿车", "")])

    match = Match.objects.get()
    assert (match.household, match.person, match.kin.name) == (homes[0], None, "石远")


def test_a_household_nobody_asked_about_is_not_found(
    county: County, homes: list[Household]
) -> None:
    round_ = county.open(groups=["exited"])
    department = county.released(round_)

    file = county.answer(department, [car(head(homes[0]))])

    assert (round_.households, file.hits) == (0, 0)


def test_the_same_file_twice_does_nothing_twice(
    county: County, homes: list[Household]
) -> None:
    department = county.released(county.open())
    first = county.answer(department, [car(head(homes[0]))])

    second = county.answer(department, [car(head(homes[0]))])

    assert first.pk == second.pk
    assert Match.objects.count() == 1
    assert DepartmentFile.objects.get().content.name == ""


def test_a_corrected_file_supersedes_and_keeps_what_was_decided(
    county: County, homes: list[Household]
) -> None:
    department = county.released(county.open())
    one, two, three = (head(home) for home in homes[:3])
    county.answer(department, [car(one), car(two)])
    assert county.decide(Match.objects.get(person=one)) == []

    county.answer(department, [car(one), car(three)])

    standing = Match.objects.filter(standing=True)
    assert {m.person: m.decision for m in standing} == {
        one: Decision.ACCEPTED,
        three: Decision.OPEN,
    }
    acts = RoundEntry.objects.filter(act=RoundEntry.Act.SUPERSEDED)
    assert acts.count() == 1


def test_an_adding_file_leaves_the_first_standing(
    county: County, homes: list[Household]
) -> None:
    department = county.released(county.open())
    county.answer(department, [car(head(homes[0]))])

    county.answer(department, [car(head(homes[0])), car(head(homes[1]))], adds=True)

    assert Match.objects.filter(standing=True).count() == 2


@pytest.mark.parametrize("lines", [1, 500])
def test_matching_costs_seven_statements_at_most(
    homes: list[Household], lines: int
) -> None:
    indexes = {p.id_index for p in Person.objects.all()} | {
        f"{n:064d}" for n in range(lines)
    }

    with CaptureQueriesContext(connection) as asked:
        found = matched(indexes - {""}, Household.objects.all())

    assert len(found) == Person.objects.exclude(id_index="").count()
    assert len(asked) <= 9  # two of them open and close the savepoint
