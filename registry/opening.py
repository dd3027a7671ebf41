"""Looking at what is hidden: the number or phone in clear, against a written reason.

It must not decide who may look; callers ask permissions first.
"""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registry.identity import unseal
from registry.models import Household, Opening, Person
from registry.refusals import Refusal

# Access logs: Personal Information Protection Law, article 51 (L2).
SOURCE = "《个人信息保护法》第五十一条"
# Written down in Chinese, shown in the language of whoever reads.
ID_NUMBER = gettext_noop("证件号码")
PHONE = gettext_noop("联系电话")
HOUSEHOLD_FILE = gettext_noop("一户一档")
_LONGEST_REASON = 200


def open_id(
    person: Person, *, by: AbstractBaseUser, reason: str, at: datetime
) -> str | Refusal:
    """Return the ID number in clear and write down who saw it.

    Refuses: reason_missing, reason_long.
    Effects: Opening.
    """
    wrong = _unreasoned(reason)
    if wrong:
        return wrong
    Opening.objects.create(
        person=person,
        household_id=person.household_id,
        officer_id=by.pk,
        what=ID_NUMBER,
        reason=reason.strip(),
        at=at,
    )
    return unseal(person.id_cipher)


def open_phone(
    household: Household, *, by: AbstractBaseUser, reason: str, at: datetime
) -> str | Refusal:
    """Return the phone number in clear and write down who saw it.

    Refuses: reason_missing, reason_long.
    Effects: Opening.
    """
    wrong = look(household, PHONE, by=by, reason=reason, at=at)
    return wrong or unseal(household.phone_cipher)


def look(
    household: Household, what: str, *, by: AbstractBaseUser, reason: str, at: datetime
) -> Refusal | None:
    """Write down that somebody looked at something of a household.

    Refuses: reason_missing, reason_long.
    Effects: Opening.
    """
    wrong = _unreasoned(reason)
    if wrong:
        return wrong
    Opening.objects.create(
        household=household, officer_id=by.pk, what=what, reason=reason.strip(), at=at
    )
    return None


def openings_of(household: Household) -> QuerySet[Opening]:
    """Return who looked at the household or one of its members, newest first."""
    concerned = Q(household=household) | Q(person__household=household)
    return Opening.objects.filter(concerned).select_related("officer", "person")


def _unreasoned(reason: str) -> Refusal | None:
    length = len(reason.strip())
    if not length:
        text = _("查看前须填写事由")
        return Refusal(code="reason_missing", text=text, source=SOURCE)
    if length > _LONGEST_REASON:
        text = _("事由不得超过%(most)d字") % {"most": _LONGEST_REASON}
        return Refusal(code="reason_long", text=text, source=SOURCE)
    return None
