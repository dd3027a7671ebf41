"""The register as it stood on any day: households, their members, their columns.

Members come and go by `joined_on` and `left_on`; the columns are read back from the
rows of `Change`. It must not write: what it returns is for reading only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from registry.kinship import Relation
from registry.models import Change, Household, Person
from registry.places import PREFIX, level_of, span

# Day, columns before, columns after: what a row of Change says.
Said = tuple[date, Mapping[str, Any], Mapping[str, Any]]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _same(value: Any) -> Any:
    return value


# Column of a Change -> attribute of the row and how its JSON is read. Number of the
# identity card and telephone are not among them: a Change says only that they differ.
HOUSEHOLD_COLUMNS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "village": ("place_id", _same),
    "number": ("number", _same),
    "group": ("group", _same),
    "status": ("status", _same),
    "attribute": ("attribute", _same),
    "main_cause": ("main_cause", _same),
    "other_causes": ("other_causes", list),
    "housing_grade": ("housing_grade", _same),
    "water_safe": ("water_safe", _same),
    "farmland_mu": ("farmland_mu", Decimal),
    "registered_on": ("registered_on", _day),
    "exited_on": ("exited_on", _day),
}
MEMBER_COLUMNS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "name": ("name", _same),
    "relation": ("relation", _same),
    "sex": ("sex", _same),
    "birth": ("birth", _day),
    "nationality": ("nationality", _same),
    "education": ("education", _same),
    "student_status": ("student_status", _same),
    "health": ("health", list),
    "labour": ("labour", _same),
}


def existing(day: date, prefix: str = "") -> Q:
    """Return the filter for households that were in the register on that day.

    The day of closing is the first day without the household.
    """
    open_still = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": day})
    return Q(**{f"{prefix}since__lte": day}) & open_still


def belonging(day: date) -> Q:
    """Return the filter for persons who were members of a household on that day."""
    return Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def touched_after(day: date) -> QuerySet[Change]:
    """Return the changes that took effect later: without one, a household is as it is."""
    return Change.objects.filter(on__gt=day)


def candidates(code: str, day: date) -> Q:
    """Return the filter for households that may have lain within a place on that day.

    Those that lie there now, and those that have left it since.
    """
    low, high = span(code)
    prefix = code[: PREFIX[level_of(code)]]
    left = touched_after(day).filter(before__village__startswith=prefix)
    here = Q(place_id__gte=low, place_id__lt=high)
    return here | Q(pk__in=left.order_by().values("household_id"))


def households_on(code: str, day: date) -> list[Household]:
    """Return who was on the register of a place on that day, by number.

    Three statements whatever the size; each household is as `read_back` says.
    """
    low, high = span(code)
    rows = Household.objects.filter(candidates(code, day) & existing(day))
    found = read_back(list(rows.select_related("place").order_by("number")), day)
    return [home for home in found if low <= home.place_id < high]


def read_back(households: Sequence[Household], day: date) -> list[Household]:
    """Return the households as they stood on that day, with `members_then`, head first.

    Columns, size, head's name and members are those of the day; the ID number and the
    telephone are those of now, because no Change keeps them. Two statements; the rows
    are for reading and must not be saved.
    """
    ids = [home.pk for home in households]
    people: dict[int, list[Person]] = defaultdict(list)
    present = Person.objects.filter(belonging(day), household_id__in=ids)
    for person in present.order_by("pk"):
        people[person.household_id].append(person)
    of_household, of_person = said_about(ids)
    return [
        _as_it_was(home, people[home.pk], of_household[home.pk], of_person, day)
        for home in households
    ]


def said_about(
    household_ids: Sequence[int],
) -> tuple[dict[int, list[Said]], dict[int, list[Said]]]:
    """Return what changes say, by household and by person, in the order of recording."""
    of_household: dict[int, list[Said]] = defaultdict(list)
    of_person: dict[int, list[Said]] = defaultdict(list)
    rows = Change.objects.filter(household_id__in=household_ids).exclude(before={})
    told = rows.order_by("pk").values_list(
        "household_id", "person_id", "on", "before", "after"
    )
    for household, person, on, before, after in told:
        if person is None:
            of_household[household].append((on, before, after))
        else:
            of_person[person].append((on, before, after))
    return of_household, of_person


def stood(said: Iterable[Said], day: date) -> dict[str, Any]:
    """Return column -> value on that day, of the columns that were ever changed.

    What was recorded last among the changes that had taken effect counts; where none
    had, what stood before the first. So a correction recorded late, with effect from an
    earlier day, holds from that day.
    """
    values: dict[str, Any] = {}
    for on, before, after in said:
        for column, value in before.items():
            if on > day:
                values.setdefault(column, value)
            elif column in after:
                values[column] = after[column]
    return values


def _as_it_was(
    home: Household,
    people: list[Person],
    said: list[Said],
    of_person: Mapping[int, list[Said]],
    day: date,
) -> Household:
    _put(home, stood(said, day), HOUSEHOLD_COLUMNS)
    for person in people:
        _put(person, stood(of_person.get(person.pk, ()), day), MEMBER_COLUMNS)
    people.sort(key=lambda p: (p.relation, p.birth, p.pk))
    home.members_then = people
    home.size = len(people)
    heads = [p.name for p in people if p.relation == Relation.HEAD]
    home.head_name = heads[0] if heads else home.head_name
    return home


def _put(
    row: Household | Person,
    values: Mapping[str, Any],
    columns: Mapping[str, tuple[str, Callable[[Any], Any]]],
) -> None:
    for column, value in values.items():
        if column in columns:
            attribute, read = columns[column]
            setattr(row, attribute, read(value))
