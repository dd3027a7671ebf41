"""Reading the register as it stands: lists, one file, search.

It must not write; whose households may be read is the caller's Q (a territory).
"""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from registry.identity import IdNumber, blind_index, parse_id
from registry.models import Change, Household, Person, Place
from registry.names import clean_name
from registry.places import Level, path
from registry.refusals import Refusal


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


def _member(**fields: Any) -> Q:
    people = Person.objects.filter(left_on=None, **fields).order_by()
    return Q(pk__in=people.values("household_id"))
