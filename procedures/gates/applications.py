"""Gates on the application: who asked, why the group may ask, who signed.

Know applications; not what a household must lack to be registered.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts
from procedures.gates.gate import gate, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook


@gate(needs={"application"})
def application_filed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household's application is on file and not dated ahead.

    Refuses: application_missing, application_dated_ahead. Source: S0 二(五), H1.
    """
    basis = rulebook.step(facts.step)
    if facts.application is None:
        return refuse("application_missing", _("没有登记户主申请"), basis)
    if facts.application.applied_on > today:
        return refuse(
            "application_dated_ahead",
            _("申请日期 %(on)s 晚于今天"),
            basis,
            on=facts.application.applied_on,
        )
    return None


@gate(needs={"application"})
def group_recommendation_justified(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The group speaks only for those who can hardly ask themselves.

    Refuses: group_may_not_recommend. Source: S0 二(五).
    """
    found = facts.application
    if found is None or found.made_by != "group":
        return None
    if found.group_reason in rulebook.words("group_reasons"):
        return None
    return refuse(
        "group_may_not_recommend",
        _("村民小组只能推荐提出申请有困难的孤寡老人、残疾人、孤儿，须注明属于哪一类"),
        rulebook["group_reasons"],
    )


@gate(needs={"application"})
def applicant_signed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The signed application came back; one written by another has a witness.

    Refuses: application_unsigned, application_without_witness. Source: P8, P22.
    """
    found = facts.application
    if found is None:
        return None
    if not found.signed:
        return refuse(
            "application_unsigned",
            _("申请书还没有户主签字的照片"),
            rulebook["application_signed"],
        )
    if found.proxy and not (found.thumb and found.witness):
        return refuse(
            "application_without_witness",
            _("申请书由 %(proxy)s 代写，须本人按手印并有见证人"),
            rulebook["proxy_witness"],
            proxy=found.proxy,
        )
    return None
