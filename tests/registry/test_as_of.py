"""The register read back as of any day, against a plain replay of what was recorded."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from registry import as_of, changes
from registry.codes import Attribute, Standing
from registry.kinship import Relation
from registry.models import Household
from tests.registry import histories
from tests.registry.factories import ENTERED, VILLAGE, household
from tests.registry.histories import WHY, History

pytestmark = pytest.mark.usefixtures("places")

DAY = timedelta(days=1)
LATER = date(2015, 6, 1)


@pytest.mark.parametrize("seed", range(20))
def test_every_day_reads_as_a_replay_of_the_changes(seed: int) -> None:
    dice = Random(seed)
    stories = [History(dice).happen(12) for _home in range(2)]

    for day in histories.every_day():
        read = {home.pk: home for home in as_of.households_on(VILLAGE, day)}
        expected = {s.home.pk: s.on(day) for s in stories if s.on(day)}
        assert {pk: histories.shape(home) for pk, home in read.items()} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_a_place_is_read_back_in_three_statements(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _home in range(count):
        household()

    with django_assert_num_queries(3):
        found = as_of.households_on("433124000000", LATER)
        assert [len(home.members_then) for home in found] == [2] * count
        assert {home.place.name for home in found} == {"地0226"}


def test_a_closed_household_is_there_until_the_day_it_closed() -> None:
    home = household()
    changes.close_household(home, on=LATER, **WHY)

    before, after = (
        as_of.households_on(VILLAGE, LATER - DAY),
        as_of.households_on(VILLAGE, LATER),
    )

    assert ([h.size for h in before], after) == ([2], [])


def test_a_household_is_not_there_before_it_was_entered() -> None:
    household()

    assert as_of.households_on(VILLAGE, ENTERED - DAY) == []


def test_standing_and_its_days_come_back_with_their_types() -> None:
    home = household(attribute=Attribute.GENERAL_POOR, farmland_mu=Decimal("1.50"))
    ids, registered, exited = [home.pk], date(2014, 6, 1), date(2016, 12, 1)
    changes.set_standing(ids, Standing.REGISTERED, on=registered, **WHY)
    changes.set_standing(ids, Standing.EXITED, on=exited, **WHY)
    changes.set_standing(ids, Standing.REGISTERED, on=date(2018, 7, 1), **WHY)
    columns = {"farmland_mu": Decimal("2.75"), "other_causes": ("no_skill",)}
    changes.correct_household(home, columns, on=date(2018, 8, 1), **WHY)

    [then] = as_of.households_on(VILLAGE, exited)

    assert (then.status, then.attribute) == ("exited", Attribute.GENERAL_EXITED)
    assert (then.registered_on, then.exited_on) == (registered, exited)
    assert (then.farmland_mu, then.other_causes) == (Decimal("1.50"), [])


def test_a_correction_recorded_late_holds_from_its_own_day() -> None:
    home = household(group="第一组")
    early, between = date(2014, 5, 1), date(2014, 6, 1)
    changes.correct_household(home, {"group": "第二组"}, on=LATER, **WHY)
    changes.correct_household(home, {"group": "第三组"}, on=early, **WHY)

    groups = [
        as_of.households_on(VILLAGE, day)[0].group
        for day in (early - DAY, early, between, LATER)
    ]

    assert groups == ["第一组", "第三组", "第三组", "第三组"]


def test_the_head_of_a_day_is_named() -> None:
    home = household()
    husband, wife = home.members.order_by("pk")
    relations = {husband.pk: Relation.HUSBAND, wife.pk: Relation.HEAD}
    assert isinstance(changes.change_head(home, relations, on=LATER, **WHY), Household)

    before, after = (
        as_of.households_on(VILLAGE, LATER - DAY)[0],
        as_of.households_on(VILLAGE, LATER)[0],
    )

    assert (before.head_name, after.head_name) == (husband.name, wife.name)
    assert [p.name for p in after.members_then] == [wife.name, husband.name]
