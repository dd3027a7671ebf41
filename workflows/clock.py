"""What time it is: the wall clock, or in training the training clock.

Only views, commands and the worker's tick ask; everything else is told.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from workflows.models import Batch, TrainingClock


def wall() -> datetime:
    """Return the moment by the wall clock, by which passwords are guarded."""
    return timezone.localtime()


def now() -> datetime:
    """Return the moment now, aware, in the time zone of the product."""
    moment = wall()
    if settings.TRAINING:
        row = TrainingClock.objects.first()
        if row is not None:
            moment += row.offset
    return moment


def today() -> date:
    """Return the day of ``now``."""
    return now().date()


def set_training_day(day: date) -> None:
    """Put the training clock on a day, at the present time of day.

    Raises:
        RuntimeError: outside training; real procedures run on real days.
    """
    if not settings.TRAINING:
        raise RuntimeError("the training clock exists in training only")
    offset = timedelta(days=(day - timezone.localdate()).days)
    TrainingClock.objects.update_or_create(pk=1, defaults={"offset": offset})


def next_deadline(after: date) -> date:
    """Return the first day after ``after`` on which a clock ends or a step is due."""
    ends = [after + timedelta(days=1)]
    running = Batch.objects.filter(closed_on=None)
    clock = running.filter(clock_until__gte=after).order_by("clock_until").first()
    due = running.filter(clock_until=None, due__gt=after).order_by("due").first()
    found = [clock.clock_until + timedelta(days=1)] if clock else []
    found += [due.due] if due else []
    return min(found or ends)
