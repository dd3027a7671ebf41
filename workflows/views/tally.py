"""Counts of one place: how far the households below it have come, child by child.

Five statements whatever the size; knows states only through the procedure's steps.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from registry.codes import Standing
from registry.models import Place
from registry.places import CODE_LENGTH, PREFIX, Level, level_of, span
from workflows.flow import Clock
from workflows.machine import CLOSED
from workflows.models import Batch, Case
from workflows.procedure import Procedure

# lower bounds of the five tints of the squares, in percent
BANDS = ((85, "p5"), (70, "p4"), (55, "p3"), (40, "p2"), (0, "p1"))


@dataclass(kw_only=True)
class Row:
    """One child place and its figures; `total` leaves out who was refused."""

    place: Place | None = None
    villages: int = 0
    done: int = 0
    posted: int = 0
    moving: int = 0
    ended: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """Return the households on the road or at its end."""
        return self.done + self.posted + self.moving

    @property
    def percent(self) -> int:
        """Return the share at the end of the road, in whole percent."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def tint(self) -> str:
        """Return the class of the square."""
        return next(css for bound, css in BANDS if self.percent >= bound)

    def add(self, other: "Row") -> None:
        """Add the figures of another row."""
        for name in ("villages", "done", "posted", "moving", "ended", "late"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The rows of a place and their sum."""

    rows: list[Row]
    sum: Row = field(default_factory=Row)


def posted_states(procedure: Procedure) -> frozenset[str]:
    """Return the states in which a notice is hanging and its days are counted."""
    flow = procedure.flow_class
    return frozenset(
        step.target
        for step in procedure.steps
        if isinstance(flow.after(step.name), Clock)
    )


def tally(place: Place, procedure: Procedure, *, year: int, today: date) -> Tally:
    """Count the cases of one procedure and year below a place."""
    digits = _child_digits(place.code)
    states = _states(place, procedure, year, digits)
    late = _late(place, procedure, today, digits)
    villages = _villages(place, digits)
    rows = []
    for child in _children(place, today):
        key = child.code[:digits]
        row = _row(states.get(key, Counter()), procedure)
        row.place, row.late, row.villages = child, late[key], villages[key]
        rows.append(row)
    total = Row(place=place)
    for row in rows:
        total.add(row)
    return Tally(rows=rows, sum=total)


def _row(states: Mapping[str, int], procedure: Procedure) -> Row:
    row, hanging = Row(), posted_states(procedure)
    for state, number in states.items():
        if state == procedure.final_state:
            row.done += number
        elif state in CLOSED:
            row.ended += number
        elif state in hanging:
            row.posted += number
        else:
            row.moving += number
    return row


def _child_digits(code: str) -> int:
    lengths = [*PREFIX.values(), CODE_LENGTH]
    return lengths[lengths.index(PREFIX[level_of(code)]) + 1]


def _below(code: str) -> Q:
    lo, hi = span(code)
    return Q(place_id__gte=lo, place_id__lt=hi)


def _children(place: Place, today: date) -> list[Place]:
    if place.level == Level.VILLAGE:
        return [place]
    living = Q(valid_to=None) | Q(valid_to__gt=today)
    return list(Place.objects.filter(living, parent=place).order_by("code"))


def _states(
    place: Place, procedure: Procedure, year: int, digits: int
) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for line in _counted(place, procedure, digits, Q(opened_on__year=year)):
        found.setdefault(line["child"], Counter())[line["state"]] += line["number"]
    if procedure.removes:
        return found
    # Who was removed should never have been counted; few are, so they are taken off.
    gone = Q(opened_on__year=year, household__status=Standing.REMOVED)
    for line in _counted(place, procedure, digits, gone):
        found[line["child"]][line["state"]] -= line["number"]
    return found


def _counted(place: Place, procedure: Procedure, digits: int, asked: Q) -> Any:
    return (
        Case.objects.filter(_below(place.code), asked, procedure=procedure.slug)
        .annotate(child=Substr("place_id", 1, digits))
        .values("child", "state")
        .annotate(number=Count("pk"))
        .order_by()
    )


def _late(place: Place, procedure: Procedure, today: date, digits: int) -> Counter[str]:
    overdue = (
        Batch.objects.filter(_below(place.code), procedure=procedure.slug)
        .filter(closed_on=None, due__lt=today)
        .annotate(child=Substr("place_id", 1, digits))
        .values("child")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return Counter({line["child"]: line["number"] for line in overdue})


def _villages(place: Place, digits: int) -> Counter[str]:
    lo, hi = span(place.code)
    counted = (
        Place.objects.filter(code__gte=lo, code__lt=hi, level=Level.VILLAGE)
        .filter(Q(valid_to=None) | Q(valid_to__gt=F("valid_from")))
        .annotate(child=Substr("code", 1, digits))
        .values("child")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return Counter({line["child"]: line["number"] for line in counted})
