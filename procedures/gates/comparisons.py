"""Gates on the comparison with the departments: consent, reach, every hit decided.

Know hits; which kinds exclude and which departments count is the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts
from procedures.gates.gate import gate, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

OPEN, ACCEPTED = "open", "accepted"


@gate(needs={"comparison"})
def comparison_made(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household was compared with every department the rulebook names.

    Refuses: comparison_missing, comparison_dated_ahead, departments_missing.
    Source: H1, S0 二(五) (departments).
    """
    found = facts.comparison
    if found is None:
        return refuse(
            "comparison_missing", _("没有信息比对记录"), rulebook.step(facts.step)
        )
    if found.compared_on > today:
        return refuse(
            "comparison_dated_ahead",
            _("比对日期 %(on)s 晚于今天"),
            rulebook.step(facts.step),
            on=found.compared_on,
        )
    asked = rulebook.words("comparison_departments")
    silent = [name for name in asked if name not in found.departments]
    if not silent:
        return None
    return refuse(
        "departments_missing",
        _("还没有与%(names)s比对"),
        rulebook["comparison_departments"],
        names=_("、").join(silent),
    )


@gate(needs={"comparison"})
def consent_to_comparison(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household agreed to have its records looked up.

    Refuses: comparison_without_consent. Source: H2, P21.
    """
    if facts.comparison is None or facts.comparison.consent:
        return None
    return refuse(
        "comparison_without_consent",
        _("户主没有授权查询信息"),
        rulebook["comparison_consent"],
    )


@gate(needs={"comparison"})
def hits_decided(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Every hit was explained or accepted by a named officer.

    Refuses: hits_open. Source: S0 二(五), P30 (an unexplained hit excludes).
    """
    hits = facts.comparison.hits if facts.comparison else ()
    waiting = [
        f"{hit.department}（{hit.label}）" for hit in hits if hit.decision == OPEN
    ]
    if not waiting:
        return None
    return refuse(
        "hits_open",
        _("有 %(count)s 条比对结果没有认定：%(names)s"),
        rulebook["exclusion_kinds"],
        count=len(waiting),
        names=_("、").join(waiting),
    )


@gate(needs={"comparison"})
def no_exclusion_stands(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """No hit of an excluding kind was found to be true.

    Refuses: excluded. Source: S0 二(五) (四类对象).
    """
    hits = facts.comparison.hits if facts.comparison else ()
    excluding = rulebook.words("exclusion_kinds")
    standing = [
        hit.label for hit in hits if hit.decision == ACCEPTED and hit.kind in excluding
    ]
    if not standing:
        return None
    return refuse(
        "excluded",
        _("比对属实：%(names)s，不得识别为贫困户"),
        rulebook["exclusion_kinds"],
        names=_("、").join(standing),
    )
