"""Reading the register: lists, one file, search, counts, and what stood on a day.

It must not write; whose households may be read is the caller's Q (a territory).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Left

from registry.codes import Standing
from registry.identity import IdNumber, blind_index, parse_id
from registry.models import Change, Household, Person, Place
from registry.names import clean_name
from registry.places import CODE_LENGTH, PREFIX, Level, path
from registry.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Tally:
    """Households and the persons in them."""

    households: int = 0
    persons: int = 0


def names_along(code: str) -> dict[Level, str]:
    """Return the names of the places from the prefecture down to `code`, by level.

    The province is left out: no paper names it.
    """
    codes = path(code)[1:]
    found = Place.objects.filter(pk__in=codes).values_list("level", "name")
    return {Level(level): name for level, name in found.order_by()}


def households_in(territory: Q) -> QuerySet[Household]:
    """Return the open households within the territory, with their villages."""
    return Household.objects.filter(territory, until=None).select_related("place")


def household_file(number: str, territory: Q) -> Household | None:
    """Return one household (open or closed) with all who ever belonged to it.

    Three statements: household with village and township, members, changes.
    """
    return (
        Household.objects.filter(territory, number=number)
        .select_related("place__parent")
        .prefetch_related(
            "members",
            Prefetch("changes", Change.objects.select_related("by", "person")),
        )
        .first()
    )


def search(text: str, territory: Q) -> QuerySet[Household]:
    """Return open households by ID number, household number or a member's name.

    An ID number is looked up by its blind index, so it must come by POST: it never
    stands in an address or a log.
    """
    found = households_in(territory)
    id_number = parse_id(text)
    if isinstance(id_number, IdNumber):
        return found.filter(_member(id_index=blind_index(id_number.text)))
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        return found.filter(number__startswith=digits)
    name = clean_name(text)
    if isinstance(name, Refusal):
        return found.none()
    return found.filter(_member(name__startswith=name))


def tallies(territory: Q, level: Level) -> dict[str, dict[Standing, Tally]]:
    """Return place code -> standing -> households and persons; one statement."""
    digits = PREFIX[level]
    rows = (
        Household.objects.filter(territory, until=None)
        .order_by()
        .annotate(prefix=Left("place_id", digits))
        .values_list("prefix", "status")
        .annotate(households=Count("pk"), persons=Sum("size"))
    )
    counted: dict[str, dict[Standing, Tally]] = defaultdict(dict)
    for prefix, status, households, persons in rows:
        code = prefix.ljust(CODE_LENGTH, "0")
        counted[code][Standing(status)] = Tally(households, persons)
    return dict(counted)


def members_on(household_ids: Collection[int], day: date) -> dict[int, list[Person]]:
    """Return household id -> who belonged to it on that day; one statement."""
    rows = Person.objects.filter(household_id__in=household_ids, joined_on__lte=day)
    found: dict[int, list[Person]] = {pk: [] for pk in household_ids}
    for person in rows.filter(Q(left_on=None) | Q(left_on__gt=day)):
        found[person.household_id].append(person)
    return found


def standing_on(household: Household, day: date) -> dict[str, Any]:
    """Return status, attribute and their dates as they stood on that day.

    Later changes are undone, newest first; one statement.
    """
    columns: dict[str, Any] = {
        "status": household.status,
        "attribute": household.attribute,
        "registered_on": _iso(household.registered_on),
        "exited_on": _iso(household.exited_on),
    }
    for change in household.changes.filter(on__gt=day).order_by("-pk"):
        columns |= {c: v for c, v in change.before.items() if c in columns}
    return columns


def _member(**fields: Any) -> Q:
    people = Person.objects.filter(left_on=None, **fields).order_by()
    return Q(pk__in=people.values("household_id"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
