"""What every change of a household shares: lock, draft of what stands, record, recount.

Used by the writing modules of the register only; it must not decide anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import unseal
from registry.models import Change, ChangeKind, Household, Person, Uncounted
from registry.refusals import HOUSE_RULE, Refusal

# Columns whose text stays out of the record of changes.
_SEALED = frozenset({"id_number", "phone"})
HIDDEN = "******"

_Draft = TypeVar("_Draft", HouseholdDraft, MemberDraft)


@dataclass(frozen=True, slots=True)
class Act:
    """When it happened, who wrote it down, and why."""

    on: date
    by: AbstractBaseUser | None
    reason: str


def locked(household: Household) -> Household:
    """Return the household as it stands now, locked to the end of the transaction."""
    return Household.objects.select_for_update(no_key=True).get(pk=household.pk)


def present(household: Household) -> list[Person]:
    """Return the present members, locked."""
    rows = Person.objects.select_for_update(no_key=True)
    return list(rows.filter(household=household, left_on=None))


def untimely(household: Household, act: Act) -> list[Refusal]:
    """Return why nothing can happen to the household on that day, or without reason.

    Refuses: household_closed, before_household, reason_missing.
    """
    wrong = unreasoned(act)
    if household.until:
        wrong.append(refuse("household_closed", _("该户已注销")))
    if act.on < household.since:
        wrong.append(refuse("before_household", _("日期早于本户入册日期")))
    return wrong


def unreasoned(act: Act) -> list[Refusal]:
    """Refuses: reason_missing."""
    if act.reason.strip():
        return []
    return [refuse("reason_missing", _("须填写变更原因"))]


def refuse(code: str, text: str) -> Refusal:
    """Return a refusal that follows from the register itself."""
    return Refusal(code=code, text=text, source=HOUSE_RULE)


def record(
    household: Household,
    kind: ChangeKind,
    act: Act,
    *,
    person: Person | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    """Write the Change, and that the village's figures are to be counted again."""
    Change.objects.create(
        household=household,
        person=person,
        on=act.on,
        kind=kind,
        before=before or {},
        after=after,
        reason=act.reason.strip(),
        by_id=act.by.pk if act.by else None,
    )
    uncounted([household.place_id, (before or {}).get("village", "")])


def uncounted(villages: Iterable[str]) -> None:
    """Note that something has changed in these villages; one statement."""
    codes = sorted({code for code in villages if code})
    Uncounted.objects.bulk_create([Uncounted(place_id=code) for code in codes])


def recount(household: Household) -> None:
    """Bring size and head's name in line with the present members."""
    members = present(household)
    heads = [m.name for m in members if m.is_present_head]
    household.size = len(members)
    household.head_name = heads[0] if heads else household.head_name
    household.save(update_fields=["size", "head_name"])


def household_draft(household: Household) -> HouseholdDraft:
    """Return the household's columns as a draft without members."""
    return HouseholdDraft(
        village=household.place_id,
        members=(),
        group=household.group,
        number=household.number,
        attribute=household.attribute,
        main_cause=household.main_cause,
        other_causes=tuple(household.other_causes),
        housing_grade=household.housing_grade,
        water_safe=household.water_safe,
        farmland_mu=household.farmland_mu,
        phone=unseal(household.phone_cipher),
    )


def member_draft(person: Person) -> MemberDraft:
    """Return a member's columns as a draft."""
    return MemberDraft(
        name=person.name,
        relation=person.relation,
        id_number=unseal(person.id_cipher),
        sex=person.sex,
        birth=person.birth,
        nationality=person.nationality,
        education=person.education,
        student_status=person.student_status,
        health=tuple(person.health),
        labour=person.labour,
    )


def shown(
    draft: HouseholdDraft | MemberDraft, columns: Iterable[str]
) -> dict[str, Any]:
    """Return the columns as they may stand in a Change: sealed ones as stars."""
    return {c: _plain(c, getattr(draft, c)) for c in columns}


def changed_columns(old: _Draft, new: _Draft) -> list[str]:
    """Return the names of the columns in which two drafts differ."""
    names = [f.name for f in fields(old)]
    return [n for n in names if getattr(old, n) != getattr(new, n)]


def _plain(column: str, value: Any) -> Any:
    if column in _SEALED:
        return HIDDEN if value else ""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple():
            return list(value)
    return value
