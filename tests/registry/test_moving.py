"""A household under another village, and villages that become one."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from registry import changes
from registry.models import Change, Household, Place
from registry.moving import VillageMerger
from registry.places import Level
from tests.registry.conftest import NEIGHBOUR
from tests.registry.factories import VILLAGE, household

pytestmark = pytest.mark.usefixtures("places")

DAY = date(2016, 3, 1)
HOW: dict[str, Any] = {"on": DAY, "by": None, "reason": "花政函〔2016〕12号"}
NEW = "433124110300"


def codes(refused: object) -> list[str]:
    assert isinstance(refused, list), refused
    return [refusal.code for refusal in refused]


def move(home: Household, village: str = NEIGHBOUR, **how: Any) -> object:
    options = {"village": village, "group": "三组"} | HOW | how
    return changes.move_household(home, **options)


def merge(*villages: str, **how: Any) -> list[str]:
    options = {"into": NEW, "name": "新寨村"} | how
    merger = VillageMerger(villages=frozenset(villages), **options)
    return codes(changes.merge_villages(merger, **HOW))


def test_a_household_moves_and_keeps_its_number() -> None:
    home = household(group="一组")

    moved = move(home)

    assert isinstance(moved, Household)
    assert (moved.place_id, moved.group) == (NEIGHBOUR, "三组")
    assert moved.number == f"{VILLAGE}0001"
    last = moved.changes.last()
    assert (last.kind, last.on) == ("moved", DAY)
    assert last.before == {"village": VILLAGE, "group": "一组"}
    assert last.after == {"village": NEIGHBOUR, "group": "三组"}


def test_numbers_go_on_where_a_household_moved_in_and_where_it_left() -> None:
    move(household())
    move(household())

    assert household().number == f"{VILLAGE}0003"
    assert household(village=NEIGHBOUR).number == f"{NEIGHBOUR}0001"


@pytest.mark.parametrize(
    ("village", "how", "code"),
    [
        (VILLAGE, {}, "same_village"),
        ("433101001001", {}, "other_county"),
        ("433124110999", {}, "village_unknown"),
        (NEIGHBOUR, {"on": date(2014, 3, 1)}, "before_household"),
        (NEIGHBOUR, {"reason": ""}, "reason_missing"),
    ],
)
def test_a_move_out_of_order_is_refused(
    village: str, how: dict[str, Any], code: str
) -> None:
    assert code in codes(move(household(), village, **how))


def test_two_villages_become_a_new_one() -> None:
    one, other = household(group="一组"), household(village=NEIGHBOUR, group="一组")
    renamed = {(NEIGHBOUR, "一组"): "五组"}

    assert merge(VILLAGE, NEIGHBOUR, groups=renamed) == []

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.place_id, one.group) == (NEW, "一组")
    assert (other.place_id, other.group) == (NEW, "五组")
    new = Place.objects.get(pk=NEW)
    assert (new.name, new.level, new.valid_from) == ("新寨村", Level.VILLAGE, DAY)
    ended = Place.objects.filter(merged_into=new).order_by("pk")
    assert [(p.pk, p.valid_to) for p in ended] == [
        (VILLAGE, date(2016, 2, 29)),
        (NEIGHBOUR, date(2016, 2, 29)),
    ]


def test_a_village_joins_another_that_stays() -> None:
    home = household()
    household(village=NEIGHBOUR)

    assert merge(VILLAGE, NEIGHBOUR, into=NEIGHBOUR, name="") == []

    assert list(Change.objects.filter(kind="moved").values_list("household")) == [
        (home.pk,)
    ]
    assert Place.objects.get(pk=NEIGHBOUR).valid_to is None


def test_a_merged_village_takes_no_household_any_more() -> None:
    merge(VILLAGE, NEIGHBOUR)
    home = household(village=NEIGHBOUR)

    assert codes(move(home, VILLAGE)) == ["village_unknown"]


@pytest.mark.parametrize(
    ("villages", "how", "code"),
    [
        ([VILLAGE], {"into": VILLAGE}, "villages_few"),
        ([VILLAGE, "433124110999"], {}, "village_unknown"),
        ([VILLAGE, NEIGHBOUR], {"into": "433124111001"}, "other_township"),
        ([VILLAGE, NEIGHBOUR], {"into": "433124110000"}, "village_unknown"),
        ([VILLAGE, NEIGHBOUR], {"name": " "}, "name_missing"),
        ([VILLAGE, NEIGHBOUR], {"into": VILLAGE}, "village_renamed"),
    ],
)
def test_a_merger_out_of_order_is_refused(
    villages: list[str], how: dict[str, Any], code: str
) -> None:
    assert code in merge(*villages, **how)
    assert not Place.objects.exclude(valid_to=None).exists()


@pytest.mark.parametrize("homes", [1, 12])
def test_a_merger_costs_the_same_for_any_number_of_households(
    django_assert_num_queries: DjangoAssertNumQueries, homes: int
) -> None:
    for _n in range(homes):
        household()

    with django_assert_num_queries(13):
        merge(VILLAGE, NEIGHBOUR)
