"""The record of an objection as it stands; who objected is never on it.

Knows notices and their objections; not who may read the objector's name.
"""

from notices import kinds
from notices.models import Objection
from notices.papers import Draft
from procedures.papers import law
from procedures.papers.occasion import Context, Occasion


def objection_record(at: Occasion, kind: str) -> list[Draft]:
    """Write a record per unanswered objection to the notice that hangs, or hung last.

    The answer, when it comes, is issued under the same reference and replaces it.
    """
    notice = law.notice_up(at.procedure, at.step)
    return [
        at.draft(
            kind,
            at.base(kind) | _record(objection),
            about=f"objection/{objection.pk}",
            of=objection.household_id,
        )
        for objection in at.record.objections(notice)
    ]


def _record(objection: Objection) -> Context:
    home = objection.household
    return {
        "objection_number": objection.number,
        "notice_title": kinds.named(objection.paper.kind).title,
        "notice_number": objection.paper.number,
        "group": home.group if home else "",
        "head": home.head_name if home else "",
        "received_at": objection.received_at,
        "acknowledged_at": objection.acknowledged_at,
        "channel": objection.get_channel_display(),
        "content": objection.content,
        "investigators": objection.investigators,
        "finding": objection.finding,
        "outcome": objection.get_outcome_display(),
        "answered_at": objection.answered_at,
        "satisfied": objection.satisfied,
    }
