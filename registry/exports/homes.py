"""The households of an export, with all that its sheets may say of them.

Read in parts of constant statements and constant memory, as they stood on a day. It
must not know columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from registry import columns
from registry.as_of import candidates, existing, read_back
from registry.codes import Standing
from registry.identity import unseal
from registry.models import Household, HouseholdYear, Person, PersonYear, Place
from registry.places import Level, path, within

_PART = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One household as it stood, the names of its places, its year's values in clear.

    Shape: `of_persons` person id -> values; a missing one has no values that year.
    """

    home: Household
    standing: str
    places: Mapping[str, str]
    year: int
    of_household: Mapping[str, Any] | None
    of_persons: Mapping[int, Mapping[str, Any]]
    # Opened once, though a head's number stands on his row and on everybody else's.
    _numbers: dict[int | None, str] = field(default_factory=dict, init=False)

    @property
    def phone(self) -> str:
        """Return the household's telephone in clear."""
        return unseal(self.home.phone_cipher)

    def id_number(self, person: Person) -> str:
        """Return a member's number in clear."""
        number = self._numbers.get(person.pk)
        if number is None:
            number = self._numbers[person.pk] = unseal(person.id_cipher)
        return number


def folders(code: str, on: date, standing: str = "") -> Iterator[list[Folder]]:
    """Yield the households of a place as they stood on that day, in parts, by number.

    Two statements, and five for every five hundred households.
    """
    asked = Household.objects.filter(candidates(code, on) & existing(on))
    # Their keys fit in memory; asked part by part, each part would sort them all.
    ids = list(asked.order_by("number").values_list("pk", flat=True))
    words = _Words(code)
    for start in range(0, len(ids), _PART):
        part = Household.objects.filter(pk__in=ids[start : start + _PART])
        found = [
            home
            for home in read_back(list(part.order_by("number")), on)
            if within(home.place_id, code) and standing in {"", home.status}
        ]
        yield _filled(found, words, on.year)


def _filled(homes: list[Household], words: "_Words", year: int) -> list[Folder]:
    ids = [home.pk for home in homes]
    of_homes = HouseholdYear.objects.filter(household_id__in=ids, year=year)
    of_people = PersonYear.objects.filter(person__household_id__in=ids, year=year)
    household = {
        pk: columns.opened(values, columns.YEAR_OF_HOUSEHOLD)
        for pk, values in of_homes.order_by().values_list("household_id", "values")
    }
    person = {
        pk: columns.opened(values, columns.YEAR_OF_PERSON)
        for pk, values in of_people.order_by().values_list("person_id", "values")
    }
    return [
        Folder(
            home=home,
            standing=words.standings[home.status],
            places=words.places(home.place_id),
            year=year,
            of_household=household.get(home.pk),
            of_persons=person,
        )
        for home in homes
    ]


class _Words:
    """What standings and places are called in an export; Chinese for every reader."""

    def __init__(self, code: str) -> None:
        """Read the names of the places above and within a place."""
        above = Place.objects.filter(pk__in=path(code))
        rows = above | Place.objects.filter(pk__startswith=code.rstrip("0") or code)
        self._names = {
            pk: (Level(level).value, name)
            for pk, level, name in rows.values_list("pk", "level", "name")
        }
        self._places: dict[str, dict[str, str]] = {}
        with translation.override(settings.LANGUAGE_CODE):
            self.standings = {code: str(label) for code, label in Standing.choices}

    def places(self, village: str) -> dict[str, str]:
        """Return level -> name of the places a village lies in."""
        if village not in self._places:
            self._places[village] = dict(
                self._names[code] for code in path(village) if code in self._names
            )
        return self._places[village]
