"""Joining, leaving and correcting members: the part of `changes.py` about persons.

It must not know any procedure.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from registry.drafts import MemberDraft
from registry.entering import new_person, person_present, present_elsewhere
from registry.kinship import Relation
from registry.models import ChangeKind, Household, Person
from registry.recording import (
    Act,
    changed_columns,
    locked,
    member_draft,
    present,
    record,
    recount,
    refuse,
    shown,
    unreasoned,
    untimely,
)
from registry.refusals import Refusal
from registry.validity import checked_member, composition_wrong

_ENTERED = ("name", "relation", "sex", "birth")


@transaction.atomic
def add_member(
    household: Household,
    draft: MemberDraft,
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Person | list[Refusal]:
    """Add a member from `on` (birth, marriage, adoption, moving in, return).

    Refuses: what `checked_member` refuses, two_heads, two_spouses, spouse_sex,
    person_present, household_closed, before_household, reason_missing.
    Effects: person, size, Change.
    """
    act = Act(on, by, reason)
    household = locked(household)
    checked = checked_member(draft, on=on)
    wrong = untimely(household, act)
    wrong += checked if isinstance(checked, list) else []
    if wrong or isinstance(checked, list):
        return wrong
    others = [member_draft(m) for m in present(household)]
    wrong += composition_wrong([*others, checked]) + _elsewhere(checked)
    if wrong:
        return wrong
    person = new_person(household, checked, on)
    person.save(force_insert=True)
    after = shown(checked, _ENTERED)
    record(household, ChangeKind.MEMBER_ADDED, act, person=person, after=after)
    recount(household)
    return person


@transaction.atomic
def remove_member(
    person: Person, *, on: date, by: AbstractBaseUser | None, reason: str
) -> Person | list[Refusal]:
    """Let a member leave; `on` is the first day without the person.

    Refuses: already_left, before_joining, head_leaves, household_closed,
    before_household, reason_missing.
    Effects: person, size, Change.
    """
    act = Act(on, by, reason)
    household = locked(person.household)
    person = _locked_person(person)
    wrong = untimely(household, act) + leaving_wrong(person, on)
    if person.is_present_head:
        text = _("户主离开的，须先更换户主；全户离开的，办理整户注销")
        wrong.append(refuse("head_leaves", text))
    if wrong:
        return wrong
    person.left_on = on
    person.save(update_fields=["left_on"])
    record(
        household,
        ChangeKind.MEMBER_REMOVED,
        act,
        person=person,
        before={"name": person.name, "relation": person.relation},
        after={"left_on": on.isoformat()},
    )
    recount(household)
    return person


@transaction.atomic
def correct_member(
    person: Person,
    columns: Mapping[str, Any],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Person | list[Refusal]:
    """Put a member's columns right, named as in `MemberDraft`.

    Birth date and sex are corrected together with the ID number they stand in.

    Refuses: what `checked_member` refuses, no_head, two_heads, two_spouses,
    spouse_sex, person_present, reason_missing.
    Effects: person, head's name, Change; nothing when nothing differs.
    """
    act = Act(on, by, reason)
    household = locked(person.household)
    person = _locked_person(person)
    old = member_draft(person)
    new = checked_member(replace(old, **columns), on=person.joined_on)
    if isinstance(new, list):
        return unreasoned(act) + new
    wrong = unreasoned(act) + _unfit_beside_others(person, old, new)
    if wrong:
        return wrong
    if changed := changed_columns(old, new):
        _store(person, new)
        before, after = shown(old, changed), shown(new, changed)
        kind = ChangeKind.MEMBER_CORRECTED
        record(household, kind, act, person=person, before=before, after=after)
        recount(household)
    return person


@transaction.atomic
def change_head(
    household: Household,
    relations: Mapping[int, str],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Name another head; `relations` gives each present member's relation to them.

    Shape: person id -> GB/T 4761 code, for every present member.
    Refuses: relations_incomplete, code_unknown, sex_not_relation, no_head, two_heads,
    two_spouses, spouse_sex, household_closed, before_household, reason_missing.
    Effects: relations, head's name, one Change per member whose relation differs.
    """
    act = Act(on, by, reason)
    household = locked(household)
    members = present(household)
    if set(relations) != {m.pk for m in members}:
        text = _("须为每名成员重新填写与户主关系")
        return [refuse("relations_incomplete", text)]
    checked = [related(m, relations[m.pk]) for m in members]
    wrong = untimely(household, act) + [
        r for c in checked if isinstance(c, list) for r in c
    ]
    drafts = [c for c in checked if isinstance(c, MemberDraft)]
    wrong += [] if wrong else composition_wrong(drafts)
    if wrong:
        return wrong
    rename_relations(household, members, relations, act)
    recount(household)
    return household


def leaving_wrong(person: Person, on: date) -> list[Refusal]:
    """Refuses: already_left, before_joining."""
    wrong = []
    if person.left_on:
        wrong.append(refuse("already_left", _("该成员已不在本户")))
    if on < person.joined_on:
        wrong.append(refuse("before_joining", _("离开日期早于加入日期")))
    return wrong


def _locked_person(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _elsewhere(draft: MemberDraft) -> list[Refusal]:
    found = present_elsewhere([draft.id_number])
    return [person_present(draft.name, village) for village in found.values()]


def _unfit_beside_others(
    person: Person, old: MemberDraft, new: MemberDraft
) -> list[Refusal]:
    if person.left_on:
        return []
    others = [member_draft(m) for m in present(person.household) if m.pk != person.pk]
    wrong = composition_wrong([*others, new])
    return wrong + (_elsewhere(new) if new.id_number != old.id_number else [])


def _store(person: Person, draft: MemberDraft) -> None:
    fresh = new_person(person.household, draft, person.joined_on)
    fresh.pk, fresh.left_on = person.pk, person.left_on
    fresh.save(force_update=True)
    person.refresh_from_db()


def related(person: Person, relation: str) -> MemberDraft | list[Refusal]:
    """Return a member as it would be with that relation; refuses `checked_member`."""
    draft = replace(member_draft(person), relation=relation)
    return checked_member(draft, on=person.joined_on)


def rename_relations(
    household: Household, members: list[Person], relations: Mapping[int, str], act: Act
) -> None:
    """Write the relations that differ, with a Change each; the caller has checked."""
    moved = [m for m in members if m.relation != relations[m.pk]]
    # Two heads at once are forbidden, also for the length of a statement.
    Person.objects.filter(pk__in=[m.pk for m in moved]).update(
        relation=Relation.OTHER_KIN
    )
    for member in moved:
        before = {"relation": member.relation}
        member.relation = relations[member.pk]
        member.save(update_fields=["relation"])
        after = {"relation": member.relation}
        kind = ChangeKind.MEMBER_CORRECTED
        record(household, kind, act, person=member, before=before, after=after)
