"""The writes every action shares: locked reads, guarded states, papers, receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from viewflow.workflow.status import STATUS

from notices import papers
from permissions import policy, reasons
from permissions.models import Appointment
from permissions.posts import Post
from workflows.errors import Stale, Trespass
from workflows.models import Batch, BatchTask, Case, Receipt
from workflows.procedure import Procedure, Record, named
from workflows.transit import Moves
from workflows.witness import checkpoints


def locked_batch(batch_id: int) -> Batch:
    """Return a batch with its row locked to the end of the transaction."""
    batches = Batch.objects.select_related("rulebook")
    return batches.select_for_update(of=("self",)).get(pk=batch_id)


def locked_desk(batch_id: int) -> tuple[Batch, BatchTask | None]:
    """Return a batch, locked, and the task it waits at, in one statement.

    On PostgreSQL a waiter may get the task as it was before the winner's act, so
    the caller must compare the batch's version before he uses it.
    """
    rows = BatchTask.objects.filter(process_id=batch_id, status=STATUS.NEW)
    rows = rows.select_related("process__rulebook")
    task = rows.select_for_update(of=("process",)).first()
    return (task.process, task) if task else (locked_batch(batch_id), None)


def locked_cases(batch: Batch, procedure: Procedure) -> list[Case]:
    """Return the open cases of a batch, locked, in the order of the list."""
    cases = procedure.case_class.objects.filter(batch=batch, closed_on=None)
    rows = cases.select_related("household").order_by("pk")
    found = list(rows.select_for_update(of=("self",)))
    for case in found:
        case.batch = batch
    return found


def keep_in_place(batch: Batch) -> None:
    """Lock a batch, so that nobody acts while facts for its step are written.

    Raises:
        Stale: somebody moved it since it was read.
    """
    current = Batch.objects.select_for_update().get(pk=batch.pk)
    if current.version != batch.version:
        raise Stale(current)


def replayed(key: str) -> dict[str, Any] | None:
    """Return what the same submit did before, or None."""
    receipt = Receipt.objects.filter(key=key).only("result").first()
    return receipt.result if receipt else None


def must_hold(post: Post, place_code: str, by: Appointment, *, at: datetime) -> None:
    """Ask the right to act again, at the moment of signing.

    Raises:
        Trespass: the officer was moved, dismissed, or never held the post here.
    """
    today = timezone.localdate(at)
    if not policy.stands(by, post, place_code, today):
        raise Trespass(reasons.why(by.officer, post, place_code, today))


def write_states(moves: Moves, *, batch: Batch, at: datetime) -> None:
    """Write state changes: one guarded statement per change, all or nothing.

    Raises:
        Stale: a case was no longer in the state it was judged in.
    """
    today = timezone.localdate(at)
    for (before, after), cases in moves.groups().items():
        changed: dict[str, str | date] = {"state": after}
        if any(case.closed_on for case in cases):
            changed["closed_on"] = today
        rows = Case.objects.filter(pk__in=[c.pk for c in cases], state=before)
        if rows.update(**changed) != len(cases):
            raise Stale(batch)


def save_position(batch: Batch) -> None:
    """Write where the batch stands and the head of its ledger."""
    batch.version += 1
    batch.save(
        update_fields=[
            "step",
            "due",
            "clock_until",
            "step_since",
            "closed_on",
            "version",
            "length",
            "head",
            "status",
            "finished",
        ]
    )


def issue(
    kinds: Iterable[str],
    record: Record,
    cases: Sequence[Case],
    *,
    by: Appointment,
    at: datetime,
) -> list[str]:
    """Issue papers of some kinds for some cases on record; returns their codes.

    A batch passes each step once, so an act never issues a paper a second time.
    """
    wanted = [kind for kind in kinds if kind]
    if not wanted or not cases:
        return []
    batch = record.batch
    drafts = named(batch.procedure).papers(wanted, record, cases, by=by, now=at)
    issued = papers.issue(
        drafts,
        by=by,
        at=at,
        training=batch.training,
        first=True,
        witness=checkpoints.printed(),
    )
    return [paper.code for paper in issued]


def keep_receipt(
    key: str, batch: Batch, by: Appointment, result: dict[str, Any], at: datetime
) -> None:
    """Remember what a submit did."""
    Receipt.objects.create(
        key=key, batch=batch, officer_id=by.officer_id, result=result, at=at
    )
