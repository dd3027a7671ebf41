"""Acts beside the main road: hold, release, withdraw, recall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import papers
from notices.models import Paper
from permissions import recusal
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Refusal
from workflows import ledger, transit
from workflows.actions import writing
from workflows.calendar import UnknownHolidayYear
from workflows.errors import Stale
from workflows.judge import LONGEST_ASIDE, too_long, unknown_holidays
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
    Raises: Trespass; Stale when the household left its list meanwhile.
    Refuses: reason_missing, reason_long, case_closed, case_held, recusal.
    """
    return _mark(case_id, held=True, by=by, reason=reason, now=now)


def release(
    case_id: int, *, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    """Let a held household go on; the counterpart of ``hold``.

    Raises: as ``hold``.
    Refuses: case_not_held, and as ``hold``.
    """
    return _mark(case_id, held=False, by=by, reason=reason, now=now)


def withdraw(
    case_id: int, *, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    """End a case because the household itself no longer wants it.

    The village committee records it, on the household's signed wish, as long
    as the case is open.

    Effects: state and closing day, one ledger line; a batch left empty ends.
    Raises: Trespass; Stale when the household left its list meanwhile.
    Refuses: reason_missing, reason_long, case_closed, not_by_wish, recusal.
    """
    with transaction.atomic():
        case, batch, procedure = _locked(case_id)
        if not case.is_open:
            return _closed()
        if not procedure.by_wish:
            return _not_by_wish()
        writing.must_hold(procedure.steps[0].post, batch.place_id, by, at=now)
        if refusal := _no([case], reason, by=by, now=now):
            return refusal
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
    Refuses: reason_missing, reason_long, nothing_to_recall, unknown_holidays, recusal.
    """
    try:
        with transaction.atomic():
            return _recall(batch_id, by, reason, version, now)
    except UnknownHolidayYear as unknown:
        return unknown_holidays(unknown)


def _recall(
    batch_id: int, by: Appointment, reason: str, version: int, now: datetime
) -> Refusal | Batch:
    batch = writing.locked_batch(batch_id)
    if batch.version != version:
        raise Stale(batch)
    last = batch.entries.filter(act=Entry.Act.PASS).order_by("-seq").first()
    if last is None or not batch.is_open:
        return _nothing_to_recall()
    procedure = named(batch.procedure)
    step = procedure.step(last.step)
    writing.must_hold(step.post, batch.place_id, by, at=now)
    cases = writing.locked_cases(batch, procedure)
    if refusal := _no(cases, reason, by=by, now=now):
        return refusal
    papers.withdraw(_void(batch, cases, step), by=by, at=now, reason=reason)
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
    record = named(batch.procedure).record(follow_up, cases, step)
    writing.issue([step.posts], record, cases, by=by, at=now)
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


def _void(batch: Batch, cases: Sequence[Case], step: Step) -> list[str]:
    """Return the codes of the papers that fall with the batch's last act.

    What it issued about households that left the list, refused or returned,
    stands; the notice that a recalled posting had put up falls.
    """
    receipt = Receipt.objects.filter(batch=batch).order_by("-at", "-pk").first()
    issued = receipt.result.get("papers", []) if receipt else []
    abouts = [batch.about, *(case.about for case in cases)]
    own = Q(about__in=abouts) | Q(about__startswith=f"{batch.about}/")
    void = Q(code__in=issued)
    if step.posts:
        void |= Q(kind=step.posts, about=batch.about)
    return list(Paper.objects.filter(own & void).values_list("code", flat=True))


def _locked(case_id: int) -> tuple[Case, Batch, Procedure]:
    found = Case.objects.only("batch_id", "procedure").get(pk=case_id)
    batch = writing.locked_batch(found.batch_id)
    procedure = named(found.procedure)
    cases = procedure.case_class.objects.select_for_update(of=("self",))
    case = cases.get(pk=case_id)
    if case.batch_id != batch.pk:
        # It went on in a follow-up batch while this call waited for the lock.
        raise Stale(batch)
    return case, batch, procedure


def _mark(
    case_id: int, *, held: bool, by: Appointment, reason: str, now: datetime
) -> Refusal | Case:
    with transaction.atomic():
        case, batch, procedure = _locked(case_id)
        if not case.is_open:
            return _closed()
        post = procedure.step(batch.step).post
        writing.must_hold(post, batch.place_id, by, at=now)
        if refusal := _no([case], reason, by=by, now=now) or _marked(case, held=held):
            return refusal
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


def _no(
    cases: Sequence[Case], reason: str, *, by: Appointment, now: datetime
) -> Refusal | None:
    """Return why nothing is done: no fitting reason, or his own kin among them."""
    if not reason.strip():
        text = _("须写明理由")
        return Refusal(code="reason_missing", text=text, source=HOUSE_RULE)
    if refusal := too_long(reason, longest=LONGEST_ASIDE):
        return refusal
    households = [case.household_id for case in cases if case.household_id]
    kin = recusal.recusals(by.officer, households, timezone.localdate(now))
    return next(iter(kin.values()), None)


def _marked(case: Case, *, held: bool) -> Refusal | None:
    if case.held is not held:
        return None
    if held:
        return Refusal(code="case_held", text=_("该户已经暂缓"), source=HOUSE_RULE)
    return Refusal(code="case_not_held", text=_("该户没有暂缓"), source=HOUSE_RULE)


def _not_by_wish() -> Refusal:
    text = _("该程序不是农户申请的，不能由农户撤回；不应办的选“不同意”")
    return Refusal(code="not_by_wish", text=text, source=HOUSE_RULE)


def _closed() -> Refusal:
    return Refusal(code="case_closed", text=_("该件已经办结"), source=HOUSE_RULE)


def _nothing_to_recall() -> Refusal:
    return Refusal(
        code="nothing_to_recall",
        text=_("没有可以撤回的办理：下一环节已经办理，或本批次还没有办过"),
        source=HOUSE_RULE,
    )
