"""The ledgers: every figure adds up, whatever happened, on whatever day."""

from datetime import date, timedelta
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from registry import as_of, changes
from registry.codes import Cause, Health, Labour, Standing
from registry.ledgers import books, counting
from registry.ledgers.figures import Figures
from registry.models import Household, Place, Uncounted, VillageFigures
from registry.moving import VillageMerger
from registry.places import Level
from tests.registry.conftest import NEIGHBOUR
from tests.registry.factories import ENTERED, VILLAGE, household, member, wife
from tests.registry.histories import WHY, History

pytestmark = pytest.mark.usefixtures("places")

TOWNSHIP, PREFECTURE = "433124110000", "433100000000"
TODAY = date(2018, 11, 5)


def ledger(code: str, day: date = TODAY) -> books.Ledger:
    return books.ledger(Place.objects.get(pk=code), day)


def plain(home: Household) -> dict[str, int]:
    """Count a household in the most obvious way."""
    people = home.members_then
    return {
        "persons": len(people),
        "women": sum(p.sex == "2" for p in people),
        "labourers": sum(p.labour in {"ordinary", "skilled", "weak"} for p in people),
        "chronic": sum("chronic" in p.health for p in people),
    }


@pytest.fixture
def lived_in(places: dict[str, Place]) -> None:
    dice = Random(7)
    for village in (VILLAGE, VILLAGE, NEIGHBOUR):
        History(dice, village).happen(10)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("after", [-1, 0, 7, 20, 41, 1000])
@pytest.mark.usefixtures("lived_in")
def test_villages_add_up_to_the_prefecture_on_any_day(after: int, kept: bool) -> None:
    day = ENTERED + timedelta(days=after)
    if kept:
        counting.recount()

    for place in Place.objects.exclude(level=Level.VILLAGE):
        above = books.ledger(place, day)
        sums = Figures()
        for row in above.rows:
            sums.add(row.figures.numbers)
            assert ledger(row.place.code, day).total.figures == row.figures
        assert sums == above.total.figures


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("after", [0, 7, 20, 41])
@pytest.mark.usefixtures("lived_in")
def test_figures_are_what_the_households_of_the_day_say(after: int, kept: bool) -> None:
    day = ENTERED + timedelta(days=after)
    if kept:
        counting.recount()

    figures = ledger(PREFECTURE, day).total.figures
    homes = as_of.households_on(PREFECTURE, day)

    for standing in Standing:
        here = [plain(home) for home in homes if home.status == standing]
        assert figures.number("status", standing) == len(here)
        for measure in ("persons", "women", "labourers", "chronic"):
            expected = sum(one[measure] for one in here)
            assert figures.number("status", standing, measure) == expected
    for cause in Cause:
        on_record = [h for h in homes if h.status in {"registered", "exited"}]
        expected = sum(h.main_cause == cause for h in on_record)
        assert figures.number("main_cause", cause) == expected


@pytest.mark.usefixtures("lived_in")
def test_kept_figures_are_proved_by_counting_again() -> None:
    counting.recount()
    assert counting.differences() == {}

    row = VillageFigures.objects.get(pk=NEIGHBOUR)
    VillageFigures.objects.filter(pk=NEIGHBOUR).update(figures={"status/exited/x": 1})

    assert list(counting.differences()) == [NEIGHBOUR]
    assert counting.mark_all() == 2
    assert counting.recount() == 2
    assert VillageFigures.objects.get(pk=NEIGHBOUR).figures == row.figures


def test_every_verb_marks_its_village() -> None:
    home = household(member(), wife())
    head, spouse = home.members.order_by("pk")
    when = {"on": date(2015, 6, 1)} | WHY
    verbs = [
        lambda: changes.correct_household(home, {"group": "第二组"}, **when),
        lambda: changes.correct_member(head, {"labour": Labour.SKILLED}, **when),
        lambda: changes.remove_member(spouse, **when),
        lambda: changes.add_member(home, wife("龙冬梅"), **when),
        lambda: changes.set_standing([home.pk], Standing.REGISTERED, **when),
        lambda: changes.close_household(home, **when),
    ]

    for verb in verbs:
        counting.recount()
        verb()
        assert list(Uncounted.objects.values_list("place", flat=True)) == [VILLAGE]


def test_illness_is_counted_in_persons_and_labour_in_sums() -> None:
    ill = member(health=(Health.CHRONIC, Health.DISABLED), labour=Labour.LOST)
    home = household(ill, wife(labour=Labour.ORDINARY, health=(Health.HEALTHY,)))
    changes.set_standing([home.pk], Standing.REGISTERED, on=ENTERED, **WHY)

    figures = ledger(VILLAGE).total.figures

    measures = ("persons", "labourers", "chronic", "serious", "disabled")
    assert [figures.on_record(one) for one in measures] == [2, 1, 1, 0, 1]
    assert figures.number("health", Health.HEALTHY, "persons") == 1
    assert figures.number("labour", Labour.LOST, "persons") == 1


def test_removed_households_leave_the_record() -> None:
    home = household()
    for to in (Standing.REGISTERED, Standing.REMOVED):
        changes.set_standing([home.pk], to, on=ENTERED, **WHY)

    figures = ledger(VILLAGE).total.figures

    assert figures.on_record("households") == 0
    assert figures.number("status", Standing.REMOVED) == 1
    assert figures.number("size", "2") == 0


@pytest.mark.parametrize("homes", [1, 3])
@pytest.mark.parametrize(("kept", "statements"), [(True, 5), (False, 8)])
def test_a_ledger_takes_the_same_statements_whatever_its_size(
    homes: int,
    kept: bool,
    statements: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(homes):
        household(village=(VILLAGE, NEIGHBOUR)[number % 2])
    if kept:
        counting.recount()
    place = Place.objects.get(pk=TOWNSHIP)

    with django_assert_num_queries(statements):
        books.ledger(place, TODAY)


def test_a_village_merged_away_keeps_its_line_while_it_has_households() -> None:
    household(village=NEIGHBOUR)
    household()
    Place.objects.filter(pk=NEIGHBOUR).update(valid_to=date(2015, 12, 31))

    assert [row.place.pk for row in ledger(TOWNSHIP).rows] == [VILLAGE, NEIGHBOUR]
    home = Household.objects.get(place=NEIGHBOUR)
    changes.close_household(home, on=date(2016, 1, 1), **WHY)
    assert [row.place.pk for row in ledger(TOWNSHIP).rows] == [VILLAGE]


def test_a_household_that_moved_is_counted_where_it_lay_that_day() -> None:
    home, moved = household(), date(2016, 1, 1)
    household(village=NEIGHBOUR)
    changes.move_household(home, village=NEIGHBOUR, group="", on=moved, **WHY)

    def villages(day: date) -> dict[str, int]:
        rows = ledger(TOWNSHIP, day).rows
        return {r.place.pk: r.figures.number("status", "unregistered") for r in rows}

    for _again in range(2):
        assert villages(moved - timedelta(days=1)) == {VILLAGE: 1, NEIGHBOUR: 1}
        assert villages(moved) == {VILLAGE: 0, NEIGHBOUR: 2}
        counting.recount()
    assert [h.pk for h in as_of.households_on(VILLAGE, ENTERED)] == [home.pk]
    assert home not in as_of.households_on(NEIGHBOUR, ENTERED)


def test_merged_villages_are_counted_apart_before_and_together_after() -> None:
    household()
    household(village=NEIGHBOUR)
    counting.recount()
    merger = VillageMerger(
        villages=frozenset({VILLAGE, NEIGHBOUR}), into=VILLAGE, name=""
    )
    merged = date(2016, 7, 1)
    assert changes.merge_villages(merger, on=merged, **WHY) == []

    def rows(day: date) -> dict[str, int]:
        return {r.place.pk: r.villages for r in ledger(TOWNSHIP, day).rows}

    assert rows(merged - timedelta(days=1)) == {VILLAGE: 1, NEIGHBOUR: 1}
    assert rows(merged) == {VILLAGE: 1}
    counting.recount()
    assert counting.differences() == {}
