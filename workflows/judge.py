"""Why a list may not go on: every refusal of every household, before any write.

The same answer serves the desk page before anybody presses a button and the
act itself. Reads only; knows no procedure by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from permissions import recusal
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Grade, Refusal
from workflows import anew
from workflows.calendar import UnknownHolidayYear
from workflows.machine import Step
from workflows.models import Batch, Case, Entry
from workflows.procedure import Procedure, Record, named
from workflows.rulebook import Rulebook

Refusals = dict[int, list[Refusal]]

# As many characters as the ledger keeps; for what is done beside the road, fewer.
LONGEST_REASON = 500
LONGEST_ASIDE = 300


class Kind(StrEnum):
    """What an officer says about one household."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    RETURN = "return"
    REFUSE = "refuse"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An officer's word on one household, with its reason where it is not "pass".

    Attributes:
        kind: pass, return, refuse or set aside.
        to: name of the earlier step, for a return.
        reason: required for everything but pass.
    """

    kind: Kind = Kind.PASS
    to: str = ""
    reason: str = ""


PASS = Verdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A batch at one step, as its officer sees it today."""

    batch: Batch
    procedure: Procedure
    step: Step
    rulebook: Rulebook
    cases: Sequence[Case]
    record: Record
    facts: Mapping[int, Any]
    today: date


def desk(batch: Batch, cases: Sequence[Case], *, today: date) -> Desk:
    """Gather what is known about a batch at its present step."""
    procedure = named(batch.procedure)
    step = procedure.step(batch.step)
    rulebook = batch.bound_rulebook
    record = procedure.record(batch, cases, step)
    return Desk(
        batch=batch,
        procedure=procedure,
        step=step,
        rulebook=rulebook,
        cases=cases,
        record=record,
        facts=procedure.facts(record, rulebook=rulebook, today=today),
        today=today,
    )


def missing(at: Desk) -> Refusals:
    """Return per case which conditions of the step do not hold; none are left out."""
    found: Refusals = {}
    for case in at.cases:
        facts = at.facts[case.pk]
        answers = (gate(facts, at.rulebook, at.today) for gate in at.step.gates)
        found[case.pk] = [refusal for refusal in answers if refusal is not None]
        if case.held:
            found[case.pk].append(_on_hold(case))
    return found


def barred(at: Desk, by: Appointment) -> Refusals:
    """Return per case why this officer may not decide on it.

    Source: kin and own household law-2 §7 (assumed for Hunan); two steps on one
    case law §1.0.
    """
    found: Refusals = {case.pk: [] for case in at.cases}
    households = [case.household_id for case in at.cases if case.household_id]
    kin = recusal.recusals(by.officer, households, at.today, known=at.record.bonds)
    for case in at.cases:
        if case.household_id in kin:
            found[case.pk].append(kin[case.household_id])
    for case_id, step_name in _own_earlier_acts(at, by):
        title = at.procedure.step(step_name).title
        found[case_id].append(
            Refusal(
                code="two_steps_one_officer",
                text=_("您已办过该户的“%(step)s”，本环节须由他人办理")
                % {"step": title},
                source=_("经办分离（律例汇编 1.0）"),
                grade=Grade.ASSUMED,
            )
        )
    return found


def refusals(at: Desk, verdicts: Mapping[int, Verdict], *, by: Appointment) -> Refusals:
    """Return per case why its verdict cannot stand; empty when all can."""
    lacking, forbidden = missing(at), barred(at, by)
    found: Refusals = {}
    for case in at.cases:
        verdict = verdicts[case.pk]
        reasons = list(_form(at, case, verdict))
        if verdict.kind is Kind.PASS:
            reasons += lacking[case.pk]
        if verdict.kind is not Kind.ASIDE:
            reasons += forbidden[case.pk]
        if reasons:
            found[case.pk] = reasons
    return found


def whole_list(at: Desk, verdicts: Mapping[int, Verdict]) -> list[Refusal]:
    """Return why the list as a whole may not be acted upon now."""
    found: list[Refusal] = []
    if at.batch.clock_until is not None and not _put_up_anew(at, verdicts):
        length = at.rulebook["publicity_days"]
        found.append(
            Refusal(
                code="publicity_running",
                text=_("公示期未满：最后一天是 %(last)s，次日起才能结束公示")
                % {"last": at.batch.clock_until.isoformat()},
                source=length.article,
                grade=length.grade,
            )
        )
    if all(verdict.kind is Kind.ASIDE for verdict in verdicts.values()):
        found.append(
            Refusal(
                code="all_aside",
                text=_("全部暂缓等于没有办理，请至少办理一户"),
                source=HOUSE_RULE,
            )
        )
    return found


def _put_up_anew(at: Desk, verdicts: Mapping[int, Verdict]) -> bool:
    """Return whether the list is taken off the wall: a wrong one need not hang on."""
    nobody = all(verdict.kind is not Kind.PASS for verdict in verdicts.values())
    return nobody and anew.posting_step(at.batch) is not None


def return_steps(at: Desk) -> list[Step]:
    """Return the earlier steps a household may be sent back to."""
    return [
        step
        for step in at.procedure.steps
        if step.name in at.step.returns and at.rulebook.requires(step.name)
    ]


def _form(at: Desk, case: Case, verdict: Verdict) -> Iterable[Refusal]:
    if verdict.kind is not Kind.PASS:
        yield from _reason(verdict.reason)
    if verdict.kind is Kind.RETURN:
        allowed = {step.name for step in return_steps(at)}
        if verdict.to not in allowed:
            yield Refusal(
                code="return_not_allowed",
                text=_("不能退回到所选环节，请另选"),
                source=at.rulebook.title,
            )


def unknown_holidays(unknown: UnknownHolidayYear) -> Refusal:
    """Return why no day is reckoned: working days are never guessed."""
    text = _("%(year)s 年的节假日安排还没有录入，不能计算期限")
    return Refusal(
        code="unknown_holidays", text=text % {"year": unknown.year}, source=HOUSE_RULE
    )


def too_long(reason: str, *, longest: int) -> Refusal | None:
    """Return why a reason does not fit into the record; PostgreSQL cuts nothing off."""
    if len(reason.strip()) <= longest:
        return None
    text = _("理由不能超过 %(longest)s 字") % {"longest": longest}
    return Refusal(code="reason_long", text=text, source=HOUSE_RULE)


def _reason(reason: str) -> Iterable[Refusal]:
    if not reason.strip():
        yield Refusal(
            code="reason_missing",
            text=_("不是“同意”的，须写明理由"),
            source=HOUSE_RULE,
        )
    if refusal := too_long(reason, longest=LONGEST_REASON):
        yield refusal


def _on_hold(case: Case) -> Refusal:
    return Refusal(
        code="case_held",
        text=_("该户已暂缓：%(reason)s") % {"reason": case.held_reason},
        source=_("异议未了，不得上报（律例汇编 1.0）"),
    )


def _own_earlier_acts(at: Desk, by: Appointment) -> Iterable[tuple[int, str]]:
    if not at.step.apart:
        return ()
    return dict.fromkeys(
        (stop.case_id, stop.step)
        for stop in at.record.road.stops
        if stop.actor_id == by.officer_id
        and stop.act == Entry.Act.PASS
        and stop.step in at.step.apart
    )
