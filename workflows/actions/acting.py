"""The one action at a desk: a verdict per household, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from notices import papers
from notices.papers import Unprintable
from permissions.models import Appointment
from registry.refusals import Refusal
from workflows import judge, ledger, transit
from workflows.actions import writing
from workflows.calendar import UnknownHolidayYear
from workflows.errors import Stale
from workflows.judge import Kind, Refusals, Verdict
from workflows.ledger import Line
from workflows.models import Batch, BatchTask, Case, Entry, Receipt
from workflows.procedure import Record, named
from workflows.transit import Moves

LEDGER_ACTS = {
    Kind.PASS: Entry.Act.PASS,
    Kind.RETURN: Entry.Act.RETURN,
    Kind.REFUSE: Entry.Act.REFUSE,
    Kind.ASIDE: Entry.Act.SET_ASIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act did, as stored with its receipt.

    Attributes:
        counts: households per verdict.
        follow_ups: ids of the batches that took returned and set-aside cases.
        papers: codes of the papers issued.
        replayed: the same submit had been carried out before.
    """

    batch_id: int
    step: str
    counts: dict[str, int]
    follow_ups: list[int]
    papers: list[str]
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was written: every refusal of every household, and of the list."""

    cases: Refusals = field(default_factory=dict)
    batch: list[Refusal] = field(default_factory=list)


class _Rollback(Exception):
    """Leave the transaction without a trace, with a "no" to hand over."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused
        super().__init__()


def act(
    *,
    batch_id: int,
    step: str,
    verdicts: Mapping[int, Verdict],
    by: Appointment,
    key: str,
    version: int,
    now: datetime,
) -> Done | Refused:
    """Carry out one officer's verdicts on a list at a step.

    Effects, in order, in one transaction: states of the cases; follow-up
    batches for returned and set-aside ones; the batch on its next desk; ledger
    lines; papers; what the last step does to the register; a receipt.

    Raises:
        Trespass: the officer does not hold the step's post here today.
        Stale: the batch was moved, or its list changed, since ``version``.
    """
    try:
        with transaction.atomic():
            return _act(batch_id, step, verdicts, by, key, version, now)
    except _Rollback as rollback:
        return rollback.refused
    except Unprintable as error:
        return Refused(batch=error.refusals)
    except UnknownHolidayYear as unknown:
        return Refused(batch=[judge.unknown_holidays(unknown)])
    except IntegrityError as error:
        # A key that already stands for another submit is a forged or broken page.
        if Receipt.objects.filter(key=key).exists():
            raise Stale(Batch.objects.get(pk=batch_id)) from error
        raise


def _act(  # noqa: PLR0917 - the private half of a keyword-only function
    batch_id: int,
    step_name: str,
    verdicts: Mapping[int, Verdict],
    by: Appointment,
    key: str,
    version: int,
    now: datetime,
) -> Done:
    batch, task = writing.locked_desk(batch_id)
    if task is None or (batch.version, batch.step) != (version, step_name):
        # Every act raises the version, so only a late submit can be a repeated one.
        done = writing.replayed(key)
        if done is None:
            raise Stale(batch)
        return Done(**done, replayed=True)
    procedure = named(batch.procedure)
    step = procedure.step(step_name)
    writing.must_hold(step.post, batch.place_id, by, at=now)
    cases = writing.locked_cases(batch, procedure)
    if {case.pk for case in cases} != set(verdicts):
        raise Stale(batch)
    desk = judge.desk(batch, cases, today=timezone.localdate(now))
    found = judge.refusals(desk, verdicts, by=by)
    whole = judge.whole_list(desk, verdicts)
    if found or whole:
        raise _Rollback(Refused(cases=found, batch=whole))
    return _Act(desk=desk, task=task, verdicts=verdicts, by=by, now=now).carry_out(key)


class _Act:
    """One act being carried out; holds what its parts share."""

    def __init__(
        self,
        *,
        desk: judge.Desk,
        task: BatchTask,
        verdicts: Mapping[int, Verdict],
        by: Appointment,
        now: datetime,
    ) -> None:
        self.desk, self.by, self.now = desk, by, now
        self.batch, self.step, self.procedure = desk.batch, desk.step, desk.procedure
        self.task, self.verdicts = task, verdicts
        self.moves = Moves()
        self.lines: list[Line] = []
        self.papers: list[str] = []

    def carry_out(self, key: str) -> Done:
        """Write everything; the caller holds the transaction and the locks."""
        passed, refused = self._of(Kind.PASS), self._of(Kind.REFUSE)
        for case in self.desk.cases:
            self._judge(case)
        way = transit.advance(
            self.batch, passed, self.moves, by=self.by, at=self.now, at_task=self.task
        )
        today = timezone.localdate(self.now)
        for case in [*refused, *(passed if not self.batch.step else [])]:
            case.closed_on = today
        writing.write_states(self.moves, batch=self.batch, at=self.now)
        follow_ups = self._follow_ups()
        written = ledger.append(self.batch, self.lines, by=self.by, at=self.now)
        written += ledger.append(self.batch, way, by=None, at=self.now)
        self._settle(passed, refused, self.desk.record.then(written))
        writing.save_position(self.batch)
        result: dict[str, Any] = {
            "batch_id": self.batch.pk,
            "step": self.step.name,
            "counts": {kind.value: len(self._of(kind)) for kind in Kind},
            "follow_ups": [batch.pk for batch in follow_ups],
            "papers": self.papers,
        }
        writing.keep_receipt(key, self.batch, self.by, result, self.now)
        return Done(**result)

    def _of(self, kind: Kind) -> list[Case]:
        return [c for c in self.desk.cases if self.verdicts[c.pk].kind is kind]

    def _judge(self, case: Case) -> None:
        verdict = self.verdicts[case.pk]
        before = case.state
        self.moves.note(case)
        if verdict.kind is Kind.PASS:
            transit.take_step(case, self.step, self.moves)
        elif verdict.kind is Kind.REFUSE:
            case.refuse()
        elif verdict.kind is Kind.RETURN:
            case.send_back(self.procedure.step(verdict.to).source)
        self.lines.append(
            Line(
                act=LEDGER_ACTS[verdict.kind],
                step=self.step.name,
                case_id=case.pk,
                source=before,
                target=case.state,
                reason=verdict.reason.strip(),
                data={"to": verdict.to} if verdict.to else {},
            )
        )

    def _follow_ups(self) -> list[Batch]:
        leaving: dict[str, list[Case]] = {}
        for case in self.desk.cases:
            verdict = self.verdicts[case.pk]
            if verdict.kind is Kind.RETURN:
                leaving.setdefault(verdict.to, []).append(case)
            elif verdict.kind is Kind.ASIDE:
                leaving.setdefault(self.step.name, []).append(case)
        return [self._follow_up(cases, name) for name, cases in leaving.items()]

    def _follow_up(self, cases: Sequence[Case], step_name: str) -> Batch:
        returned = step_name != self.step.name
        batch = transit.open_follow_up(
            self.batch,
            cases,
            step_name,
            by=self.by,
            at=self.now,
            returned_from=self.step.name if returned else "",
        )
        transit.record_opening(batch, cases, by=self.by, at=self.now)
        writing.save_position(batch)
        notice = self.procedure.step(step_name).posts
        record = self.procedure.record(batch, cases, self.step)
        issued = self._issue([notice], record, cases)
        if issued and not self._of(Kind.PASS):
            # Nobody is left to whom the notice on the wall applies.
            papers.supersede(self.batch.about, notice, successor=issued[0], at=self.now)
        return batch

    def _settle(
        self, passed: Sequence[Case], refused: Sequence[Case], record: Record
    ) -> None:
        kinds = list(self.step.papers)
        if self.batch.step:
            kinds.append(self.procedure.step(self.batch.step).posts)
        else:
            today = timezone.localdate(self.now)
            if refused_by_register := self.procedure.settle(passed, self.by, today):
                raise _Rollback(Refused(batch=refused_by_register))
        self._issue(kinds, record, passed)
        self._issue([self.procedure.refusal_paper], record, refused)

    def _issue(
        self, kinds: Sequence[str], record: Record, cases: Sequence[Case]
    ) -> list[str]:
        issued = writing.issue(kinds, record, cases, by=self.by, at=self.now)
        self.papers += issued
        return issued


def close_clock(batch_id: int, *, now: datetime) -> bool:
    """Let a publicity period that is over reach the closing desk; idempotent.

    Called by the worker's tick. Returns whether this call did it.
    """
    with transaction.atomic():
        batch = writing.locked_batch(batch_id)
        today = timezone.localdate(now)
        if batch.clock_until is None or batch.clock_until >= today:
            return False
        until = batch.clock_until
        line = Line(
            act=Entry.Act.CLOCK, step=batch.step, data={"until": until.isoformat()}
        )
        cases = writing.locked_cases(batch, named(batch.procedure))
        moves = Moves()
        way = transit.advance(batch, cases, moves, by=None, at=now)
        writing.write_states(moves, batch=batch, at=now)
        ledger.append(batch, [line, *way], by=None, at=now)
        writing.save_position(batch)
        return True
