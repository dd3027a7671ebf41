"""What the county's entry of natural changes does to the register: all, or nothing.

Knows which verb of the register each shape of change is; the register judges whether
it can be. A refusal is told with the household it is about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from permissions.models import Appointment
from procedures.models import ChangedPerson, FamilyChange, Part, Shape
from registry import changes
from registry.codes import Standing
from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import unseal
from registry.models import Household
from registry.refusals import Refusal
from workflows.models import Case

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change about to be entered.

    Attributes:
        how: day, officer and reason, as every verb of the register wants them.
    """

    row: FamilyChange
    home: Household
    how: Mapping[str, Any]

    def of(self, part: Part) -> list[ChangedPerson]:
        """Return the persons who do this."""
        return [p for p in self.row.persons.all() if p.part == part]

    def relations(self, part: Part) -> dict[int, str]:
        """Return person id -> relation afterwards, of those who do this."""
        return {p.person_id: p.relation for p in self.of(part) if p.person_id}


def enter_changes(cases: Sequence[Case], by: Appointment, on: date) -> list[Refusal]:
    """Enter what was reported about these households, each on the day it happened.

    Returns everything the register refuses; the act then leaves no trace.
    Effects: those of the register's verbs; `made` for a household split off.
    """
    people = ChangedPerson.objects.select_related("person")
    rows = (
        FamilyChange.objects.filter(case__in=cases)
        .select_related("case__household", "case__batch__rulebook", "other")
        .prefetch_related(Prefetch("persons", people))
        .order_by("happened_on", "pk")
    )
    return [wrong for row in rows for wrong in _entered(row, by)]


def _entered(row: FamilyChange, by: Appointment) -> list[Refusal]:
    home = row.case.household
    if home is None:
        raise TypeError(row.case_id)
    entry = Entry(
        row=row,
        home=home,
        how={"on": row.happened_on, "by": by.officer, "reason": _reason(row)},
    )
    whose = _("%(head)s户：") % {"head": home.head_name}
    return [replace(r, text=f"{whose}{r.text}") for r in _VERBS[row.shape](entry)]


def _reason(row: FamilyChange) -> str:
    # Records are Chinese, whatever language the officer reads.
    with translation.override("zh-hans"):
        words = f"{row.get_event_display()}（{row.case.batch.number}）{row.note}"
    return words[:LONGEST_REASON]


def _join(entry: Entry) -> list[Refusal]:
    added = (
        changes.add_member(entry.home, _newcomer(person), **entry.how)
        for person in entry.of(Part.JOINS)
    )
    return [wrong for answer in added if isinstance(answer, list) for wrong in answer]


def _leave(entry: Entry) -> list[Refusal]:
    return _wrong(
        changes.remove_members(
            entry.home,
            leaving=entry.relations(Part.LEAVES),
            relations=entry.relations(Part.STAYS),
            **entry.how,
        )
    )


def _part(entry: Entry) -> list[Refusal]:
    home, rulebook = entry.home, entry.row.case.batch.bound_rulebook
    keeps = rulebook.flag("split_keeps_standing")
    made = changes.split_household(
        home,
        HouseholdDraft(
            village=home.place_id, members=(), group=entry.row.group or home.group
        ),
        moving=entry.relations(Part.PARTS),
        relations=entry.relations(Part.STAYS),
        standing=Standing(home.status) if keeps else Standing.UNREGISTERED,
        **entry.how,
    )
    if isinstance(made, Household):
        entry.row.made = made
        entry.row.save(update_fields=["made"])
    return _wrong(made)


def _unite(entry: Entry) -> list[Refusal]:
    if entry.row.other is None:
        raise TypeError(entry.row.pk)
    relations = entry.relations(Part.PARTS)
    return _wrong(
        changes.merge_households(
            entry.row.other, entry.home, relations=relations, **entry.how
        )
    )


def _move(entry: Entry) -> list[Refusal]:
    village = entry.row.village_id or ""
    return _wrong(
        changes.move_household(
            entry.home, village=village, group=entry.row.group, **entry.how
        )
    )


def _end(entry: Entry) -> list[Refusal]:
    return _wrong(changes.close_household(entry.home, **entry.how))


def _newcomer(person: ChangedPerson) -> MemberDraft:
    return MemberDraft(
        name=person.name,
        relation=person.relation,
        id_number=unseal(person.id_cipher),
        sex=person.sex,
        birth=person.birth,
        nationality=person.nationality,
    )


def _wrong(answer: Household | list[Refusal]) -> list[Refusal]:
    return answer if isinstance(answer, list) else []


_VERBS: Mapping[Shape, Callable[[Entry], list[Refusal]]] = {
    Shape.JOINS: _join,
    Shape.LEAVES: _leave,
    Shape.PARTS: _part,
    Shape.UNITES: _unite,
    Shape.MOVES: _move,
    Shape.ENDS: _end,
}
