"""Builds the demonstration once, in one transaction, into an empty database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from permissions.models import Appointment, Officer
from procedures.demo import cast, lives, rounds
from registry import divisions
from workflows.clock import set_training_day

TRAINING_DAY = date(2018, 11, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What the command prints per officer."""

    username: str
    full_name: str
    title: str


def build(now: datetime) -> bool:
    """Fill an empty database; returns whether it did.

    A database in which somebody already has an account is left as it is. Papers
    are queued for the worker when the transaction ends.

    Raises: RuntimeError outside training.
    """
    with transaction.atomic():
        if Officer.objects.exists():
            return False
        divisions.load()
        set_training_day(TRAINING_DAY)
        hats = cast.enter_officers(now)
        lives.play(hats)
        rounds.play(hats)
        return True


def log_ins() -> list[LogIn]:
    """Return the demonstration's accounts in this database, in order of the cast."""
    order = [role.login for role in cast.roles()]
    held = Appointment.objects.filter(officer__username__in=order)
    found = {}
    for hat in held.select_related("officer", "place").order_by("-pk"):
        found[hat.officer.username] = LogIn(
            username=hat.officer.username,
            full_name=hat.officer.full_name,
            title=hat.title,
        )
    return [found[login] for login in order if login in found]
