"""The households of an export, with all that its sheets may say of them.

Read in parts of constant statements and constant memory, as they stood on a day. It
must not know columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from registry import columns
from registry.as_of import candidates, existing, read_back
from registry.models import Household, HouseholdYear, PersonYear, Place
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


def folders(code: str, on: date, standing: str = "") -> Iterator[list[Folder]]:
    """Yield the households of a place as they stood on that day, in parts, by number.

    Six statements for every five hundred households.
    """
    names = _names(code)
    rows = Household.objects.filter(candidates(code, on) & existing(on))
    after = ""
    while part := _part(rows, after):
        after = part[-1].number
        found = [
            home
            for home in read_back(part, on)
            if within(home.place_id, code) and standing in {"", home.status}
        ]
        yield _filled(found, names, on.year)


def _part(rows: QuerySet[Household], after: str) -> list[Household]:
    asked = rows.filter(number__gt=after) if after else rows
    return list(asked.order_by("number")[:_PART])


def _filled(
    homes: list[Household], names: Mapping[str, tuple[str, str]], year: int
) -> list[Folder]:
    ids = [home.pk for home in homes]
    people = [person.pk for home in homes for person in home.members_then]
    of_homes = HouseholdYear.objects.filter(household_id__in=ids, year=year)
    of_people = PersonYear.objects.filter(person_id__in=people, year=year)
    household = {
        pk: columns.opened(values, columns.YEAR_OF_HOUSEHOLD)
        for pk, values in of_homes.values_list("household_id", "values")
    }
    person = {
        pk: columns.opened(values, columns.YEAR_OF_PERSON)
        for pk, values in of_people.values_list("person_id", "values")
    }
    with translation.override(settings.LANGUAGE_CODE):
        return [
            Folder(
                home=home,
                standing=home.get_status_display(),
                places=_places(home.place_id, names),
                year=year,
                of_household=household.get(home.pk),
                of_persons=person,
            )
            for home in homes
        ]


def _names(code: str) -> dict[str, tuple[str, str]]:
    """Return code -> level and name of the places above and within a place."""
    above = Place.objects.filter(pk__in=path(code))
    rows = above | Place.objects.filter(pk__startswith=code.rstrip("0") or code)
    return {
        pk: (level, name) for pk, level, name in rows.values_list("pk", "level", "name")
    }


def _places(village: str, names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    found = [names[code] for code in path(village) if code in names]
    return {Level(level).value: name for level, name in found}
