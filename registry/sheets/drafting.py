"""Families turned into drafts of the register, with everything that is wrong in them.

Asks the register's own checks (`registry.validity`) and the rules of the year's
values. It must not know what is on the register.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from registry import columns
from registry.columns import Home, Plain, Subject
from registry.drafts import HouseholdDraft, MemberDraft
from registry.entering import is_number_of
from registry.refusals import Refusal
from registry.sheets.entries import Entry, MemberEntry
from registry.sheets.families import Family
from registry.sheets.rules import RULES, Fault
from registry.sheets.rules.judging import OF_HOUSEHOLD, OF_PERSON
from registry.sheets.rules.of_families import REFUSED_AT
from registry.sheets.tables import Line
from registry.validity import (
    checked_member,
    composition_wrong,
    household_columns_wrong,
)

Told = tuple[Line, Fault]

_POINTED_AT: Final = ("name", "id_number", "relation", "household_number", "head_name")
_REQUIRED: Final = ("name", "relation")
# Follow from a certificate that could not be read, which has been told.
_FOLLOWING: Final = {"sex_missing", "birth_missing", "name_empty", "relation_missing"}
_MEMBER_FIELDS: Final = {
    name: column.field
    for name, column in columns.PERSON.items()
    if column.home is Home.REGISTER and column.subject is Subject.PERSON
}
_HOUSEHOLD_FIELDS: Final = {
    name: column.field
    for name, column in columns.HOUSEHOLD.items()
    if column.home is Home.REGISTER
}


def drafted(family: Family, *, on: date, year: int) -> tuple[Entry | None, list[Told]]:
    """Return the household as it would be entered, and all that is to be told of it.

    Faults: those of `rules.of_families`; no entry when one of its rows is in error.
    """
    told: list[Told] = []
    said = family.values()
    year = said.get("year") or year
    members = [_member(line, on, told) for line in family.members]
    good = [m for m in members if m is not None]
    told += _together(family, [m.draft for m in good], whole=len(good) == len(members))
    entry = _entry(family, said, good, year)
    told += [(family.first, _fault(r)) for r in household_columns_wrong(entry.draft)]
    told += _repeated(family, said)
    told += _judged(family, said, year)
    broken = len(good) < len(members) or any(
        RULES[fault.rule].level.bars for _line, fault in told
    )
    return (None if broken or _has_errors(family) else entry), told


def _has_errors(family: Family) -> bool:
    rows = [*family.members, *([family.household] if family.household else [])]
    return any(RULES[f.rule].level.bars for row in rows for f in row.faults)


def _member(line: Line, on: date, told: list[Told]) -> MemberEntry | None:
    missing = [
        Fault("required", name, {"column": columns.PERSON[name].header})
        for name in _REQUIRED
        if name not in line.values and not line.is_faulty(name)
    ]
    values = line.values
    draft = MemberDraft(
        **{"name": "", "relation": ""}
        | {f: values[n] for n, f in _MEMBER_FIELDS.items() if n in values}
    )
    checked = checked_member(draft, on=on)
    if isinstance(checked, list):
        faults = [_fault(r) for r in checked if not _follows(r, line, missing)]
        told += [(line, fault) for fault in (*missing, *faults)]
        return None
    told += [(line, fault) for fault in missing]
    return MemberEntry(
        draft=checked,
        values=_year_values(values, columns.YEAR_OF_PERSON),
        sheet=line.table.sheet,
        row=line.row,
        cells={name: line.at(name) for name in _POINTED_AT[:3]},
    )


def _follows(refusal: Refusal, line: Line, missing: list[Fault]) -> bool:
    return refusal.code in _FOLLOWING and bool(line.faults or missing)


def _fault(refusal: Refusal) -> Fault:
    _name, _colon, text = str(refusal.text).rpartition("：")
    return Fault(refusal.code, REFUSED_AT.get(refusal.code, ""), {"text": text})


def _together(
    family: Family, drafts: list[MemberDraft], *, whole: bool
) -> Iterator[Told]:
    """Judge relations, when every member could be read."""
    if not whole or not family.members:
        return
    for refusal in composition_wrong(drafts):
        yield family.head or family.first, _fault(refusal)


def _entry(
    family: Family, said: Mapping[str, Any], members: list[MemberEntry], year: int
) -> Entry:
    given = {f: said[n] for n, f in _HOUSEHOLD_FIELDS.items() if n in said}
    number = given.pop("number", "")
    first = family.first
    values = _year_values(said, columns.YEAR_OF_HOUSEHOLD)
    if number and not is_number_of(family.village, number):
        # A number of another system; the register gives out its own.
        values, number = {**values, "national_number": number}, ""
    draft = HouseholdDraft(
        village=family.village,
        members=tuple(m.draft for m in members),
        number=number,
        **given,
    )
    return Entry(
        draft=draft,
        said=sorted(given),
        values=values,
        year=year,
        members=members,
        sheet=first.table.sheet,
        row=first.row,
        cells={name: first.at(name) for name in _POINTED_AT[2:]},
    )


def _year_values(said: Mapping[str, Any], known: Iterable[str]) -> dict[str, Plain]:
    return {name: columns.plain(said[name]) for name in known if name in said}


def _repeated(family: Family, said: Mapping[str, Any]) -> Iterator[Told]:
    """What the household's row repeats of its members agrees with their rows."""
    head, row = family.head, family.household or family.first
    for name, own in (("head_name", "name"), ("head_id", "id_number")):
        told, known = said.get(name), head.values.get(own) if head else None
        if told and known and told != known:
            yield row, Fault("head_differs", name)
    size = said.get("size")
    if family.members and size is not None and size != len(family.members):
        yield row, Fault("size_differs", "size", {"count": len(family.members)})


def _judged(family: Family, said: Mapping[str, Any], year: int) -> Iterator[Told]:
    found = [
        (line, fault)
        for line in family.members
        for check in OF_PERSON
        for fault in check(line.values)
    ]
    row = family.household or family.first
    found += [(row, fault) for check in OF_HOUSEHOLD for fault in check(said)]
    yield from ((at, f) for at, f in found if RULES[f.rule].in_force(year))
