"""The one writer of households and persons: everything that may be done to them.

Each verb leaves a Change behind. It must not know why a household changes
(procedures do), nor who may change it.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from registry.drafts import HouseholdDraft
from registry.entering import enter_households
from registry.identity import seal
from registry.joining import merge_households
from registry.membership import (
    add_member,
    change_head,
    correct_member,
    leaving_wrong,
    remove_member,
)
from registry.models import ChangeKind, Household, Person
from registry.moving import merge_villages, move_household
from registry.parting import remove_members, split_household
from registry.recording import (
    Act,
    changed_columns,
    household_draft,
    locked,
    present,
    record,
    shown,
    unreasoned,
    untimely,
)
from registry.refusals import Refusal
from registry.standing import set_standing
from registry.validity import household_columns_wrong

__all__ = [
    "add_member",
    "change_head",
    "close_household",
    "correct_household",
    "correct_member",
    "enter_household",
    "enter_households",
    "merge_households",
    "merge_villages",
    "move_household",
    "remove_member",
    "remove_members",
    "set_standing",
    "split_household",
]

_FIXED = {"village", "members", "number"}
_CORRECTABLE = {f.name for f in fields(HouseholdDraft)} - _FIXED


def enter_household(
    draft: HouseholdDraft, *, on: date, by: AbstractBaseUser | None, reason: str = ""
) -> Household | list[Refusal]:
    """Enter one household with its members; the next free number when none is given.

    Refuses, effects: those of `enter_households`.
    """
    return enter_households([draft], on=on, by=by, reason=reason)[0]


@transaction.atomic
def correct_household(
    household: Household,
    columns: Mapping[str, Any],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Put columns right, named as in `HouseholdDraft` (the phone is sealed).

    Refuses: what `household_columns_wrong` refuses, reason_missing.
    Effects: household, Change; nothing when nothing differs.
    Raises: ValueError for a column nobody corrects (village, number, standing).
    """
    if not set(columns) <= _CORRECTABLE:
        raise ValueError(sorted(set(columns) - _CORRECTABLE))
    act = Act(on, by, reason)
    household = locked(household)
    old = household_draft(household)
    new = replace(old, **columns)
    wrong = household_columns_wrong(new) + unreasoned(act)
    if wrong:
        return wrong
    new = replace(
        new, other_causes=tuple(new.other_causes), phone="".join(new.phone.split())
    )
    if changed := changed_columns(old, new):
        _store(household, new)
        before, after = shown(old, changed), shown(new, changed)
        kind = ChangeKind.HOUSEHOLD_CORRECTED
        record(household, kind, act, before=before, after=after)
    return household


@transaction.atomic
def close_household(
    household: Household, *, on: date, by: AbstractBaseUser | None, reason: str
) -> Household | list[Refusal]:
    """Close a household that has disappeared; its members leave with it.

    Refuses: household_closed, before_household, before_joining, reason_missing.
    Effects: persons, household, Change.
    """
    act = Act(on, by, reason)
    household = locked(household)
    members = present(household)
    wrong = untimely(household, act)
    wrong += [r for m in members for r in leaving_wrong(m, on)]
    if wrong:
        return wrong
    Person.objects.filter(household=household, left_on=None).update(left_on=on)
    before = {"until": None, "size": household.size}
    household.until = on
    household.size = 0
    household.save(update_fields=["until", "size"])
    after = {"until": on.isoformat(), "size": 0}
    record(household, ChangeKind.CLOSED, act, before=before, after=after)
    return household


def _store(household: Household, draft: HouseholdDraft) -> None:
    for column in _CORRECTABLE - {"phone", "other_causes"}:
        setattr(household, column, getattr(draft, column))
    household.other_causes = list(draft.other_causes)
    household.phone_cipher = seal(draft.phone)
    household.save()
