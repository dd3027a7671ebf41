"""What must be so before an objection is filed, given to somebody, or answered.

Knows who issued a notice and who is whose kin; must not know how a case moves.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from notices import kinds
from notices.models import Objection, Outcome, Paper
from permissions import policy, recusal
from permissions.models import Appointment, Officer
from permissions.posts import Post
from registry.refusals import HOUSE_RULE, Grade, Refusal

if TYPE_CHECKING:
    from notices.objections import Complaint

# law-2.md §7: no Hunan text was found; these are comparables, hence assumed.
SOURCE = "社会救助和信访有关规定（参照）"

LONGEST_CONTENT = 2000

# Posts that may read who objected; never one of the village.
_TOLD = Post.TOWNSHIP | Post.COUNTY | {Post.AUDITOR}


def against_filing(
    paper: Paper, complaint: "Complaint", now: datetime
) -> list[Refusal]:
    """Return what speaks against filing.

    Refuses: objection_kind, objection_content, objection_future, objection_objector,
        objection_household.
    """
    found = []
    if not kinds.named(paper.kind).public:
        found.append(_refuse("objection_kind", _("只能对公示或者公告提出异议")))
    if not 0 < len(complaint.content.strip()) <= LONGEST_CONTENT:
        found.append(_refuse("objection_content", _("异议内容应为1至2000字")))
    if complaint.received_at > now:
        found.append(_refuse("objection_future", _("收到时间不能晚于现在")))
    if not (complaint.anonymous or complaint.objector.strip()):
        found.append(
            _refuse("objection_objector", _("缺反映人姓名；不愿留名的请选匿名"))
        )
    return found


def against_handler(
    objection: Objection, handler: Officer, now: datetime
) -> list[Refusal]:
    """Return why an officer may not handle it.

    Refuses: handler_author (he issued the notice), handler_subject and handler_kin (the
        household is his own or a relative's), handler_post (a village post, or none).
    """
    found = []
    if objection.paper.issued_by_id == handler.pk:
        found.append(_refuse("handler_author", _("公示的经办人不得办理对该公示的异议")))
    today = timezone.localtime(now).date()
    if objection.household_id:
        barred = recusal.recusals(handler, [objection.household_id], today)
        found.extend(barred.values())
    if not may_handle(objection.paper.place_id, handler, now):
        found.append(_refuse("handler_post", _("异议由所在乡镇或者县级的任职人员办理")))
    return found


def against_answer(
    objection: Objection,
    outcome: Outcome,
    finding: str,
    by: Appointment,
    now: datetime,
) -> list[Refusal]:
    """Return what speaks against an answer.

    Refuses: answer_outcome, answer_finding, answer_handler, and all of the handler.
    """
    found = []
    if outcome not in {Outcome.UPHELD, Outcome.REJECTED}:
        found.append(_refuse("answer_outcome", _("结论应为成立或者不成立")))
    if not finding.strip():
        found.append(_refuse("answer_finding", _("缺调查结果，答复应当书面说明理由")))
    return found + _against_hand(objection, by, now)


def against_withdrawal(
    objection: Objection, reason: str, by: Appointment, now: datetime
) -> list[Refusal]:
    """Return what speaks against recording that the objector took it back.

    It frees the case like an answer, so it is for the same hands.

    Refuses: withdrawal_reason, answer_handler, and all of the handler.
    """
    found = _against_hand(objection, by, now)
    if not reason.strip():
        found.insert(0, _refuse("withdrawal_reason", _("须说明反映人为何撤回")))
    return found


def may_handle(place_code: str, officer: Officer, now: datetime) -> bool:
    """Return whether he holds a township or county post over the place that day."""
    territory = policy.territory(officer, timezone.localtime(now).date())
    return territory.covers(place_code, posts=Post.TOWNSHIP | Post.COUNTY)


def may_see_objector(objection: Objection, reader: Appointment | None) -> bool:
    """Return whether this hat may know who objected: its handler, or an auditor.

    Until somebody handles it, the township's and county's posts see it, because one
    of them must take it on.
    """
    if reader is None or reader.held not in _TOLD:
        return False
    if not policy.Territory.of([reader]).covers(objection.paper.place_id):
        return False
    if reader.held == Post.AUDITOR or objection.handler_id is None:
        return True
    return objection.handler_id == reader.officer_id


def _against_hand(
    objection: Objection, by: Appointment, now: datetime
) -> list[Refusal]:
    found = []
    if objection.handler_id and objection.handler_id != by.officer_id:
        found.append(_refuse("answer_handler", _("该异议已交由他人办理")))
    return found + against_handler(objection, by.officer, now)


def _refuse(code: str, text: str) -> Refusal:
    grade = Grade.ASSUMED if code.startswith("handler") else Grade.CONFIRMED
    source = SOURCE if code.startswith("handler") else HOUSE_RULE
    return Refusal(code=code, text=text, source=source, grade=grade)
