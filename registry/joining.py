"""Two households that become one: the part of `changes.py` about merging.

It must not know any procedure.
"""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from registry.drafts import MemberDraft
from registry.entering import new_person
from registry.membership import leaving_wrong
from registry.models import ChangeKind, Household, Person
from registry.parting import as_related, relations_incomplete
from registry.recording import (
    Act,
    member_draft,
    present,
    record,
    recount,
    refuse,
    shown,
    untimely,
)
from registry.refusals import Refusal
from registry.validity import checked_member, composition_wrong

_JOINED = ("name", "relation", "sex", "birth")


@transaction.atomic
def merge_households(
    into: Household,
    household: Household,
    *,
    relations: Mapping[int, str],
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Let one household join another and end (并户); return the one that stays.

    Shape: `relations` person id -> relation to the head of `into`, for every present
    member of `household`.
    Refuses: same_household, standing_differs, relations_incomplete, before_joining,
    what a new composition refuses, household_closed, before_household, reason_missing.
    Effects: persons leave one and join the other; one is closed; a Change per person,
    MERGED on the one, CLOSED on the other, each naming the other.
    """
    act = Act(on, by, reason)
    into, household = _both(into, household)
    joining = present(household)
    wrong = untimely(household, act) + untimely(into, act)
    wrong += _unlike(into, household)
    checked = _checked(joining, relations, on)
    wrong += checked if isinstance(checked, list) else []
    if wrong or isinstance(checked, list):
        return wrong
    together = [*(member_draft(m) for m in present(into)), *checked.values()]
    if wrong := composition_wrong(together):
        return wrong
    _end(household, act, merged_into=into.number)
    for draft in checked.values():
        _join(into, draft, act, came_from=household.number)
    before = {"size": into.size, "head_name": into.head_name}
    recount(into)
    after = {"size": into.size, "head_name": into.head_name, "merged": household.number}
    record(into, ChangeKind.MERGED, act, before=before, after=after)
    return into


def _both(one: Household, other: Household) -> tuple[Household, Household]:
    """Lock both in one order, so that two merges never wait for each other."""
    rows = Household.objects.select_for_update(no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in={one.pk, other.pk})}
    return found[one.pk], found[other.pk]


def _unlike(into: Household, household: Household) -> list[Refusal]:
    if into.pk == household.pk:
        return [refuse("same_household", _("不能与本户合并"))]
    if into.status != household.status:
        text = _("两户建档状态不同（%(one)s、%(other)s），不能并户")
        text %= {
            "one": into.get_status_display(),
            "other": household.get_status_display(),
        }
        return [refuse("standing_differs", text)]
    return []


def _checked(
    joining: list[Person], relations: Mapping[int, str], on: date
) -> dict[int, MemberDraft] | list[Refusal]:
    if set(relations) != {m.pk for m in joining}:
        return [relations_incomplete()]
    wrong = [r for m in joining for r in leaving_wrong(m, on)]
    good = {}
    for member in joining:
        checked = checked_member(as_related(member, relations[member.pk]), on=on)
        if isinstance(checked, list):
            wrong += checked
        else:
            good[member.pk] = checked
    return wrong or good


def _end(household: Household, act: Act, *, merged_into: str) -> None:
    Person.objects.filter(household=household, left_on=None).update(left_on=act.on)
    before = {"until": None, "size": household.size}
    household.until, household.size = act.on, 0
    household.save(update_fields=["until", "size"])
    after = {"until": act.on.isoformat(), "size": 0, "merged_into": merged_into}
    record(household, ChangeKind.CLOSED, act, before=before, after=after)


def _join(into: Household, draft: MemberDraft, act: Act, *, came_from: str) -> None:
    person = new_person(into, draft, act.on)
    person.save(force_insert=True)
    after = shown(draft, _JOINED) | {"came_from": came_from}
    record(into, ChangeKind.MEMBER_ADDED, act, person=person, after=after)
