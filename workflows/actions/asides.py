"""Acts beside the main road: hold, release, withdraw, recall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import papers
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Refusal
from workflows import ledger, transit
from workflows.actions import writing
from workflows.errors import Stale
from workflows.ledger import Line
from workflows.machine import Step
from workflows.models import Batch, Case, Entry, Receipt
from workflows.procedure import Procedure, named
from workflows.transit import Moves


def hold(
    case_id: int, *, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    """Stop one household without stopping its list.

    Effects: ``held`` set, one ledger line.
    Refuses: reason_missing, case_closed.
    """
    return _mark(case_id, held=True, by=by, reason=reason, now=now)


def release(
    case_id: int, *, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    """Let a held household go on; the counterpart of ``hold``."""
    return _mark(case_id, held=False, by=by, reason=reason, now=now)


def withdraw(
    case_id: int, *, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    """End a case because the household itself no longer wants it.

    The village committee records it, on the household's signed wish, as long
    as the case is open.

    Effects: state and closing day, one ledger line; a batch left empty ends.
    Refuses: reason_missing, case_closed.
    """
    with transaction.atomic():
        case, batch, procedure = _locked(case_id)
        if refusal := _no(case, reason):
            return refusal
        writing.must_hold(procedure.steps[0].post, batch.place_id, by, at=now)
        moves = Moves()
        moves.note(case)
        before = case.state
        case.withdraw()
        case.closed_on = timezone.localdate(now)
        writing.write_states(moves, batch=batch, at=now)
        line = Line(
            act=Entry.Act.WITHDRAW,
            step=batch.step,
            case_id=case.pk,
            source=before,
            target=case.state,
            reason=reason.strip(),
        )
        ledger.append(batch, [line], by=by, at=now)
        if not batch.cases.filter(closed_on=None).exists():
            transit.advance(batch, [], Moves(), by=by, at=now)
        writing.save_position(batch)
        return case


def recall(
    batch_id: int, *, by: Appointment, reason: str, version: int, now: datetime
) -> Refusal | Batch:
    """Take one's own act back as long as the next desk has not acted.

    The list goes to a follow-up batch that begins at the recalled step; the
    notices and lists that act had issued are withdrawn.

    Raises:
        Trespass, Stale.
    Refuses: reason_missing, nothing_to_recall.
    """
    with transaction.atomic():
        batch = writing.locked_batch(batch_id)
        if batch.version != version:
            raise Stale(batch)
        last = batch.entries.filter(act=Entry.Act.PASS).order_by("-seq").first()
        if not reason.strip():
            return _reason_missing()
        if last is None or not batch.is_open:
            return Refusal(
                code="nothing_to_recall",
                text=_("没有可以撤回的办理：下一环节已经办理，或本批次还没有办过"),
                source=HOUSE_RULE,
            )
        procedure = named(batch.procedure)
        step = procedure.step(last.step)
        writing.must_hold(step.post, batch.place_id, by, at=now)
        void = [*_issued_by(batch), *_on_the_wall(batch, step)]
        papers.withdraw(void, by=by, at=now, reason=reason)
        cases = writing.locked_cases(batch, procedure)
        return _send_all_back(batch, cases, step, by=by, reason=reason, now=now)


def _send_all_back(
    batch: Batch,
    cases: Sequence[Case],
    step: Step,
    *,
    by: Appointment,
    reason: str,
    now: datetime,
) -> Batch:
    moves = Moves()
    lines = [_taken_back(case, step, reason, moves) for case in cases]
    writing.write_states(moves, batch=batch, at=now)
    ledger.append(batch, lines, by=by, at=now)
    follow_up = transit.open_follow_up(batch, cases, step.name, by=by, at=now)
    transit.record_opening(follow_up, cases, by=by, at=now)
    writing.save_position(follow_up)
    writing.issue(
        [step.posts],
        procedure=named(batch.procedure),
        batch=follow_up,
        cases=cases,
        step=step,
        by=by,
        at=now,
    )
    transit.advance(batch, [], Moves(), by=by, at=now)
    writing.save_position(batch)
    return follow_up


def _taken_back(case: Case, step: Step, reason: str, moves: Moves) -> Line:
    moves.note(case)
    before = case.state
    case.send_back(step.source)
    return Line(
        act=Entry.Act.RECALL,
        step=step.name,
        case_id=case.pk,
        source=before,
        target=step.source,
        reason=reason.strip(),
    )


def _on_the_wall(batch: Batch, step: Step) -> list[str]:
    """Return the notice a recalled posting had put up; it no longer counts."""
    if not step.posts:
        return []
    hanging = papers.papers_for(batch.about).filter(kind=step.posts)
    return list(hanging.values_list("code", flat=True))


def _issued_by(batch: Batch) -> list[str]:
    """Return the codes of the papers the batch's last act issued."""
    receipt = Receipt.objects.filter(batch=batch).order_by("-at", "-pk").first()
    return receipt.result.get("papers", []) if receipt else []


def _locked(case_id: int) -> tuple[Case, Batch, Procedure]:
    found = Case.objects.only("batch_id", "procedure").get(pk=case_id)
    batch = writing.locked_batch(found.batch_id)
    procedure = named(found.procedure)
    cases = procedure.case_class.objects.select_for_update(of=("self",))
    return cases.get(pk=case_id), batch, procedure


def _mark(
    case_id: int, *, held: bool, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    with transaction.atomic():
        case, batch, procedure = _locked(case_id)
        if refusal := _no(case, reason):
            return refusal
        post = procedure.step(batch.step).post
        writing.must_hold(post, batch.place_id, by, at=now)
        case.held, case.held_reason = held, reason.strip() if held else ""
        case.save(update_fields=["held", "held_reason"])
        line = Line(
            act=Entry.Act.HOLD if held else Entry.Act.RELEASE,
            step=batch.step,
            case_id=case.pk,
            source=case.state,
            target=case.state,
            reason=reason.strip(),
        )
        ledger.append(batch, [line], by=by, at=now)
        writing.save_position(batch)
        return case


def _no(case: Case, reason: str) -> Refusal | None:
    if not case.is_open:
        return Refusal(code="case_closed", text=_("该件已经办结"), source=HOUSE_RULE)
    return None if reason.strip() else _reason_missing()


def _reason_missing() -> Refusal:
    return Refusal(code="reason_missing", text=_("须写明理由"), source=HOUSE_RULE)
