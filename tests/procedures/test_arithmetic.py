"""Shares, periods and draws: exact, and the same for everybody who repeats them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.arithmetic import at_least, last_day_of, more_than, per_head, to_draw
from procedures.sampling import draw, seed_for

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=60)
NUMBERS = st.integers(min_value=0, max_value=5000)
IDS = st.sets(st.integers(min_value=1, max_value=10**9), max_size=200)
SEEDS = st.text(alphabet="0123456789abcdef", min_size=1, max_size=64)


@given(share=SHARES, of=NUMBERS)
def test_at_least_is_the_smallest_number_that_reaches_the_share(
    share: Fraction, of: int
) -> None:
    least = at_least(share, of)

    assert least >= share * of > least - 1


@given(share=SHARES, of=NUMBERS)
def test_more_than_is_the_smallest_number_beyond_the_share(
    share: Fraction, of: int
) -> None:
    least = more_than(share, of)

    assert least > share * of >= least - 1


@pytest.mark.parametrize(
    ("rate", "listed", "drawn"),
    [("1/5", 0, 0), ("1/5", 1, 1), ("1/5", 5, 1), ("1/5", 6, 2), ("1/1", 7, 7)],
)
def test_a_draw_is_rounded_up_and_never_empty(
    rate: str, listed: int, drawn: int
) -> None:
    assert to_draw(Fraction(rate), listed) == drawn


def test_money_per_head_is_rounded_half_up_to_the_fen() -> None:
    assert per_head(Decimal("10000.00"), 3) == Decimal("3333.33")
    assert per_head(Decimal("0.03"), 2) == Decimal("0.02")
    assert per_head(Decimal("-0.01"), 2) == Decimal("-0.01")


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2018, 1, 1), 12, date(2018, 12, 31)),
        (date(2017, 10, 1), 12, date(2018, 9, 30)),
        (date(2016, 3, 1), 12, date(2017, 2, 28)),
        (date(2017, 3, 15), 12, date(2018, 3, 14)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 10, 31), 1, date(2018, 11, 30)),
        (date(2018, 12, 31), 12, date(2019, 12, 30)),
        (date(2018, 12, 1), 1, date(2018, 12, 31)),
        (date(2018, 12, 31), 11, date(2019, 11, 30)),
    ],
)
def test_a_period_of_months_ends_the_day_before_it_would_begin_again(
    first: date, months: int, last: date
) -> None:
    assert last_day_of(first, months) == last


@given(first=st.dates(date(2014, 1, 1), date(2026, 12, 31)))
def test_two_years_are_the_year_and_the_year_after(first: date) -> None:
    following = last_day_of(first, 12) + timedelta(days=1)

    assert last_day_of(first, 24) - last_day_of(following, 12) in {
        timedelta(0),
        # A period that began on 29 February goes on from 1 March.
        timedelta(days=-1),
    }


@given(ids=IDS, rate=SHARES, seed=SEEDS)
def test_a_draw_can_be_repeated_from_a_list_in_any_order(
    ids: set[int], rate: Fraction, seed: str
) -> None:
    drawn = draw(sorted(ids), rate, seed)

    assert drawn == draw(sorted(ids, reverse=True), rate, seed)
    assert drawn == sorted(set(drawn) & ids)
    assert len(drawn) == to_draw(rate, len(ids))


@given(ids=IDS.filter(bool), rate=SHARES, seed=SEEDS)
def test_taking_away_one_not_drawn_spares_nobody_else(
    ids: set[int], rate: Fraction, seed: str
) -> None:
    drawn = set(draw(ids, rate, seed))
    spared = ids - drawn

    for number in sorted(spared)[:1]:
        fewer = set(draw(ids - {number}, rate, seed))
        assert fewer <= drawn


def test_every_household_is_drawn_about_as_often() -> None:
    seeds = [seed_for(f"{number:064x}", "recheck") for number in range(2000)]
    times = dict.fromkeys(range(1, 51), 0)
    for seed in seeds:
        for number in draw(times, Fraction(1, 5), seed):
            times[number] += 1

    assert sum(times.values()) == 2000 * 10
    assert all(320 < count < 480 for count in times.values())


def test_the_seed_is_the_ledgers_not_the_officers() -> None:
    assert seed_for("a" * 64, "recheck") == seed_for("a" * 64, "recheck")
    assert seed_for("a" * 64, "recheck") != seed_for("a" * 64, "township_review")
    assert seed_for("a" * 64, "recheck") != seed_for("b" * 64, "recheck")
