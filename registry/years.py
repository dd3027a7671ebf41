"""The one writer of a year's values, for a whole village in constant statements.

It must not know where the values come from, nor who may write them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from registry import columns
from registry.columns import Column, Plain
from registry.models import Change, ChangeKind, HouseholdYear, PersonYear
from registry.recording import HIDDEN, Act
from registry.rows import add_rows

Values = Mapping[str, Plain]

# Values in one IN (…), and rows in one statement.
_CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOf:
    """What a sheet says of one household and its members in a year, in clear.

    Shape: `members` is person id -> values. A column that is left out, or was empty on
    the sheet, says nothing and undoes nothing.
    """

    household_id: int
    values: Values
    members: Mapping[int, Values]


@dataclass(frozen=True, slots=True)
class _Altered:
    """A row that differs, with what stood in the columns concerned."""

    row: Any
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of one table that stand, by their owner's id, and what becomes of them."""

    rows: dict[int, Any]
    columns: Mapping[str, Column]
    fresh: list[Any] = field(default_factory=list)
    altered: list[_Altered] = field(default_factory=list)


@transaction.atomic
def keep_years(
    year: int,
    said: list[YearOf],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str = "",
) -> int:
    """Write down what is said of the year; return how many rows are new or differ.

    Raises: ValueError for a column the year does not have.
    Effects: HouseholdYear, PersonYear; one Change per household whose year is new, one
    per row that differs. Seven statements whatever the number; one more per thousand.
    """
    act = Act(on, by, reason)
    households, persons = _standing(year, said)
    entered: dict[int, list[int]] = defaultdict(list)
    changes: list[Change] = []
    for one in said:
        _keep(households, one.household_id, year, one.values)
        for person_id, values in one.members.items():
            _keep(persons, person_id, year, values)
    owner = {pk: one.household_id for one in said for pk in one.members}
    for row in households.fresh:
        entered[row.household_id] = []
    for row in persons.fresh:
        entered[owner[row.person_id]].append(row.person_id)
    changes += [_entered(pk, year, members, act) for pk, members in entered.items()]
    changes += [_corrected(a, a.row.household_id, act) for a in households.altered]
    changes += [_corrected(a, owner[a.row.person_id], act) for a in persons.altered]
    _write(HouseholdYear, households)
    _write(PersonYear, persons)
    add_rows(changes)
    return sum(len(f.fresh) + len(f.altered) for f in (households, persons))


def differing(known: Values, said: Values) -> dict[str, Plain]:
    """Return what is said and not known so; both in clear."""
    return {name: value for name, value in said.items() if known.get(name) != value}


def _standing(year: int, said: list[YearOf]) -> tuple[_Found, _Found]:
    of_household = [one.household_id for one in said]
    of_person = [pk for one in said for pk in one.members]
    households = HouseholdYear.objects.select_for_update().filter(year=year)
    persons = PersonYear.objects.select_for_update().filter(year=year)
    return (
        _Found(
            {
                row.household_id: row
                for chunk in _chunks(of_household)
                for row in households.filter(household_id__in=chunk)
            },
            columns.YEAR_OF_HOUSEHOLD,
        ),
        _Found(
            {
                row.person_id: row
                for chunk in _chunks(of_person)
                for row in persons.filter(person_id__in=chunk)
            },
            columns.YEAR_OF_PERSON,
        ),
    )


def _keep(found: _Found, owner: int, year: int, values: Values) -> None:
    if unknown := values.keys() - found.columns.keys():
        raise ValueError(sorted(unknown))
    row = found.rows.get(owner)
    if row is None:
        if values:
            sealed = columns.sealed(values, found.columns)
            found.fresh.append(_new(found, owner, year, sealed))
        return
    known = columns.opened(row.values, found.columns)
    if changed := differing(known, values):
        before = {name: known.get(name) for name in changed}
        row.values = {**row.values, **columns.sealed(changed, found.columns)}
        found.altered.append(_Altered(row, before, changed))


def _new(
    found: _Found, owner: int, year: int, values: Mapping[str, Plain]
) -> HouseholdYear | PersonYear:
    if found.columns is columns.YEAR_OF_HOUSEHOLD:
        return HouseholdYear(household_id=owner, year=year, values=values)
    return PersonYear(person_id=owner, year=year, values=values)


def _entered(household_id: int, year: int, members: list[int], act: Act) -> Change:
    after = {"year": year, "members": members}
    return _change(household_id, ChangeKind.YEAR_ENTERED, act, after=after)


def _corrected(altered: _Altered, household_id: int, act: Act) -> Change:
    row = altered.row
    of_person = isinstance(row, PersonYear)
    known = columns.YEAR_OF_PERSON if of_person else columns.YEAR_OF_HOUSEHOLD
    change = _change(
        household_id,
        ChangeKind.YEAR_CORRECTED,
        act,
        before={"year": row.year, **_shown(altered.before, known)},
        after={"year": row.year, **_shown(altered.after, known)},
    )
    change.person_id = row.person_id if of_person else None
    return change


def _change(
    household_id: int, kind: ChangeKind, act: Act, **told: dict[str, Any]
) -> Change:
    return Change(
        household_id=household_id,
        on=act.on,
        kind=kind,
        reason=act.reason.strip(),
        by_id=act.by.pk if act.by else None,
        **told,
    )


def _shown(values: Mapping[str, Any], known: Mapping[str, Column]) -> dict[str, Any]:
    return {
        name: HIDDEN if known[name].is_sealed and value else value
        for name, value in values.items()
    }


def _write(model: type[HouseholdYear] | type[PersonYear], found: _Found) -> None:
    add_rows(found.fresh)
    model.objects.bulk_update(
        [a.row for a in found.altered], ["values"], batch_size=_CHUNK
    )


def _chunks(values: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
