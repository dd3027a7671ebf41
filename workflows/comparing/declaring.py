"""Taking down a household's relatives who live elsewhere, for comparisons to ask about.

Knows who may write them down and whether their consent is asked for; the row is the
register's (`registry.kin`).
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.models import Appointment
from permissions.posts import Post
from permissions.recusal import recusals
from registry import kin
from registry.kin import KinDraft
from registry.models import DeclaredKin, Household
from registry.places import within
from registry.refusals import HOUSE_RULE, Refusal
from workflows.actions import writing
from workflows.comparing.rounds import RULES
from workflows.errors import Trespass
from workflows.rulebook import Value, in_force

# Those who sit with the household; a supervisor watches, a county compares.
DECLARERS = frozenset({Post.VILLAGE_COMMITTEE, Post.WORK_TEAM}) | Post.TOWNSHIP
CONSENT = "comparison_consent"
UNSIGNED = gettext_lazy("亲属本人没有签查询授权书，不能列入比对")


def may_declare(hat: Appointment, household: Household) -> bool:
    """Return whether this hat takes down the relatives of this household."""
    return hat.held in DECLARERS and within(household.place_id, hat.place_id)


def consent_rule(household: Household, on: date) -> Value | None:
    """Return the value that asks for a relative's own signed letter, if one does."""
    rules = in_force(RULES, household.place_id, on)
    if isinstance(rules, Refusal) or not rules.flag(CONSENT):
        return None
    return rules[CONSENT]


def declare(
    household: Household, named: KinDraft, *, by: Appointment, now: datetime
) -> list[Refusal]:
    """Take down one more relative, or say why not.

    Refuses: recusal_own_household, recusal_kin, kin_without_consent, and what
        `registry.kin.declare_kin` refuses.

    Raises:
        Trespass: he takes down nobody's relatives here.
    """
    today = _asked(household, by, now)
    wrong = list(recusals(by.officer, [household.pk], today).values())
    rule = consent_rule(household, today)
    if rule and not named.consented_on:
        wrong.append(
            Refusal(
                code="kin_without_consent",
                text=UNSIGNED,
                source=rule.article,
                grade=rule.grade,
            )
        )
    if wrong:
        return wrong
    made = kin.declare_kin(household, named, on=today, to=by.officer)
    return made if isinstance(made, list) else []


def withdraw(declared: DeclaredKin, *, by: Appointment, now: datetime) -> list[Refusal]:
    """Let a relative be asked about no longer, or say why not.

    Refuses: recusal_own_household, recusal_kin, kin_ended.

    Raises:
        Trespass: he takes down nobody's relatives here.
    """
    household = declared.household
    today = _asked(household, by, now)
    wrong = list(recusals(by.officer, [household.pk], today).values())
    if wrong or kin.end_kin(declared, on=today, by=by.officer):
        return wrong
    text = _("该亲属已不再申报")
    return [Refusal(code="kin_ended", text=text, source=HOUSE_RULE)]


def _asked(household: Household, by: Appointment, now: datetime) -> date:
    if not may_declare(by, household):
        raise Trespass(_("户外亲属由村民委员会、驻村工作队或者乡镇登记"))
    writing.must_hold(by.held, household.place_id, by, at=now)
    return timezone.localdate(now)
