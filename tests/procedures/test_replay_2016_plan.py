"""The plan of the replayed year: its sums are the document's, whatever the scale."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.rehearsal.year_2016 import rates, script
from procedures.rehearsal.year_2016.figures import (
    ADDED,
    FEWEST,
    ON_RECORD,
    REMOVED,
    REPORTED,
    Sum,
    apportion,
    scaled,
)
from procedures.rehearsal.year_2016.groups import fates_of, sizes_of
from procedures.rehearsal.year_2016.plan import Plan, plan
from procedures.rehearsal.year_2016.rates import Fate
from procedures.rehearsal.year_2016.running import mixed
from registry.fictitious_persons import Dice
from registry.places import Level, ancestor
from workflows.actions import PASS, Kind
from workflows.procedure import named

EXITED = {Fate.EXITS, Fate.HELD, Fate.CONTESTED, Fate.REWORKED}
DROPPED = {Fate.SENT_BACK, Fate.NOT_CERTIFIED, Fate.UNSIGNED, Fate.UPHELD}
TAKEN_OUT, TAKEN_IN = {Fate.REMOVED, Fate.OBJECTING}, {Fate.ADDED, Fate.DOUBTED}
DOCUMENT = {
    "433101000000": 16_698,
    "433122000000": 26_208,
    "433123000000": 26_769,
    "433126000000": 15_740,
    "433124000000": 22_000,
    "433125000000": 17_200,
    "433127000000": 29_920,
    "433130000000": 37_572,
}
HOUSEHOLDS = st.integers(FEWEST, 3000)


def counted(planned: Plan, fates: set[Fate]) -> Sum:
    homes = [h for v in planned.villages for h in v.homes if h.fate in fates]
    return Sum(households=len(homes), persons=sum(home.size for home in homes))


def exited(planned: Plan) -> dict[str, int]:
    found: Counter[str] = Counter()
    for village in planned.villages:
        gone = sum(home.size for home in village.homes if home.fate in EXITED)
        found[ancestor(village.code, Level.COUNTY)] += gone
    return dict(found)


def test_the_whole_year_is_what_the_document_says() -> None:
    planned = plan()

    assert exited(planned) == DOCUMENT
    assert counted(planned, EXITED | DROPPED).persons == REPORTED == 243_893
    assert counted(planned, TAKEN_OUT) == REMOVED
    assert counted(planned, TAKEN_IN) == ADDED
    last = set(Fate) - TAKEN_OUT - {Fate.DECLINED}
    assert counted(planned, last) == ON_RECORD
    assert len(planned.villages) == 1797


@given(HOUSEHOLDS, st.integers())
@settings(max_examples=25, deadline=None)
def test_the_sums_are_the_scaled_figures(households: int, seed: int) -> None:
    planned, figures = plan(households, seed), scaled(households)

    assert exited(planned) == figures.exited
    assert counted(planned, EXITED | DROPPED).persons == figures.reported
    assert counted(planned, TAKEN_OUT) == figures.removed
    assert counted(planned, TAKEN_IN) == figures.added
    last = set(Fate) - TAKEN_OUT - {Fate.DECLINED}
    assert counted(planned, last) == figures.on_record


@given(HOUSEHOLDS, st.integers())
@settings(max_examples=10, deadline=None)
def test_the_same_seed_plans_the_same_year(households: int, seed: int) -> None:
    assert plan(households, seed) == plan(households, seed)
    assert plan(households, seed) != plan(households, seed + 1)


@pytest.mark.parametrize("households", [0, FEWEST - 1, ON_RECORD.households + 1])
def test_a_size_that_cannot_be_is_refused(households: int) -> None:
    with pytest.raises(ValueError, match="200"):
        scaled(households)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**4), min_size=1))
def test_parts_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)

    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@given(st.integers(0, 300), st.floats(1, 7), st.integers())
def test_sizes_add_up_to_the_persons(count: int, mean: float, seed: int) -> None:
    persons = round(count * mean)

    sizes = sizes_of(count, persons, Dice(str(seed)))

    assert (len(sizes), sum(sizes)) == (count, persons)
    assert all(1 <= size <= 7 for size in sizes)


def test_no_household_is_larger_than_seven() -> None:
    with pytest.raises(ValueError, match="8"):
        sizes_of(1, 8, Dice("8"))


def test_fates_stand_in_the_stated_shares() -> None:
    fates = Counter(fates_of(2000, rates.DROPPED, Fate.SENT_BACK, Dice("1")))

    assert fates == {
        Fate.NOT_CERTIFIED: 760,
        Fate.UNSIGNED: 160,
        Fate.UPHELD: 80,
        Fate.SENT_BACK: 1000,
    }


def test_neighbours_in_the_order_lie_in_different_counties() -> None:
    villages = plan(3000).villages

    order = [v.code[:6] for v in mixed(villages)]

    assert sorted(v.code for v in mixed(villages)) == sorted(v.code for v in villages)
    assert max(len(list(run)) for _code, run in groupby(order[:16])) == 1


@pytest.mark.parametrize("table", [script.FIRST, script.AGAIN, script.FACTS])
def test_the_script_names_steps_that_there_are(
    table: dict[script.Desk, object],
) -> None:
    for slug, step in [*table, *script.HOLDS, *script.ANEW, script.TAKEN_BACK]:
        assert named(slug).step(step)


VERIFY, RECHECK = (script.EXIT, "verify"), (script.EXIT, "recheck")
WALL = (script.EXIT, "close_village")
RETURNED = {7: {("recheck", "verify")}}


@pytest.mark.parametrize(
    ("desk", "fate", "returns", "kind"),
    [
        (RECHECK, Fate.EXITS, {}, Kind.PASS),
        (RECHECK, Fate.REWORKED, {}, Kind.RETURN),
        (VERIFY, Fate.REWORKED, RETURNED, Kind.PASS),
        (RECHECK, Fate.REWORKED, RETURNED, Kind.PASS),
        (RECHECK, Fate.SENT_BACK, {}, Kind.RETURN),
        (VERIFY, Fate.SENT_BACK, {}, Kind.PASS),
        (VERIFY, Fate.SENT_BACK, RETURNED, Kind.REFUSE),
        (RECHECK, Fate.NOT_CERTIFIED, {7: {("close_village", "post")}}, Kind.REFUSE),
    ],
)
def test_a_household_meets_what_its_fate_has_for_it(
    desk: script.Desk, fate: Fate, returns: script.Returns, kind: Kind
) -> None:
    assert script.verdicts(desk, {7: fate}, returns)[7].kind is kind


def test_an_upheld_objection_puts_the_others_on_the_wall_again() -> None:
    found = script.verdicts(WALL, {1: Fate.UPHELD, 2: Fate.EXITS}, {})

    assert (found[1].to, found[2].to) == ("verify", "post_village")
    assert script.verdicts(WALL, {2: Fate.EXITS}, {}) == {2: PASS}
