"""Recompute every state from the ledger and say where the tables differ.

Case, batch and task are projections of the ledger; this proves it. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from viewflow.workflow.status import STATUS

from workflows import ledger
from workflows.flow import Clock, Desk
from workflows.models import Batch, BatchTask, Case, Entry
from workflows.procedure import named


@dataclass(slots=True, kw_only=True)
class Told:
    """What the ledger tells about one batch, and where each case ended in it."""

    step: str = ""
    present: set[int] = field(default_factory=set)
    waits: bool = False


LEAVING = {Entry.Act.RETURN, Entry.Act.SET_ASIDE, Entry.Act.RECALL}
HOLDING = {Entry.Act.HOLD, Entry.Act.RELEASE}
ENDING = {Entry.Act.REFUSE, Entry.Act.WITHDRAW}


def differences(batches: Iterable[Batch] | None = None) -> Iterator[str]:
    """Yield every difference between ledger and tables, and every broken chain."""
    if batches is None:
        batches = Batch.objects.order_by("pk").iterator(chunk_size=200)
    for batch in batches:
        entries = list(batch.entries.order_by("seq"))
        yield from ledger.faults(batch, entries)
        yield from _compare(batch, entries)


def _compare(batch: Batch, entries: Sequence[Entry]) -> Iterator[str]:
    states: dict[int, str] = {}
    told = retell(batch, entries, states)
    cases = {case.pk: case for case in Case.objects.filter(batch=batch)}
    for pk, state in states.items():
        gone = pk not in cases and pk not in told.present
        if not gone and (pk not in cases or cases[pk].state != state):
            found = cases[pk].state if pk in cases else "不在本批次"
            yield f"{batch}: 件 {pk} 应为 {state}，表中为 {found}"
    if told.step != batch.step:
        yield f"{batch}: 应在“{told.step}”，表中为“{batch.step}”"
    if told.waits != (batch.clock_until is not None):
        yield f"{batch}: 公示期记载不符"
    yield from _task(batch, told)
    yield from _holds(batch, cases.values())


def _holds(batch: Batch, cases: Iterable[Case]) -> Iterator[str]:
    """Compare who is on hold; a case keeps its hold when it changes the list."""
    marks = Entry.objects.filter(case__batch=batch, act__in=HOLDING).order_by("pk")
    last = {entry.case_id: entry for entry in marks}
    for case in cases:
        entry = last.get(case.pk)
        reason = entry.reason if entry and entry.act == Entry.Act.HOLD else None
        if (case.held, case.held_reason) != (reason is not None, reason or ""):
            yield f"{batch}: 件 {case.pk} 暂缓记载不符"


def _task(batch: Batch, told: Told) -> Iterator[str]:
    open_tasks = BatchTask.objects.filter(process=batch, status=STATUS.NEW)
    nodes = [task.flow_task for task in open_tasks]
    if not told.step:
        if nodes:
            yield f"{batch}: 已办结，仍有待办"
        return
    expected = Clock if told.waits else Desk
    if len(nodes) != 1 or not isinstance(nodes[0], expected):
        yield f"{batch}: 待办与办理记录不符"


def retell(batch: Batch, entries: Sequence[Entry], states: dict[int, str]) -> Told:
    """Return where a batch stands by its ledger; fills ``states`` per case."""
    told = Told()
    last_pass = ""
    for entry in entries:
        if entry.act == Entry.Act.OPEN:
            told.step = entry.step
            states.update({int(k): v for k, v in entry.data["cases"].items()})
            told.present = set(states)
        elif entry.case_id is not None and entry.target:
            states[entry.case_id] = entry.target
        if entry.case_id is not None and entry.act in LEAVING | ENDING:
            told.present.discard(entry.case_id)
        if entry.act in {Entry.Act.PASS, Entry.Act.SKIP}:
            last_pass = entry.step
            told.waits = False
        if entry.act == Entry.Act.CLOCK:
            told.step, told.waits, last_pass = entry.step, False, ""
    _stand(batch, told, last_pass)
    return told


def _stand(batch: Batch, told: Told, last_pass: str) -> None:
    if not told.present:
        told.step, told.waits = "", False
        return
    if not last_pass:
        return
    flow = named(batch.procedure).flow_class
    rulebook = batch.bound_rulebook
    node = flow.after(last_pass)
    if isinstance(node, Clock):
        told.waits = rulebook.requires(node.step.name)
        told.step = node.closing.name
    else:
        told.step = node.step.name if isinstance(node, Desk) else ""
