"""Days: the training clock, and the holidays the calendar does not know."""

from __future__ import annotations

from django.db import models


class TrainingClock(models.Model):
    """How far training and demo time is from the wall clock; one row at most."""

    offset = models.DurationField()

    def __str__(self) -> str:
        return str(self.offset)


class Holiday(models.Model):
    """A day the administrator declares for a year the calendar does not know."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {'工作日' if self.working else '休息日'}"
