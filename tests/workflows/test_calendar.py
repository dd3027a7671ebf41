"""The calendar against an oracle with its own holidays, walked day by day."""

from datetime import date, timedelta

import pytest

from workflows.calendar import (
    DayUnit,
    StateCouncilDays,
    UnknownHolidayYear,
    due_date,
    first_day_to_close,
    publicity_last_day,
)

# Typed from the State Council's yearly notices, not from the package under test:
# days off as first-last, then make-up working days, all as month.day.
NOTICES = {
    2014: (
        "1.1 1.31-2.6 4.5-4.7 5.1-5.3 5.31-6.2 9.6-9.8 10.1-10.7",
        "1.26 2.8 5.4 9.28 10.11",
    ),
    2015: (
        "1.1-1.3 2.18-2.24 4.4-4.6 5.1-5.3 6.20-6.22 9.3-9.5 9.26-9.27 10.1-10.7",
        "1.4 2.15 2.28 9.6 10.10",
    ),
    2016: (
        "1.1-1.3 2.7-2.13 4.2-4.4 4.30-5.2 6.9-6.11 9.15-9.17 10.1-10.7",
        "2.6 2.14 6.12 9.18 10.8 10.9",
    ),
    2017: (
        "1.1-1.2 1.27-2.2 4.2-4.4 4.29-5.1 5.28-5.30 10.1-10.8 12.30-12.31",
        "1.22 2.4 4.1 5.27 9.30",
    ),
    2018: (
        "1.1 2.15-2.21 4.5-4.7 4.29-5.1 6.16-6.18 9.22-9.24 10.1-10.7 12.30-12.31",
        "2.11 2.24 4.8 4.28 9.29 9.30 12.29",
    ),
    2019: (
        "1.1 2.4-2.10 4.5-4.7 5.1-5.4 6.7-6.9 9.13-9.15 10.1-10.7",
        "2.2 2.3 4.28 5.5 9.29 10.12",
    ),
    2020: (
        "1.1 1.24-2.2 4.4-4.6 5.1-5.5 6.25-6.27 10.1-10.8",
        "1.19 4.26 5.9 6.28 9.27 10.10",
    ),
    2021: (
        "1.1-1.3 2.11-2.17 4.3-4.5 5.1-5.5 6.12-6.14 9.19-9.21 10.1-10.7",
        "2.7 2.20 4.25 5.8 9.18 9.26 10.9",
    ),
    2022: (
        "1.1-1.3 1.31-2.6 4.3-4.5 4.30-5.4 6.3-6.5 9.10-9.12 10.1-10.7 12.31",
        "1.29 1.30 4.2 4.24 5.7 10.8 10.9",
    ),
    2023: (
        "1.1-1.2 1.21-1.27 4.5 4.29-5.3 6.22-6.24 9.29-10.6 12.30-12.31",
        "1.28 1.29 4.23 5.6 6.25 10.7 10.8",
    ),
    2024: (
        "1.1 2.10-2.17 4.4-4.6 5.1-5.5 6.8-6.10 9.15-9.17 10.1-10.7",
        "2.4 2.18 4.7 4.28 5.11 9.14 9.29 10.12",
    ),
    2025: (
        "1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8",
        "1.26 2.8 4.27 9.28 10.11",
    ),
    2026: (
        "1.1-1.3 2.15-2.23 4.4-4.6 5.1-5.5 6.19-6.21 9.25-9.27 10.1-10.7",
        "1.4 2.14 2.28 5.9 9.20 10.10",
    ),
}
FIRST, LAST, LONGEST = date(2014, 1, 1), date(2026, 12, 31), 30
ONE = timedelta(days=1)
HOLIDAYS = StateCouncilDays()


def days_of(year: int, text: str) -> set[date]:
    found = set()
    for span in text.split():
        first, _, last = span.partition("-")
        day = date(year, *map(int, first.split(".")))
        end = date(year, *map(int, (last or first).split(".")))
        while day <= end:
            found.add(day)
            day += ONE
    return found


OFF = set().union(*(days_of(year, off) for year, (off, _) in NOTICES.items()))
MADE_UP = set().union(*(days_of(year, work) for year, (_, work) in NOTICES.items()))


def works(day: date) -> bool | None:
    """None where no notice is known."""
    if day.year not in NOTICES:
        return None
    return day in MADE_UP or (day.isoweekday() <= 5 and day not in OFF)


def oracle(start: date, unit: DayUnit) -> list[date | None]:
    """Last days for 1, 2, … days; None once the walk meets an unknown year."""
    ends: list[date | None] = []
    day = start
    while len(ends) < LONGEST:
        counts = True if unit is DayUnit.CALENDAR_DAY else works(day)
        if counts is None:
            return ends + [None] * (LONGEST - len(ends))
        if counts:
            ends.append(day)
        day += ONE
    return ends


def answer(start: date, days: int, unit: DayUnit) -> date | None:
    try:
        return publicity_last_day(start, days=days, unit=unit, holidays=HOLIDAYS)
    except UnknownHolidayYear:
        return None


@pytest.mark.parametrize("unit", DayUnit)
def test_every_start_and_length_agrees_with_the_walk(unit: DayUnit) -> None:
    differences = []
    start = FIRST
    while start <= LAST:
        got = [answer(start, days, unit) for days in range(1, LONGEST + 1)]
        if got != oracle(start, unit):
            differences.append(start)
        start += ONE

    assert differences == []


def test_every_day_works_or_rests_as_the_notices_say() -> None:
    every = [FIRST + n * ONE for n in range((LAST - FIRST).days + 1)]

    assert [d for d in every if HOLIDAYS.is_working(d) != works(d)] == []


def test_hunan_seven_days_of_2019_end_on_the_saturday() -> None:
    days = {"days": 7, "unit": DayUnit.CALENDAR_DAY, "holidays": HOLIDAYS}

    assert publicity_last_day(date(2019, 3, 17), **days) == date(2019, 3, 23)
    assert first_day_to_close(date(2019, 3, 17), **days) == date(2019, 3, 24)


def test_hubei_five_days_from_16_august_end_on_the_20th() -> None:
    last = publicity_last_day(
        date(2021, 8, 16), days=5, unit=DayUnit.CALENDAR_DAY, holidays=HOLIDAYS
    )

    assert last == date(2021, 8, 20)


def test_unknown_year_is_refused_and_named() -> None:
    with pytest.raises(UnknownHolidayYear, match="2031") as caught:
        HOLIDAYS.is_working(date(2031, 5, 1))

    assert caught.value.year == 2031


def test_a_declared_year_is_known() -> None:
    declared = {date(2031, 5, 1): False, date(2031, 5, 10): True}
    holidays = StateCouncilDays(declared)

    week = [holidays.is_working(date(2031, 5, day)) for day in (1, 2, 3, 9, 10)]
    assert week == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("start", "days", "unit", "due"),
    [
        (date(2016, 9, 1), 0, DayUnit.CALENDAR_DAY, date(2016, 9, 1)),
        (date(2016, 9, 1), 15, DayUnit.CALENDAR_DAY, date(2016, 9, 16)),
        (date(2016, 9, 30), 0, DayUnit.WORKING_DAY, date(2016, 9, 30)),
        (date(2016, 9, 30), 3, DayUnit.WORKING_DAY, date(2016, 10, 10)),
    ],
)
def test_deadline_leaves_out_the_day_it_began(
    start: date, days: int, unit: DayUnit, due: date
) -> None:
    assert due_date(start, days=days, unit=unit, holidays=HOLIDAYS) == due


def test_a_notice_of_no_days_is_no_notice() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        answer(FIRST, 0, DayUnit.CALENDAR_DAY)


def test_a_deadline_never_lies_behind() -> None:
    with pytest.raises(ValueError, match="ahead"):
        due_date(FIRST, days=-1, unit=DayUnit.CALENDAR_DAY, holidays=HOLIDAYS)
