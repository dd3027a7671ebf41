"""Gates on signatures: the village's on its list, the household's on its paper.

Know who signed; whose signature is needed is the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.facts import CaseFacts, SignOffFacts
from procedures.gates.gate import gate, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

CONSENT, RECEIPT, REGISTRATION = "consent", "receipt", "registration"
SIGNERS = {
    "secretary": gettext_lazy("村党组织书记"),
    "village_head": gettext_lazy("村民委员会主任"),
    "team_leader": gettext_lazy("驻村工作队队长"),
}


@gate(needs={"confirmation"})
def village_signatures(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The list is signed by everyone the rulebook names, with a photo of it.

    Refuses: confirmation_missing, village_unsigned, confirmed_ahead.
    Source: N2, H14.
    """
    basis = rulebook["village_signers"]
    found = facts.confirmation
    if found is None:
        return refuse("confirmation_missing", _("没有登记村级核实签字"), basis)
    unsigned = [
        str(SIGNERS[role])
        for role in rulebook.words("village_signers")
        if not found.signatures.get(role)
    ]
    if unsigned or not found.photographed:
        return refuse(
            "village_unsigned",
            _("村级核实缺%(missing)s"),
            basis,
            missing=_("、").join(unsigned or [_("签字名单照片")]),
        )
    if found.confirmed_on <= today:
        return None
    return refuse(
        "confirmed_ahead",
        _("村级核实日期 %(on)s 晚于今天"),
        basis,
        on=found.confirmed_on,
    )


@gate(needs={"sign_offs"})
def household_not_refused(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household did not refuse to sign; if it did, it stays on the register.

    Refuses: household_refused. Source: S0 二(六), N2.
    """
    signed = facts.sign_offs.get(CONSENT)
    if signed is None or not signed.refused:
        return None
    return refuse(
        "household_refused",
        _("户主不认可脱贫：%(reason)s。没有签字不得退出，须退回入户核实或选“不同意”"),
        rulebook["consent_signed"],
        reason=signed.refusal_reason,
    )


@gate(needs={"sign_offs", "sent_back"})
def household_signed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household signed the confirmation of its exit, with thumb-print and photo.

    A household that refused is `household_not_refused`'s business. A later step
    that asks again takes the signature as it stands, however old.

    Refuses: consent_missing, consent_without_thumb, consent_dated_ahead,
        consent_too_old. Source: S0 二(六) (签字确认率 100 %), N2, H7.
    """
    signed = facts.sign_offs.get(CONSENT)
    if signed is not None and signed.refused:
        return None
    if signed is None or not signed.photographed:
        return refuse(
            "consent_missing",
            _("脱贫确认书还没有户主签字的照片"),
            rulebook["consent_signed"],
        )
    if rulebook.flag("consent_thumb") and not signed.thumb:
        return refuse(
            "consent_without_thumb",
            _("脱贫确认书没有按手印"),
            rulebook["consent_thumb"],
        )
    if facts.step != CONSENT:
        return None
    return dated("consent", signed, facts, rulebook, today)


def dated(
    name: str,
    signed: SignOffFacts,
    facts: CaseFacts,
    rulebook: Rulebook,
    today: date,
) -> Refusal | None:
    """Return why a signature's day does not fit: to come, or before a return."""
    if signed.signed_on > today:
        return refuse(
            f"{name}_dated_ahead",
            _("签字日期 %(on)s 晚于今天"),
            rulebook.step(facts.step),
            on=signed.signed_on,
        )
    if facts.since is not None and signed.signed_on < facts.since:
        return refuse(
            f"{name}_too_old",
            _("该户于 %(since)s 退回重办，须重新签字（上次签字 %(on)s）"),
            rulebook["renewed_after_return"],
            since=facts.since,
            on=signed.signed_on,
        )
    return None


@gate(needs={"sign_offs"})
def proxy_witnessed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Whoever signed for the head is named with relation, and somebody witnessed it.

    Refuses: proxy_unwitnessed. Source: P22.
    """
    for signed in facts.sign_offs.values():
        named = signed.proxy and signed.proxy_relation and signed.witness
        if signed.by_proxy and not (named and signed.thumb):
            return refuse(
                "proxy_unwitnessed",
                _("代签须写明代签人、与户主关系和见证人，并按手印"),
                rulebook["proxy_witness"],
            )
    return None


@gate(needs={"sign_offs", "sent_back"})
def receipt_signed(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The household has its notification of exit, and signed for it.

    Who will not sign for it is handed the paper before a witness.

    Refuses: receipt_missing, receipt_dated_ahead, receipt_too_old. Source: P7.
    """
    signed = facts.sign_offs.get(RECEIPT)
    witnessed = signed is not None and signed.refused and bool(signed.witness)
    if signed is None or not (signed.photographed or witnessed):
        return refuse(
            "receipt_missing",
            _("退出告知书还没有户主签收的照片（拒收的须有见证人）"),
            rulebook["receipt_signed"],
        )
    return dated("receipt", signed, facts, rulebook, today)


@gate(needs={"sign_offs", "sent_back"})
def handbook_signed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household signed its registration form and handbook.

    Refuses: handbook_unsigned, handbook_dated_ahead, handbook_too_old.
    Source: N9, N10, P12.
    """
    signed = facts.sign_offs.get(REGISTRATION)
    if signed is None or signed.refused or not signed.photographed:
        return refuse(
            "handbook_unsigned",
            _("贫困户登记表和扶贫手册还没有户主签字的照片"),
            rulebook["handbook_signed"],
        )
    return dated("handbook", signed, facts, rulebook, today)
