"""Gates on where the household stands on the register.

Know the register's words; not how a household got there.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts
from procedures.gates.gate import gate, refuse
from registry.codes import Standing
from registry.refusals import Refusal
from workflows.rulebook import Rulebook


@gate()
def not_already_registered(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household is not on the register of the poor.

    Refuses: already_registered. Source: P1 (whole household, once).
    """
    if facts.household.status != Standing.REGISTERED:
        return None
    return refuse(
        "already_registered",
        _("%(head)s户已建档立卡，不能重复识别"),
        rulebook["whole_household"],
        head=facts.household.head,
    )


@gate()
def registered(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The household is on the register and has not left it.

    Refuses: not_registered. Source: N2.
    """
    if facts.household.status == Standing.REGISTERED:
        return None
    return refuse(
        "not_registered",
        _("%(head)s户不是未脱贫的建档立卡户，不能办理退出"),
        rulebook["whole_household"],
        head=facts.household.head,
    )


@gate(needs={"other_open_case"})
def no_other_open_case(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """No other procedure about this household is under way.

    Refuses: other_open_case. Source: P1, P31 (whole household).
    """
    if not facts.other_open_case:
        return None
    return refuse(
        "other_open_case",
        _("%(head)s户还有其他程序没有办结"),
        rulebook["whole_household"],
        head=facts.household.head,
    )
