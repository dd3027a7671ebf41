"""The calendar this installation counts by.

The State Council's days, and the administrator's table for years the library does
not know.
"""

from __future__ import annotations

from datetime import date

from workflows import calendar
from workflows.calendar import DayUnit, StateCouncilDays
from workflows.models import Holiday
from workflows.rulebook import Unit

UNITS = {
    Unit.CALENDAR_DAY: DayUnit.CALENDAR_DAY,
    Unit.WORKING_DAY: DayUnit.WORKING_DAY,
}


def holidays(unit: DayUnit) -> StateCouncilDays:
    """Return the calendar; declared days are read only where they can matter."""
    if unit is DayUnit.CALENDAR_DAY:
        return StateCouncilDays()
    return StateCouncilDays({row.day: row.working for row in Holiday.objects.all()})


def publicity_last_day(posted: date, *, days: int, unit: Unit) -> date:
    """Return the last day of a notice put up on a day; see ``calendar``."""
    counted = UNITS[unit]
    return calendar.publicity_last_day(
        posted, days=days, unit=counted, holidays=holidays(counted)
    )


def due_date(since: date, *, days: int, unit: Unit) -> date:
    """Return the day by which a step that began on a day is due; see ``calendar``."""
    counted = UNITS[unit]
    return calendar.due_date(since, days=days, unit=counted, holidays=holidays(counted))
