"""Gates on a removal: rostered, established, told, heard.

Know what was found and said; which grounds there are is the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts
from procedures.gates.gate import gate, refuse
from registry.codes import ON_THE_BOOKS
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

REMOVE = "remove"
NOTIFICATION = "notification"


@gate()
def still_registered(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household is on the books: registered, or registered and since exited.

    Refuses: not_on_the_books. Source: S0 二(五).
    """
    if facts.household.status in ON_THE_BOOKS:
        return None
    return refuse(
        "not_on_the_books",
        _("%(head)s户不是建档立卡户，不能清退"),
        rulebook["whole_household"],
        head=facts.household.head,
    )


@gate(needs={"roster", "sent_back"})
def on_removal_roster(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The last analysis meeting put the household on the roster of removals.

    Holds where the rulebook asks for no roster.

    Refuses: roster_missing, roster_other, roster_late, roster_too_old. Source: P15, P4.
    """
    law = rulebook["removal_roster"]
    if not rulebook.flag("removal_roster"):
        return None
    found = facts.roster
    if found is None:
        text = _("贫情分析会没有把该户列入“应剔除”名单")
        return refuse("roster_missing", text, law)
    if found.roster != REMOVE:
        text = _("%(on)s 贫情分析会没有把该户列入“应剔除”，列入的是别的名单")
        return refuse("roster_other", text, law, on=found.met_on)
    if not found.running:
        text = _("贫情分析会 %(on)s 不在%(campaign)s的期限内")
        return refuse(
            "roster_late", text, law, on=found.met_on, campaign=found.campaign
        )
    if facts.since is None or found.met_on >= facts.since:
        return None
    return refuse(
        "roster_too_old",
        _("该户于 %(since)s 退回重办，须重新分析（上次 %(on)s）"),
        rulebook["renewed_after_return"],
        since=facts.since,
        on=found.met_on,
    )


@gate(needs={"investigation"})
def grounds_established(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The team concluded on removal, on a ground of the rulebook and on evidence.

    Refuses: investigation_missing, not_established, ground_missing, ground_unknown.
    Source: P15, S0 二(五) (四类对象), P31.
    """
    law = rulebook["removal_grounds"]
    found = facts.investigation
    if found is None:
        return refuse("investigation_missing", _("没有填核定登记表"), law)
    if not found.removes:
        text = _("核定结论是“予以保留”，须选“不同意”")
        return refuse("not_established", text, law)
    if not found.grounds or not found.evidence:
        return refuse("ground_missing", _("没有写明清退情形和证据"), law)
    unknown = [ground for ground in found.grounds if ground not in grounds_of(rulebook)]
    if not unknown:
        return None
    text = _("%(grounds)s不是规程列明的清退情形")
    return refuse("ground_unknown", text, law, grounds=_("、").join(unknown))


@gate(needs={"sign_offs", "sent_back"})
def household_informed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household has its notification, with reason and right to object.

    Who will not sign for it is handed the paper before a witness.

    Refuses: notification_missing, notification_dated_ahead, notification_too_old.
    Source: P16 (通知书), P14 (by analogy), P4.
    """
    law = rulebook["notification_signed"]
    signed = facts.sign_offs.get(NOTIFICATION)
    witnessed = signed is not None and signed.refused and bool(signed.witness)
    if signed is None or not (signed.photographed or witnessed):
        text = _("清退通知书还没有户主签收的照片（拒收的须有见证人）")
        return refuse("notification_missing", text, law)
    if signed.signed_on > today:
        text = _("签收日期 %(on)s 晚于今天")
        return refuse("notification_dated_ahead", text, law, on=signed.signed_on)
    if facts.since is None or signed.signed_on >= facts.since:
        return None
    return refuse(
        "notification_too_old",
        _("该户于 %(since)s 退回重办，须重新告知（上次签收 %(on)s）"),
        rulebook["renewed_after_return"],
        since=facts.since,
        on=signed.signed_on,
    )


@gate(needs={"statement"})
def statement_answered(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household was heard, and an objection of it was answered in writing.

    Refuses: statement_missing, statement_dated_ahead, statement_unanswered.
    Source: P14 (by analogy).
    """
    law = rulebook["household_heard"]
    said = facts.statement
    if said is None:
        return refuse("statement_missing", _("没有登记农户对清退的意见"), law)
    if said.stated_on > today:
        text = _("陈述日期 %(on)s 晚于今天")
        return refuse("statement_dated_ahead", text, law, on=said.stated_on)
    if said.answered or not said.objects:
        return None
    text = _("农户有异议，还没有核实答复")
    return refuse("statement_unanswered", text, law)


@gate(needs={"meetings", "sign_offs"})
def meeting_after_notification(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The village voted only after the household had been told and could speak.

    Refuses: appraised_before_notification. Source: P14 (by analogy).
    """
    met, signed = facts.meetings.get(facts.step), facts.sign_offs.get(NOTIFICATION)
    if met is None or signed is None or signed.signed_on <= met.held_on:
        return None
    return refuse(
        "appraised_before_notification",
        _("会议 %(held)s 早于告知农户 %(told)s，须先告知后评议"),
        rulebook["household_heard"],
        held=met.held_on,
        told=signed.signed_on,
    )


def grounds_of(rulebook: Rulebook) -> tuple[str, ...]:
    """Return every ground of the rulebook: those of the place, then further ones."""
    further = "removal_grounds_further"
    own = rulebook.words("removal_grounds")
    return (*own, *(rulebook.words(further) if further in rulebook.values else ()))
