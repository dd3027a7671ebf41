"""The rows of the register a village's entries are compared with, read once.

It must not decide anything.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q

from registry.columns import Plain
from registry.drafts import MemberDraft
from registry.identity import blind_index
from registry.models import Household, HouseholdYear, Person, PersonYear
from registry.sheets.entries import Entry

# Values in one IN (…); SQLite's own limit lies at 32,766.
_CHUNK = 5000
_Values = Mapping[str, Plain]
T = TypeVar("T")


@dataclass(slots=True)
class Rows:
    """Households by number, persons by certificate, members and years by household."""

    by_number: dict[str, Household] = field(default_factory=dict)
    by_id: dict[str, Person] = field(default_factory=dict)
    members: dict[int, list[Person]] = field(default_factory=lambda: defaultdict(list))
    households: dict[tuple[int, int], _Values] = field(default_factory=dict)
    persons: dict[tuple[int, int], _Values] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def beside(cls, village: str, entries: Sequence[Entry]) -> "Rows":
        """Read what the entries may be; five statements per five thousand persons."""
        rows = cls()
        rows.indexes = {
            member.draft.id_number: blind_index(member.draft.id_number)
            for entry in entries
            for member in entry.members
            if member.draft.id_number
        }
        numbers = [e.draft.number for e in entries if e.draft.number]
        for chunk in _chunks(numbers):
            found = Household.objects.filter(number__in=chunk).select_related("place")
            rows.by_number |= {household.number: household for household in found}
        people = Person.objects.filter(left_on=None).select_related("household__place")
        for chunk in _chunks(list(rows.indexes.values())):
            found_people = people.filter(id_index__in=chunk).order_by()
            rows.by_id |= {person.id_index: person for person in found_people}
        rows._years_of(rows._near(village), {entry.year for entry in entries})
        return rows

    def household_of(self, entry: Entry) -> Household | None:
        """Return the household by its number, else by where its head lives."""
        if entry.draft.number:
            return self.by_number.get(entry.draft.number)
        if not entry.members:
            return None
        known = self.person_of(entry.head.draft)
        return known.household if known else None

    def person_of(self, draft: MemberDraft) -> Person | None:
        """Return who is present anywhere under that certificate."""
        return self.by_id.get(self.indexes.get(draft.id_number, ""))

    def member_of(
        self, household: Household, draft: MemberDraft, taken: set[int]
    ) -> Person | None:
        """Return the household's member: by certificate, else by name and birth."""
        mine = [p for p in self.members[household.pk] if p.pk not in taken]
        index = self.indexes.get(draft.id_number, "-")
        for person in mine:
            if person.id_index == index:
                return person
        return next(
            (
                p
                for p in mine
                if p.name == draft.name
                and (not p.id_index or not draft.id_number or p.birth == draft.birth)
            ),
            None,
        )

    def year_of_household(self, year: int, pk: int) -> _Values:
        """Return what is kept of the household that year."""
        return self.households.get((year, pk), {})

    def year_of_person(self, year: int, pk: int) -> _Values:
        """Return what is kept of the person that year."""
        return self.persons.get((year, pk), {})

    def _near(self, village: str) -> list[int]:
        """Read the members of the households concerned; return the households."""
        near = {h.pk for h in self.by_number.values() if h.place_id == village}
        near |= {
            p.household_id
            for p in self.by_id.values()
            if p.household.place_id == village
        }
        for chunk in _chunks(sorted(near)):
            rows = Person.objects.filter(household_id__in=chunk, left_on=None)
            for person in rows.order_by("pk"):
                self.members[person.household_id].append(person)
        return sorted(near)

    def _years_of(self, near: list[int], years: set[int]) -> None:
        for chunk in _chunks(near):
            here = Q(year__in=years)
            for row in HouseholdYear.objects.filter(here, household_id__in=chunk):
                self.households[row.year, row.household_id] = row.values
            of_members = PersonYear.objects.filter(
                here, person__household_id__in=chunk, person__left_on=None
            )
            for kept in of_members:
                self.persons[kept.year, kept.person_id] = kept.values


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
