"""Drives the lists of one village through the real acts, one turn after the other.

A turn is one transaction: the facts of a desk and the act on them. What to do next is
read from the database, so that a replay that was killed goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from permissions.models import Appointment
from procedures.rehearsal import Stuck, rehearse
from procedures.rehearsal.year_2016 import events, peopling, script
from procedures.rehearsal.year_2016.peopling import morning
from procedures.rehearsal.year_2016.rates import Fate
from procedures.rehearsal.year_2016.village import Village
from workflows.actions import Kind, Refused, act
from workflows.models import Batch, Entry
from workflows.procedure import named

# So long a list lies on each desk; assumed, well within every deadline.
AT_A_DESK = timedelta(days=3)


def to_the_end(village: Village, procedure: str) -> None:
    """Take all the village's lists of a procedure to their end, follow-ups too.

    Raises: Stuck for an act that is refused.
    """
    going = village.lists(procedure).filter(closed_on=None)
    rows = going.select_related("rulebook", "place").order_by("pk")
    while batch := rows.first():
        turn(village, batch)


@transaction.atomic
def turn(village: Village, batch: Batch) -> None:
    """Wait out a notice, or fill in the present desk and act there."""
    if batch.clock_until is not None:
        with village.measures.timed("objections and clocks"):
            events.on_the_wall(village, batch)
        return
    name = f"{batch.procedure} {batch.step}"
    step = named(batch.procedure).step(batch.step)
    now = morning(batch.step_since + AT_A_DESK)
    by, fates = village.hat(step.post, now.date()), village.open_cases(batch)
    with village.measures.timed(name, "facts"):
        events.hold(village, batch, fates, by=by, now=now)
        _fill(village, batch, fates, by=by, now=now)
    with village.measures.timed(name, "act"):
        _act(village, batch, fates, by=by, now=now)
    village.measures.acts[name] += 1
    village.measures.case_steps[name] += len(fates)
    events.take_back(village, batch, step.name, by=by, now=now)


def _fill(
    village: Village,
    batch: Batch,
    fates: Mapping[int, Fate],
    *,
    by: Appointment,
    now: datetime,
) -> None:
    told = script.facts((batch.procedure, batch.step), fates)
    rehearse(batch, by=by, now=now, deviations=told, photo=village.photo)


def _act(
    village: Village,
    batch: Batch,
    fates: Mapping[int, Fate],
    *,
    by: Appointment,
    now: datetime,
) -> None:
    desk = (batch.procedure, batch.step)
    done = act(
        batch_id=batch.pk,
        step=batch.step,
        verdicts=script.verdicts(desk, fates, _returns(batch, fates)),
        by=by,
        key=f"{peopling.LOG_IN}-{batch.pk}-{batch.version}",
        version=batch.version,
        now=now,
    )
    if isinstance(done, Refused):
        found = [*done.batch, *(r for rs in done.cases.values() for r in rs)]
        raise Stuck(f"{batch} {batch.step}", found)
    happened = village.measures.events
    for kind in (Kind.RETURN, Kind.REFUSE):
        happened[kind.value] += done.counts[kind.value]
    happened["acting"] += by.acting_for_id is not None


def _returns(batch: Batch, cases: Mapping[int, Fate]) -> script.Returns:
    """Return what the cases of a follow-up list were returned for, where it matters."""
    if batch.parent_id is None or not script.asks(batch.procedure, batch.step):
        return {}
    found: dict[int, set[tuple[str, str]]] = {}
    rows = Entry.objects.filter(case_id__in=cases, act=Entry.Act.RETURN)
    for case_id, step, data in rows.values_list("case_id", "step", "data"):
        found.setdefault(case_id, set()).add((step, data["to"]))
    return found
