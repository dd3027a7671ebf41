"""Registering, exiting, removing in bulk."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.changes import close_household, set_standing
from registry.codes import Attribute, Standing
from registry.models import Household
from registry.standing import SOURCES
from tests.registry.factories import household

pytestmark = pytest.mark.usefixtures("places")

REGISTERED = date(2014, 6, 1)
EXITED = date(2016, 12, 1)
RELAPSED = date(2018, 7, 1)


def move(homes: list[Household], to: Standing, on: date) -> list[str]:
    ids = [home.pk for home in homes]
    refusals = set_standing(ids, to, on=on, by=None, reason="2016年度")
    for home in homes:
        home.refresh_from_db()
    return [refusal.code for refusal in refusals]


def test_a_household_comes_goes_and_comes_back() -> None:
    home = household(attribute=Attribute.GENERAL_POOR)

    assert move([home], Standing.REGISTERED, REGISTERED) == []
    assert (home.registered_on, home.attribute) == (REGISTERED, "01")
    assert move([home], Standing.EXITED, EXITED) == []
    assert (home.exited_on, home.attribute) == (EXITED, Attribute.GENERAL_EXITED)
    assert move([home], Standing.REGISTERED, RELAPSED) == []
    assert (home.exited_on, home.registered_on) == (None, REGISTERED)
    assert home.attribute == Attribute.GENERAL_POOR


def test_a_removed_household_that_is_identified_anew_gets_a_new_day() -> None:
    home = household()
    move([home], Standing.REGISTERED, REGISTERED)
    move([home], Standing.REMOVED, EXITED)
    assert (home.status, home.registered_on) == (Standing.REMOVED, REGISTERED)

    move([home], Standing.REGISTERED, RELAPSED)

    assert home.registered_on == RELAPSED


@pytest.mark.parametrize("to", Standing)
@pytest.mark.parametrize("status", Standing)
def test_only_the_steps_of_the_table_are_taken(status: Standing, to: Standing) -> None:
    home = household()
    Household.objects.filter(pk=home.pk).update(status=status)

    expected = [] if status in SOURCES[to] else ["standing_step"]
    assert move([home], to, EXITED) == expected


def test_one_that_cannot_keeps_all_from_moving() -> None:
    good, bad = household(), household()
    move([bad], Standing.REGISTERED, REGISTERED)

    assert move([good, bad], Standing.REGISTERED, EXITED) == ["standing_step"]
    assert good.status == Standing.UNREGISTERED


def test_nothing_happens_before_registration_or_after_closing() -> None:
    early, closed = household(), household()
    move([early, closed], Standing.REGISTERED, REGISTERED)
    close_household(closed, on=EXITED, by=None, reason="自然销户")

    refused = move([early, closed], Standing.EXITED, date(2014, 5, 1))

    assert refused == ["before_registration", "household_closed", "before_registration"]


def test_an_unknown_household_is_noticed() -> None:
    refused = set_standing([0], Standing.EXITED, on=EXITED, by=None, reason="x")

    assert [r.code for r in refused] == ["household_unknown"]


@pytest.mark.parametrize("count", [1, 9])
def test_the_statements_do_not_grow_with_the_list(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [household().pk for _ in range(count)]

    with django_assert_num_queries(6):  # two of them a savepoint
        set_standing(ids, Standing.REGISTERED, on=EXITED, by=None, reason="x")


def test_every_attribute_has_its_way_back() -> None:
    assert all(a.after_exit.before_exit in {a, a.before_exit} for a in Attribute)
