"""By when an objection is answered: the usual day, the last day, and who is told.

Both lengths are the rulebook's (law-2 §7, assumed for Hunan). Past the usual day the
township is reminded, past the last one the county has to see to it (督办).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from notices.models import Objection, Outcome
from permissions.models import Appointment
from permissions.posts import Post
from workflows import calendars, queries
from workflows.calendar import DayUnit, Holidays, UnknownHolidayYear, due_date
from workflows.models import Batch
from workflows.rulebook import Rulebook

USUAL, LAST = "objection_answer_days", "objection_answer_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The two days of one open objection; None where the calendar does not reach."""

    objection: Objection
    due: date | None
    latest: date | None

    def is_late(self, today: date) -> bool:
        """Return whether the usual day is over."""
        return self.due is not None and today > self.due

    def is_escalated(self, today: date) -> bool:
        """Return whether the last day is over."""
        return self.latest is not None and today > self.latest


def answers(told: Iterable[tuple[Objection, Rulebook]]) -> list[Answer]:
    """Return by when the open ones among some objections are answered.

    One statement, however many; none when there are none.
    """
    waiting = [(one, rulebook) for one, rulebook in told if one.is_open]
    if not waiting:
        return []
    working = calendars.holidays(DayUnit.WORKING_DAY)
    return [
        Answer(
            objection=one,
            due=_day(one, rulebook, USUAL, working),
            latest=_day(one, rulebook, LAST, working),
        )
        for one, rulebook in waiting
    ]


def overdue(hat: Appointment, *, today: date) -> list[Answer]:
    """Return what a hat is told of: the late to a township, the escalated to a county.

    Three statements at most; a township and a county alone may answer objections.
    """
    post = Post(hat.post)
    if post not in Post.TOWNSHIP | Post.COUNTY:
        return []
    rows = Objection.objects.filter(
        queries.below(hat.place_id, "paper__place_id"),
        outcome=Outcome.OPEN,
        paper__about__startswith="batch/",
    )
    found = list(rows.select_related("paper", "household").order_by("received_at"))
    listed = {_batch_id(one) for one in found}
    batches = Batch.objects.select_related("rulebook").in_bulk(listed)
    dated = answers((one, batches[_batch_id(one)].bound_rulebook) for one in found)
    if post in Post.COUNTY:
        return [one for one in dated if one.is_escalated(today)]
    return [one for one in dated if one.is_late(today)]


def _batch_id(objection: Objection) -> int:
    return int(objection.paper.about.split("/")[1])


def _day(
    objection: Objection, rulebook: Rulebook, key: str, working: Holidays
) -> date | None:
    received = timezone.localdate(objection.received_at)
    unit = calendars.UNITS[rulebook[key].unit]
    try:
        return due_date(received, days=rulebook.whole(key), unit=unit, holidays=working)
    except UnknownHolidayYear:
        return None
