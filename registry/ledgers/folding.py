"""Counting villages from their households and members, as they stood on a day.

Three statements whatever the size, read as streams: a prefecture's 731,782 persons are
never in memory at once. It must not keep what it counted.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Q

from registry.as_of import Said, belonging, existing, stood, touched_after
from registry.ledgers.figures import Figures, Home
from registry.models import Change, Household, Person

_ROWS = 5000
_HOUSEHOLD = (
    "pk",
    "place_id",
    "status",
    "attribute",
    "main_cause",
    "housing_grade",
    "water_safe",
)
_PERSON = ("household_id", "pk", "sex", "labour", "student_status", "health")
_CHANGE = ("household_id", "person_id", "on", "before", "after")

Row = tuple[Any, ...]


def fold(villages: Collection[str] | None, day: date) -> dict[str, Figures]:
    """Return village code -> figures on that day; `None` asks for every village.

    A village without a household on that day is absent.
    """
    if villages is not None and not villages:
        return {}
    within = Q() if villages is None else _candidates(villages, day)
    found: dict[str, Figures] = {}
    for village, home in _homes(within, day):
        if villages is None or village in villages:
            found.setdefault(village, Figures()).count(home)
    return found


def _candidates(villages: Collection[str], day: date) -> Q:
    """Return the filter for what may have lain there: what does, and what has left."""
    codes = list(villages)
    left = touched_after(day).filter(before__village__in=codes)
    left_ids = left.order_by().values("household_id")
    return Q(place_id__in=codes) | Q(pk__in=left_ids)


def _homes(within: Q, day: date) -> Iterator[tuple[str, Home]]:
    ids = Household.objects.filter(within).order_by().values("pk")
    rows = Household.objects.filter(within & existing(day)).order_by("pk")
    people = Person.objects.filter(belonging(day)).order_by("household_id")
    told = Change.objects.exclude(before={}).order_by("household_id", "pk")
    if within:
        people = people.filter(household_id__in=ids)
        told = told.filter(household_id__in=ids)
    members_of = _following(people.values_list(*_PERSON).iterator(_ROWS))
    changes_of = _following(told.values_list(*_CHANGE).iterator(_ROWS))
    for row in rows.values_list(*_HOUSEHOLD).iterator(_ROWS):
        yield _home(row, members_of(row[0]), changes_of(row[0]), day)


def _following(rows: Iterable[Row]) -> Callable[[int], list[Row]]:
    """Return what answers with the rows of one household after another.

    Both are ordered by household, so the streams run side by side, as in a merge.
    """
    groups = ((pk, list(some)) for pk, some in groupby(rows, key=itemgetter(0)))
    waiting = next(groups, None)

    def of(household_id: int) -> list[Row]:
        nonlocal waiting
        while waiting is not None and waiting[0] < household_id:
            waiting = next(groups, None)
        if waiting is None or waiting[0] != household_id:
            return []
        return waiting[1]

    return of


def _home(
    row: Row, members: list[Row], changes: list[Row], day: date
) -> tuple[str, Home]:
    said = {who: list(some) for who, some in _by_person(changes)}
    now = dict(zip(_HOUSEHOLD, row, strict=True))
    then = now | stood(_told(said.get(None, [])), day)
    return then.get("village", then["place_id"]), Home(
        status=then["status"],
        attribute=then["attribute"],
        main_cause=then["main_cause"],
        housing_grade=then["housing_grade"],
        water_safe=then["water_safe"],
        members=[_member(one, said.get(one[1], []), day) for one in members],
    )


def _by_person(changes: list[Row]) -> Iterator[tuple[int | None, list[Row]]]:
    for who in dict.fromkeys(row[1] for row in changes):
        yield who, [row for row in changes if row[1] == who]


def _member(row: Row, changes: list[Row], day: date) -> tuple[str, str, str, list[str]]:
    if not changes:
        return row[2:]
    then = dict(zip(_PERSON, row, strict=True)) | stood(_told(changes), day)
    return then["sex"], then["labour"], then["student_status"], then["health"]


def _told(changes: list[Row]) -> Iterator[Said]:
    return ((on, before, after) for _h, _p, on, before, after in changes)
