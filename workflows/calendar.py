"""Days of the law: how long a notice hangs, when it may close, when work is due.

Knows the State Council's working days; knows no procedure and no figure of law.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from chinese_calendar.constants import holidays as _rest_days
from chinese_calendar.constants import workdays as _make_up_days

DAY = timedelta(days=1)
SATURDAY = 5


class UnknownHolidayYear(Exception):
    """Nobody has declared this year's holidays: a working day is never guessed."""

    def __init__(self, year: int) -> None:
        """Keep the year so that the administrator knows which one to enter."""
        super().__init__(f"no holidays declared for {year}")
        self.year = year


class DayUnit(StrEnum):
    """How a period counts its days."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"


class Holidays(Protocol):
    """Whoever can say whether a day is a working day."""

    def is_working(self, day: date) -> bool:
        """Say so, or raise UnknownHolidayYear."""


class StateCouncilDays:
    """Working days by the State Council's yearly notices, make-up days included.

    Years the package lacks come from days an administrator declares: every day
    off and every make-up day of such a year, true for working.
    """

    def __init__(self, declared: Mapping[date, bool] = MappingProxyType({})) -> None:
        """Keep the declared days; a declared day wins over the package."""
        self._declared = declared
        self._years = _package_years() | {day.year for day in declared}

    def is_working(self, day: date) -> bool:
        """Say whether the day is a working day.

        Raises: UnknownHolidayYear.
        """
        if day.year not in self._years:
            raise UnknownHolidayYear(day.year)
        declared = self._declared.get(day)
        if declared is not None:
            return declared
        if day in _rest_days:
            return False
        return day in _make_up_days or day.weekday() < SATURDAY


def publicity_last_day(
    posted: date, *, days: int, unit: DayUnit, holidays: Holidays
) -> date:
    """Return the last day of a public notice.

    A last day that is a holiday does not move: Hunan's seven days of
    2019-03-17 ended on a Saturday.

    Units: days of the given unit; the posting day is day 1 (with working days:
        the first working day from the posting day on), the last day counts.
    Source: H11, P26 (general rule assumed).
    Raises: UnknownHolidayYear, ValueError for less than one day.
    """
    if days < 1:
        raise ValueError("a notice hangs for at least one day")
    if unit is DayUnit.CALENDAR_DAY:
        return posted + (days - 1) * DAY
    return _nth_working_day(posted, days, holidays)


def first_day_to_close(
    posted: date, *, days: int, unit: DayUnit, holidays: Holidays
) -> date:
    """Return the first day on which the notice may be closed.

    Units: as publicity_last_day; the day after the last day.
    Source: H11, P26 (general rule assumed).
    Raises: UnknownHolidayYear, ValueError for less than one day.
    """
    return publicity_last_day(posted, days=days, unit=unit, holidays=holidays) + DAY


def due_date(start: date, *, days: int, unit: DayUnit, holidays: Holidays) -> date:
    """Return the last day on which work that began is still in time.

    Units: days of the given unit; the day it began does not count.
    Source: H11, P26 for calendar days; that the first day is left out of a
        deadline is assumed (it only ever gives more time).
    Raises: UnknownHolidayYear, ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("a deadline lies ahead")
    if unit is DayUnit.CALENDAR_DAY or days == 0:
        return start + days * DAY
    return _nth_working_day(start + DAY, days, holidays)


def _nth_working_day(day: date, count: int, holidays: Holidays) -> date:
    while True:
        if holidays.is_working(day):
            count -= 1
            if count == 0:
                return day
        day += DAY


@lru_cache(maxsize=1)
def _package_years() -> frozenset[int]:
    return frozenset(day.year for day in _rest_days)
