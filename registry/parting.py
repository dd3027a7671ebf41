"""Households that lose members, their head or a half: the parting side of `changes.py`.

Who is what to a new head is told by the caller, never guessed. It must not know any
procedure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from registry.codes import Standing
from registry.drafts import HouseholdDraft, MemberDraft
from registry.entering import enter_households
from registry.membership import leaving_wrong, related, rename_relations
from registry.models import ChangeKind, Household, Person
from registry.recording import (
    Act,
    locked,
    member_draft,
    present,
    record,
    recount,
    refuse,
    untimely,
)
from registry.refusals import Refusal
from registry.validity import composition_wrong

# What a household that parts takes along: where it stands with the poor.
STANDING_COLUMNS = ("status", "attribute", "registered_on", "exited_on")
CAUSES = ("main_cause", "other_causes")


@transaction.atomic
def remove_members(
    household: Household,
    *,
    leaving: Iterable[int],
    relations: Mapping[int, str],
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Let members leave, the head among them if need be; `on` is the first day without.

    Shape: `leaving` person ids; `relations` person id -> GB/T 4761 code to the new
    head, for everybody who stays; empty when the head stays.
    Refuses: not_member, nobody_stays, head_leaves, relations_incomplete, before_joining,
    what a new composition refuses, household_closed, before_household, reason_missing.
    Effects: persons, relations, size, head's name; a Change per person.
    """
    act = Act(on, by, reason)
    household = locked(household)
    parting = _Parting(household, set(leaving), relations, act)
    if wrong := untimely(household, act) + parting.wrong():
        return wrong
    parting.write()
    return household


@transaction.atomic
def split_household(
    household: Household,
    draft: HouseholdDraft,
    *,
    moving: Mapping[int, str],
    relations: Mapping[int, str],
    standing: Standing,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Make a new household of some members (分户) and return it.

    Shape: `draft` the new household's columns, its members are filled in here;
    `moving` person id -> relation to the new household's head; `relations` as in
    `remove_members`; `standing` the old household's, taken along with its dates, or
    UNREGISTERED.
    Refuses: what `remove_members` and `enter_households` refuse, standing_taken.
    Effects: those of both; SPLIT on either household names the other.
    """
    act = Act(on, by, reason)
    household = locked(household)
    parting = _Parting(household, set(moving), relations, act)
    wrong = untimely(household, act) + parting.wrong()
    if standing not in {household.status, Standing.UNREGISTERED}:
        wrong.append(refuse("standing_taken", _("新户只能沿用原户的建档状态")))
    if wrong:
        return wrong
    size, head = household.size, household.head_name
    parting.write()
    new = _entered(household, draft, parting.leaving, moving, act)
    if isinstance(new, list):
        transaction.set_rollback(True)
        return new
    _take_along(household, new, standing, act)
    record(
        household,
        ChangeKind.SPLIT,
        act,
        before={"size": size, "head_name": head},
        after={
            "size": household.size,
            "head_name": household.head_name,
            "split_off": new.number,
        },
    )
    return new


class _Parting:
    """Members leaving a household on a day: checked first, then written."""

    def __init__(
        self,
        household: Household,
        leaving: set[int],
        relations: Mapping[int, str],
        act: Act,
    ) -> None:
        members = present(household)
        self.household, self.relations, self.act = household, relations, act
        self.strangers = leaving - {m.pk for m in members}
        self.leaving = [m for m in members if m.pk in leaving]
        self.staying = [m for m in members if m.pk not in leaving]

    def wrong(self) -> list[Refusal]:
        """Return why they cannot leave so."""
        if self.strangers or not self.leaving:
            return [refuse("not_member", _("所选的人不是本户现有成员"))]
        if not self.staying:
            text = _("全户都离开的，办理整户注销")
            return [refuse("nobody_stays", text)]
        wrong = [r for m in self.leaving for r in leaving_wrong(m, self.act.on)]
        return wrong + self._relations_wrong()

    def _relations_wrong(self) -> list[Refusal]:
        if not self.relations:
            if any(m.is_present_head for m in self.leaving):
                text = _("户主离开的，须指定新户主，并重新填写各成员与新户主的关系")
                return [refuse("head_leaves", text)]
            return []
        if set(self.relations) != {m.pk for m in self.staying}:
            return [relations_incomplete()]
        checked = [related(m, self.relations[m.pk]) for m in self.staying]
        wrong = [r for c in checked if isinstance(c, list) for r in c]
        drafts = [c for c in checked if isinstance(c, MemberDraft)]
        return wrong or composition_wrong(drafts)

    def write(self) -> None:
        """Write the leaving, then the relations of those who stay."""
        on = self.act.on
        pks = [m.pk for m in self.leaving]
        Person.objects.filter(pk__in=pks).update(left_on=on)
        for member in self.leaving:
            record(
                self.household,
                ChangeKind.MEMBER_REMOVED,
                self.act,
                person=member,
                before={"name": member.name, "relation": member.relation},
                after={"left_on": on.isoformat()},
            )
        if self.relations:
            staying, relations = self.staying, self.relations
            rename_relations(self.household, staying, relations, self.act)
        recount(self.household)


def _entered(
    old: Household,
    draft: HouseholdDraft,
    leaving: Iterable[Person],
    moving: Mapping[int, str],
    act: Act,
) -> Household | list[Refusal]:
    drafts = [as_related(member, moving[member.pk]) for member in leaving]
    filled = replace(draft, members=tuple(drafts))
    reason = _("自户编号%(number)s分出") % {"number": old.number}
    made = enter_households(
        [filled], on=act.on, by=act.by, reason=f"{act.reason}；{reason}"[:200]
    )
    return made[0]


def _take_along(old: Household, new: Household, standing: Standing, act: Act) -> None:
    """Give the new household the old one's standing, with its dates and causes."""
    before = _standing(new)
    if standing != Standing.UNREGISTERED:
        for column in (*STANDING_COLUMNS, *CAUSES):
            setattr(new, column, getattr(old, column))
        new.save(update_fields=[*STANDING_COLUMNS, *CAUSES])
    after = _standing(new) | {"split_from": old.number}
    record(new, ChangeKind.SPLIT, act, before=before, after=after)


def _standing(household: Household) -> dict[str, Any]:
    return {
        column: value.isoformat() if isinstance(value, date) else value
        for column in (*STANDING_COLUMNS, *CAUSES)
        for value in (getattr(household, column),)
    }


def as_related(member: Person, relation: str) -> MemberDraft:
    """Return the draft of a member with another relation, yet unchecked."""
    return replace(member_draft(member), relation=relation)


def relations_incomplete() -> Refusal:
    """Return the refusal when somebody's relation is not told."""
    return refuse("relations_incomplete", _("须为每名成员重新填写与户主关系"))
