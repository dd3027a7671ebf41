"""How a batch travels: desks, clocks, skipped steps and follow-up batches.

Changes cases and batches in memory and lays tasks on desks; the actions hold
the lock, write the states and the ledger. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from notices.models import PaperState, Posting
from permissions.models import Appointment
from registry.models import Place
from workflows import calendars, ledger
from workflows.flow import Clock, Desk, abandon, sign, waiting_task
from workflows.ledger import Line
from workflows.machine import Step
from workflows.models import Batch, BatchTask, Case, Entry
from workflows.procedure import Procedure, named
from workflows.rulebook import Rulebook


@dataclass(slots=True, kw_only=True)
class Moves:
    """State changes made in memory, to be written one statement per change."""

    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, Case] = field(default_factory=dict)

    def note(self, case: Case) -> None:
        """Remember the state a case has in the database, once."""
        self.before.setdefault(case.pk, case.state)
        self.after[case.pk] = case

    def groups(self) -> dict[tuple[str, str], list[Case]]:
        """Return the cases per (state in the database, state now)."""
        found: dict[tuple[str, str], list[Case]] = {}
        for pk, case in self.after.items():
            if self.before[pk] == case.state:
                continue
            found.setdefault((self.before[pk], case.state), []).append(case)
        return found


def number_of(procedure: Procedure, batch: Batch) -> str:
    """Return the printed number of a batch: place, letter, year, round."""
    return f"{batch.place_id}-{procedure.letter}-{batch.year}-{batch.round:02d}"


def take_step(case: Case, step: Step, moves: Moves) -> tuple[str, str]:
    """Take a step of the machine in memory; returns the states before and after."""
    moves.note(case)
    before = case.state
    getattr(case, step.name)()
    return before, case.state


def advance(
    batch: Batch,
    cases: Sequence[Case],
    moves: Moves,
    *,
    by: Appointment | None,
    at: datetime,
    at_task: BatchTask | None = None,
) -> list[Line]:
    """Sign the batch's desk or clock and go to where people have to act next.

    Steps the rulebook does not require are passed on the way. Returns the
    ledger lines of the way; the batch is changed in memory.
    """
    waiting = at_task or waiting_task(batch)
    if not cases:
        abandon(batch, waiting, at=at)
        stand(batch, "", at=at)
        return []
    lines: list[Line] = []
    task = sign(waiting, by.officer_id if by else None, at)
    while task is not None and not stays(batch, task, at=at):
        if isinstance(task.flow_task, Desk):
            lines += _skip(task.flow_task.step, cases, moves, batch.bound_rulebook)
        task = sign(task, None, at)
    if task is None:
        stand(batch, "", at=at)
    return lines


def pass_entry(
    batch: Batch, cases: Sequence[Case], moves: Moves, *, at: datetime
) -> list[Line]:
    """Pass the step a new batch lies at when its rulebook does not require it."""
    step = named(batch.procedure).step(batch.step)
    rulebook = batch.bound_rulebook
    if rulebook.requires(step.name):
        return []
    lines = _skip(step, cases, moves, rulebook)
    return lines + advance(batch, cases, moves, by=None, at=at)


def stays(batch: Batch, task: BatchTask, *, at: datetime) -> bool:
    """Put the batch before this desk or clock if the rulebook requires it."""
    node, rulebook = task.flow_task, batch.bound_rulebook
    if not rulebook.requires(node.step.name):
        return False
    if isinstance(node, Clock):
        stand(batch, node.closing.name, at=at)
        batch.clock_until = clock_end(batch, node.step, rulebook)
    else:
        stand(batch, node.step.name, at=at)
        _set_due(batch, rulebook)
    return True


def _skip(
    step: Step, cases: Sequence[Case], moves: Moves, rulebook: Rulebook
) -> list[Line]:
    lines = []
    for case in cases:
        source, target = take_step(case, step, moves)
        lines.append(
            Line(
                act=Entry.Act.SKIP,
                step=step.name,
                case_id=case.pk,
                source=source,
                target=target,
                reason=rulebook.title,
            )
        )
    return lines


def stand(batch: Batch, step: str, *, at: datetime) -> None:
    """Put a batch before a step in memory; no step means it has ended."""
    day = timezone.localdate(at)
    batch.step, batch.step_since = step, day
    batch.clock_until = batch.due = None
    batch.closed_on = None if step else day


def _set_due(batch: Batch, rulebook: Rulebook) -> None:
    rule = rulebook.step(batch.step)
    if rule.days_due is not None:
        batch.due = calendars.due_date(
            batch.step_since, days=rule.days_due, unit=rule.days_due_unit
        )


def clock_end(batch: Batch, step: Step, rulebook: Rulebook) -> date:
    """Return the last day of the publicity that a posting step began.

    The latest of the places where the notice was put up counts, so the period
    only ever extends.
    """
    posted = Posting.objects.filter(
        paper__about=batch.about,
        paper__kind=step.posts,
        paper__state=PaperState.ISSUED,
    ).aggregate(last=Max("posted_at"))["last"]
    return calendars.publicity_last_day(
        timezone.localdate(posted),
        days=rulebook.whole("publicity_days"),
        unit=rulebook["publicity_days"].unit,
    )


def open_follow_up(
    parent: Batch,
    cases: Sequence[Case],
    step_name: str,
    *,
    by: Appointment,
    at: datetime,
    returned_from: str = "",
) -> Batch:
    """Put cases that leave a batch into a new one that begins at a step.

    Effects: a batch with its tasks inserted; the cases' ``batch`` and
    ``returned_from`` updated. A case that was returned needs its facts anew.
    """
    procedure = named(parent.procedure)
    batch = new_batch(procedure, parent, step_name, by=by, at=at)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(
        batch=batch, returned_from=returned_from
    )
    for case in cases:
        case.batch, case.returned_from = batch, returned_from
    return batch


def new_batch(
    procedure: Procedure,
    parent: Batch,
    step_name: str,
    *,
    by: Appointment,
    at: datetime,
) -> Batch:
    """Insert a follow-up batch under the parent's rulebook, on its first desk."""
    # Two lists of one village that shed households at once are numbered in turn.
    Place.objects.select_for_update(no_key=True).get(pk=parent.place_id)
    day = timezone.localdate(at)
    batch = Batch(
        procedure=parent.procedure,
        place=parent.place,
        year=day.year,
        round=next_round(parent.procedure, parent.place_id, day.year),
        parent=parent,
        entry_step=step_name,
        rulebook=parent.rulebook,
        opened_by=by,
        opened_on=day,
        training=parent.training,
    )
    lay(procedure, batch, at=at)
    return batch


def lay(procedure: Procedure, batch: Batch, *, at: datetime) -> None:
    """Number a new batch and lay it on the desk of its entry step, in the database."""
    batch.number = number_of(procedure, batch)
    stand(batch, batch.entry_step, at=at)
    _set_due(batch, batch.bound_rulebook)
    procedure.flow_class.instance.node("start").begin(batch, at=at)


def next_round(procedure: str, place_code: str, year: int) -> int:
    """Return the number the next batch of a place and year gets."""
    last = Batch.objects.filter(
        procedure=procedure, place_id=place_code, year=year
    ).aggregate(last=Max("round"))["last"]
    return (last or 0) + 1


def record_opening(
    batch: Batch, cases: Sequence[Case], *, by: Appointment, at: datetime
) -> None:
    """Write the first line of a batch's ledger: who travels in it, from where."""
    line = Line(
        act=Entry.Act.OPEN,
        step=batch.entry_step,
        data={
            "cases": {str(case.pk): case.state for case in cases},
            "parent": batch.parent_id,
            "rulebook": batch.rulebook_id,
        },
    )
    ledger.append(batch, [line], by=by, at=at)
