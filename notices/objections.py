"""Objections to posted lists: taken in, given to somebody else, answered in writing.

Knows notices and officers; must not know cases: the engine asks `open_objections`.
The objector's name and contact are sealed and shown to no post of a village.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import kinds, numbers, objection_papers, papers
from notices.models import Channel, Objection, Outcome, Paper
from notices.objection_rules import (
    against_answer,
    against_filing,
    against_handler,
    against_withdrawal,
    may_see_objector,
)
from permissions.models import Appointment, Officer
from registry import identity, places
from registry.refusals import HOUSE_RULE, Refusal

WORD = "异议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What somebody says against a list, as it came in."""

    content: str
    channel: Channel
    received_at: datetime
    household_id: int | None = None
    objector: str = ""
    contact: str = ""
    anonymous: bool = False


@transaction.atomic(savepoint=False)
def file_objection(
    paper: Paper, complaint: Complaint, *, by: Appointment, now: datetime
) -> Objection | list[Refusal]:
    """Enter an objection and acknowledge it at once, or return what is missing.

    Refuses: see `objection_rules.against_filing`.
    """
    if refusals := against_filing(paper, complaint, now):
        return refusals
    anonymous = complaint.anonymous
    return Objection.objects.create(
        number=_number(paper, now),
        paper=paper,
        household_id=complaint.household_id,
        received_at=complaint.received_at,
        acknowledged_at=now,
        channel=complaint.channel,
        content=complaint.content.strip(),
        objector_cipher="" if anonymous else identity.seal(complaint.objector.strip()),
        contact_cipher="" if anonymous else identity.seal(complaint.contact.strip()),
        anonymous=anonymous,
        recorded_by=by,
        recorded_at=now,
    )


@transaction.atomic(savepoint=False)
def assign(
    objection: Objection, handler: Officer, *, now: datetime
) -> Objection | list[Refusal]:
    """Give an objection to the officer who answers it, or say why not to him.

    Refuses: see `objection_rules.against_handler`.
    """
    _lock(objection)
    if not objection.is_open:
        return [_closed(objection)]
    if refusals := against_handler(objection, handler, now):
        return refusals
    objection.handler = handler
    objection.assigned_at = now
    objection.save(update_fields=["handler", "assigned_at"])
    return objection


@transaction.atomic(savepoint=False)
def answer(
    objection: Objection,
    outcome: Outcome,
    *,
    finding: str,
    investigators: str,
    by: Appointment,
    now: datetime,
    training: bool = False,
) -> Objection | list[Refusal]:
    """Answer in writing: upheld or rejected, with the finding.

    Effects: the objection is closed; its record and the answer are issued, neither of
    which names the objector. Whoever asks `upheld_objections` learns that a list
    must be changed and posted anew.
    Refuses: see `objection_rules.against_answer`.
    """
    _lock(objection)
    if not objection.is_open:
        return [_closed(objection)]
    if refusals := against_answer(objection, outcome, finding, by, now):
        return refusals
    objection.outcome = outcome
    objection.finding = finding.strip()
    objection.investigators = investigators.strip() or by.signature
    objection.answered_at = now
    drafts = objection_papers.drafts(objection, by=by, on=now)
    record, _answer = papers.issue(drafts, by=by, at=now, training=training)
    objection.answer_paper = record
    objection.save()
    return objection


@transaction.atomic(savepoint=False)
def withdraw(
    objection: Objection, *, reason: str, by: Appointment, now: datetime
) -> Objection | list[Refusal]:
    """Close an objection because the objector took it back.

    Effects: the objection is closed; whoever recorded it stands as its handler.
    Refuses: see `objection_rules.against_withdrawal`.
    """
    _lock(objection)
    if not objection.is_open:
        return [_closed(objection)]
    if refusals := against_withdrawal(objection, reason, by, now):
        return refusals
    objection.outcome = Outcome.WITHDRAWN
    objection.finding = reason.strip()
    objection.investigators = by.signature
    objection.handler_id = by.officer_id
    objection.answered_at = now
    objection.save()
    return objection


def open_objections(paper_codes: Collection[str]) -> QuerySet[Objection]:
    """Return the objections that still stop what the notices announce."""
    return Objection.objects.filter(paper_id__in=paper_codes, outcome=Outcome.OPEN)


def upheld_objections(paper_codes: Collection[str]) -> QuerySet[Objection]:
    """Return the objections after which a list must be changed and posted anew."""
    return Objection.objects.filter(paper_id__in=paper_codes, outcome=Outcome.UPHELD)


def upheld_about(about: str, kind: str) -> QuerySet[Objection]:
    """Return the upheld objections to a list's notice of one kind."""
    return Objection.objects.filter(
        paper__about=about, paper__kind=kind, outcome=Outcome.UPHELD
    )


def objector_of(objection: Objection, *, reader: Appointment | None) -> str:
    """Return who objects and how to reach him, for whoever may know; else nothing."""
    if not may_see_objector(objection, reader):
        return ""
    if objection.anonymous:
        return str(_("匿名"))
    name = identity.unseal(objection.objector_cipher)
    return f"{name} {identity.unseal(objection.contact_cipher)}".strip()


def _lock(objection: Objection) -> None:
    """Read the objection again, locked: of two who close it at once one is late."""
    rows = Objection.objects.select_for_update()
    objection.refresh_from_db(from_queryset=rows)


def _number(paper: Paper, now: datetime) -> str:
    names = papers.place_names(paper.issuer_id)
    level = places.level_of(paper.issuer_id)
    word = kinds.short_name(names[level], level) + WORD
    series = numbers.Series(paper.issuer_id, word)
    return numbers.allocate([series], year=timezone.localtime(now).year)[0]


def _closed(objection: Objection) -> Refusal:
    text = _("异议 %(number)s 已经办结")
    return Refusal(
        code="objection_closed",
        text=text % {"number": objection.number},
        source=HOUSE_RULE,
    )
