"""The papers of objections: record, answer and register, with or without the objector.

Knows what each says; must not decide who may handle an objection. A face that names
the objector is made on demand for whoever may know, and stored nowhere.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from notices import frozen, kinds, papers
from notices.models import Channel, Objection, Outcome, Paper
from notices.objection_rules import may_see_objector
from notices.press import render, workshop
from permissions.models import Appointment
from registry import identity, places
from registry.models import Household
from registry.places import Level

RECORD, ANSWER, REGISTER = "objection_record", "objection_answer", "objection_register"

# To whom an answer may be taken: the office above the one that gave it.
_ABOVE = {
    Level.VILLAGE: Level.TOWNSHIP,
    Level.TOWNSHIP: Level.COUNTY,
    Level.COUNTY: Level.PREFECTURE,
}
# What an outcome means for the posted list.
_CONSEQUENCE = {
    Outcome.UPHELD: "名单将予更正，更正后重新公示。",
    Outcome.REJECTED: "公示的名单不作更改。",
}


def drafts(
    objection: Objection, *, by: Appointment, on: datetime
) -> list[papers.Draft]:
    """Return what is issued with an answer: the record, then the answer itself.

    Neither names the objector.
    """
    issuer = _issuer(objection, by)
    return [
        papers.Draft(
            kind=kind,
            issuer_code=issuer,
            place_code=objection.paper.place_id,
            household_id=objection.household_id,
            about=f"objection/{objection.pk}",
            context=context(objection, by=by, on=on),
        )
        for kind, context in ((RECORD, _record), (ANSWER, _answer))
    ]


def record_pdf(objection: Objection, *, by: Appointment, at: datetime) -> bytes:
    """Return the record sheet: the full face for whoever may know, else the village's.

    The full face is made on demand and stored nowhere.
    """
    context = frozen.checked(RECORD, _record(objection, by=by, on=at))
    return _pdf(RECORD, context, objection, objection.answer_paper, by=by, at=at)


def answer_pdf(objection: Objection, *, by: Appointment, at: datetime) -> bytes:
    """Return the answer: with the objector's name for whoever may know.

    Raises: Paper.DoesNotExist while the objection is not answered.
    """
    about = f"objection/{objection.pk}"
    paper = Paper.objects.filter(kind=ANSWER, about=about).latest("issued_at")
    return _pdf(ANSWER, dict(paper.context), objection, paper, by=by, at=at)


def register_pdf(
    objections: Iterable[Objection],
    *,
    place_code: str,
    at: datetime,
    notice: Paper | None = None,
) -> bytes:
    """Return the register of a place's objections, or of those to one notice."""
    names = papers.place_names(place_code)
    rows = [_row(objection) for objection in objections]
    context = papers.header(REGISTER, names, on=timezone.localtime(at).date()) | {
        "issuer_name": _office(REGISTER, names, places.level_of(place_code)),
        "notice_title": kinds.named(notice.kind).title if notice else "",
        "notice_number": notice.number if notice else "",
        "rows": rows,
        "open_count": sum(row["outcome"] == Outcome.OPEN.label for row in rows),
    }
    return workshop.run(
        render.render_pdf,
        REGISTER,
        frozen.checked(REGISTER, context),
        number=notice.number if notice else "",
        code="",
        issued_at=at,
    )


def _pdf(
    kind: str,
    context: dict[str, Any],
    objection: Objection,
    paper: Paper | None,
    *,
    by: Appointment,
    at: datetime,
) -> bytes:
    if may_see_objector(objection, by):
        context["secret"] = {
            "objector": identity.unseal(objection.objector_cipher),
            "contact": identity.unseal(objection.contact_cipher),
        }
    return workshop.run(
        render.render_pdf,
        kind,
        context,
        number=paper.number if paper else objection.number,
        code=paper.code if paper else "",
        issued_at=paper.issued_at if paper else at,
        attach=False,
    )


def _issuer(objection: Objection, by: Appointment) -> str:
    """Return the office that answers: a village, a township or a county."""
    level = places.level_of(by.place_id)
    own = level in {Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY}
    return by.place_id if own else objection.paper.issuer_id


def _office(kind: str, names: dict[Level, str], level: Level) -> str:
    return kinds.issuer_name(kind, names.get(level, ""), level)


def _facts(
    kind: str, objection: Objection, *, by: Appointment, on: datetime
) -> dict[str, Any]:
    paper = objection.paper
    names = papers.place_names(paper.place_id)
    level = places.level_of(_issuer(objection, by))
    household = (
        Household.objects.filter(pk=objection.household_id).first()
        if objection.household_id
        else None
    )
    return {
        **papers.header(kind, names, on=timezone.localtime(on).date()),
        "issuer_name": _office(kind, names, level),
        "objection_number": objection.number,
        "notice_title": kinds.named(paper.kind).title,
        "notice_number": paper.number,
        "group": household.group if household else "",
        "head": household.head_name if household else "",
        "received_at": objection.received_at,
        "acknowledged_at": objection.acknowledged_at,
        "channel": Channel(objection.channel).label,
        "content": objection.content,
        "investigators": objection.investigators,
        "finding": objection.finding,
        "outcome": Outcome(objection.outcome).label,
        "answered_at": objection.answered_at,
    }


def _record(objection: Objection, *, by: Appointment, on: datetime) -> dict[str, Any]:
    facts = _facts(RECORD, objection, by=by, on=on)
    return facts | {"satisfied": objection.satisfied}


def _answer(objection: Objection, *, by: Appointment, on: datetime) -> dict[str, Any]:
    level = places.level_of(_issuer(objection, by))
    names = papers.place_names(objection.paper.place_id)
    above = _ABOVE.get(level, Level.PREFECTURE)
    return _facts(ANSWER, objection, by=by, on=on) | {
        "consequence": _CONSEQUENCE.get(Outcome(objection.outcome), ""),
        "appeal_to": _office(ANSWER, names, above),
        # The number printed on the notice that was objected to.
        "hotline": objection.paper.context.get("hotline", ""),
    }


def _row(objection: Objection) -> dict[str, Any]:
    home = objection.household
    return {
        "number": objection.number,
        "received_at": objection.received_at,
        "channel": Channel(objection.channel).label,
        "notice": objection.paper.number,
        "household": f"{home.group}{home.head_name}" if home else "",
        "content": objection.content,
        "investigators": objection.investigators,
        "finding": objection.finding,
        "outcome": Outcome(objection.outcome).label,
        "answered_at": objection.answered_at,
        "satisfied": objection.satisfied,
    }
