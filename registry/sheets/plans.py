"""What accepting a village's entries would do to the register, before it is done.

Reads in a constant number of statements whatever the village's size; writes nothing.
Made once for the person who accepts, and again at acceptance: the two digests agree,
or somebody changed the register meanwhile.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from registry import columns
from registry.columns import Column, Plain
from registry.columns.relations import keeps
from registry.drafts import HouseholdDraft, MemberDraft
from registry.kinship import Relation
from registry.models import Household, Person
from registry.recording import household_draft, member_draft
from registry.sheets.entries import Entry, MemberEntry
from registry.sheets.plan import Correction, Difference, Joining, Plan, Relations
from registry.sheets.rules import Fault
from registry.sheets.standing_rows import Rows
from registry.years import YearOf, differing

# Column of a draft -> column of the catalogue, for the words and the masking.
_BY_FIELD: Final = {
    column.field: column
    for column in (*columns.HOUSEHOLD.values(), *columns.PERSON.values())
    if column.field
}
# Of a member that came with the sheet; relations are changed for all at once.
_COMPARED: Final = (
    "name",
    "id_number",
    "sex",
    "birth",
    "nationality",
    "education",
    "student_status",
    "health",
    "labour",
)


def planned(village: str, entries: Sequence[Entry]) -> Plan:
    """Return what accepting them would do; six statements whatever their number.

    Faults: those of `rules.of_families.BESIDE_THE_REGISTER`.
    """
    plan = Plan()
    rows = Rows.beside(village, entries)
    for entry in entries:
        household = rows.household_of(entry)
        wrong = _not_here(household, village, entry)
        if wrong:
            plan.faults.append((entry, wrong))
        elif household is None:
            _elsewhere(plan, entry, rows, None)
            plan.new.append(entry)
        else:
            _compare(plan, entry, household, rows)
    return plan


def _not_here(household: Household | None, village: str, entry: Entry) -> Fault | None:
    if household is None:
        # The household sheet alone corrects, it enters nobody.
        alone = Fault("household_without_members", "household_number")
        return None if entry.members else alone
    if household.until:
        return Fault("household_closed", "household_number")
    if household.place_id != village:
        said = {"village": household.place.name}
        return Fault("household_elsewhere", "household_number", said)
    return None


def _elsewhere(
    plan: Plan, entry: Entry, rows: Rows, household: Household | None
) -> None:
    for member in entry.members:
        known = rows.person_of(member.draft)
        if known and (household is None or known.household_id != household.pk):
            said = {"village": known.household.place.name}
            plan.faults.append((member, Fault("person_elsewhere", "id_number", said)))


def _compare(plan: Plan, entry: Entry, household: Household, rows: Rows) -> None:
    before = len(plan.differences), len(plan.joining)
    _elsewhere(plan, entry, rows, household)
    _own_columns(plan, entry, household)
    matched = _matched(plan, entry, household, rows)
    _relations(plan, entry, household, matched, rows)
    for member, person in matched:
        _member(plan, member, person, household)
    _year(plan, entry, household, matched, rows)
    left = len(rows.members[household.pk]) - len(matched)
    if entry.members and left > 0:
        plan.faults.append((entry, Fault("member_missing", "", {"count": left})))
    if (len(plan.differences), len(plan.joining)) == before:
        plan.unchanged += 1
    else:
        plan.changed += 1


def _own_columns(plan: Plan, entry: Entry, household: Household) -> None:
    known = household_draft(household)
    changed = {
        name: getattr(entry.draft, name)
        for name in entry.said
        if getattr(entry.draft, name) != getattr(known, name)
    }
    if changed:
        at = entry.sheet, entry.row
        plan.households.append(Correction(household, changed, at))
        _differ(plan, household, household.head_name, known, changed)


def _matched(
    plan: Plan, entry: Entry, household: Household, rows: Rows
) -> list[tuple[MemberEntry, Person]]:
    matched = []
    taken: set[int] = set()
    for member in entry.members:
        person = rows.member_of(household, member.draft, taken)
        if person is not None:
            taken.add(person.pk)
            matched.append((member, person))
        elif rows.person_of(member.draft) is None:
            at = member.sheet, member.row
            plan.joining.append(Joining(household, member.draft, at))
            plan.faults.append((member, Fault("member_new", "name")))
    return matched


def _relations(
    plan: Plan,
    entry: Entry,
    household: Household,
    matched: Sequence[tuple[MemberEntry, Person]],
    rows: Rows,
) -> None:
    """One act for all members, because relations hold together or not at all."""
    changed = {
        person.pk: member.draft.relation
        for member, person in matched
        if not keeps(person.relation, member.draft.relation)
    }
    if not changed:
        return
    heads = [person for _m, person in matched if person.relation == Relation.HEAD]
    if Relation.HEAD in changed.values() or (heads and heads[0].pk in changed):
        said = {"name": household.head_name}
        plan.faults.append((entry.head, Fault("head_new", "relation", said)))
        if Relation.HEAD not in changed.values():
            plan.faults.append((entry.head, Fault("head_unknown", "relation")))
    everyone = {p.pk: p.relation for p in rows.members[household.pk]} | changed
    at = entry.sheet, entry.row
    plan.relations.append(Relations(household, everyone, at))
    for _entry, person in matched:
        if person.pk in changed:
            _differ(
                plan, household, person.name, person, {"relation": changed[person.pk]}
            )


def _member(
    plan: Plan, entry: MemberEntry, person: Person, household: Household
) -> None:
    known = member_draft(person)
    changed = {
        name: getattr(entry.draft, name)
        for name in _COMPARED
        if getattr(entry.draft, name)
        and getattr(entry.draft, name) != getattr(known, name)
    }
    if not changed:
        return
    if "name" in changed:
        fault = Fault("name_differs", "name", {"name": known.name})
        plan.faults.append((entry, fault))
    if "id_number" in changed and known.id_number:
        plan.faults.append((entry, Fault("id_differs", "id_number")))
    # Schooling is behind somebody or before him.
    if "education" in changed and known.student_status:
        changed["student_status"] = ""
    elif "student_status" in changed and known.education:
        changed["education"] = ""
    plan.members.append(Correction(person, changed, (entry.sheet, entry.row)))
    _differ(plan, household, person.name, known, changed)


def _year(
    plan: Plan,
    entry: Entry,
    household: Household,
    matched: Sequence[tuple[MemberEntry, Person]],
    rows: Rows,
) -> None:
    members = {person.pk: member.values for member, person in matched}
    one = YearOf(household_id=household.pk, values=entry.values, members=members)
    known = rows.year_of_household(entry.year, household.pk)
    number, name = household.number, household.head_name
    same = _year_differs(plan, (number, name), known, entry.values, _H)
    for member, person in matched:
        known = rows.year_of_person(entry.year, person.pk)
        who = number, person.name
        same = _year_differs(plan, who, known, member.values, _P) and same
    if not same:
        plan.years.setdefault(entry.year, []).append(one)


_H: Final = columns.YEAR_OF_HOUSEHOLD
_P: Final = columns.YEAR_OF_PERSON


def _year_differs(
    plan: Plan,
    who: tuple[str, str],
    known: Mapping[str, Plain],
    said: Mapping[str, Plain],
    catalogue: Mapping[str, Column],
) -> bool:
    """Return whether nothing differs; add what does."""
    changed = differing(columns.opened(known, catalogue), said)
    opened = columns.opened({n: known[n] for n in changed if n in known}, catalogue)
    for name, value in changed.items():
        before = _words(catalogue[name], opened.get(name))
        after = _words(catalogue[name], value)
        plan.differences.append(Difference(*who, catalogue[name].header, before, after))
    return not changed


def _differ(
    plan: Plan,
    household: Household,
    who: str,
    known: HouseholdDraft | MemberDraft | Person,
    changed: Mapping[str, Any],
) -> None:
    for name, value in changed.items():
        column = _BY_FIELD[name]
        before, after = _plain(getattr(known, name)), _plain(value)
        plan.differences.append(
            Difference(
                household.number,
                who,
                column.header,
                _words(column, before),
                _words(column, after),
            )
        )


def _plain(value: Any) -> Plain | None:
    return None if value is None else columns.plain(value)


def _words(column: Column, value: Plain | None) -> str:
    return columns.masked(column, columns.written(column, value))
