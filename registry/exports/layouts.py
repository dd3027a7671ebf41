"""What the sheets of an export are: columns and rows, household by household.

Columns are those of the catalogue, so a file that leaves can be read back. It must not
know who asked, nor a file format.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry import columns
from registry.columns import Column, Home, Kind
from registry.exports.homes import Folder
from registry.exports.workbook import Cell
from registry.identity import unseal
from registry.models import ExportLayout, Household, Person

_DIGITS = {Kind.ID_NUMBER, Kind.ACCOUNT, Kind.PHONE, Kind.NUMBERING}
_NUMBERS = {Kind.NUMBER, Kind.COUNT, Kind.YEAR}
_ALL = {**columns.HOUSEHOLD, **columns.PERSON}
_ROSTER = (
    "township",
    "village",
    "group",
    "household_number",
    "head_name",
    "head_id",
    "size",
    "attribute",
    "main_cause",
    "other_causes",
    "farmland",
    "housing_grade",
    "water_safe",
    "household_phone",
)
_MEMBERS = (
    "township",
    "village",
    "group",
    "household_number",
    "name",
    "relation",
    "sex",
    "birth",
    "id_number",
    "nationality",
    "education",
    "student_status",
    "labour",
    "health",
)
_COLUMNS: dict[str, Sequence[Column]] = {
    ExportLayout.ROSTER: [_ALL[name] for name in _ROSTER],
    ExportLayout.MEMBERS: [_ALL[name] for name in _MEMBERS],
    ExportLayout.NATIONAL_HOUSEHOLDS: columns.HOUSEHOLD_COLUMNS,
    ExportLayout.NATIONAL_PERSONS: columns.PERSON_COLUMNS,
}
# What a sheet is called; those of the national system as it calls them.
NAMES = {
    ExportLayout.ROSTER: "建档立卡户名册",
    ExportLayout.MEMBERS: "建档立卡户成员名单",
    ExportLayout.NATIONAL_HOUSEHOLDS: "户信息",
    ExportLayout.NATIONAL_PERSONS: "人口信息",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of one kind of sheet, and how a household becomes its rows."""

    name: ExportLayout
    clear: bool

    @property
    def found(self) -> Sequence[Column]:
        """Return the columns in order."""
        return _COLUMNS[self.name]

    @property
    def headers(self) -> list[str]:
        """Return what stands above the columns, with the standing at a roster's end."""
        more = ["建档状态"] if self.name == ExportLayout.ROSTER else []
        return [column.header for column in self.found] + more

    @property
    def text(self) -> frozenset[int]:
        """Return the columns whose digits are no number."""
        return frozenset(
            place for place, column in enumerate(self.found) if column.kind in _DIGITS
        )

    def rows(self, folder: Folder) -> Iterator[list[Cell]]:
        """Yield the rows of one household."""
        if self.name.by_person:
            for person in folder.home.members_then:
                yield [self._cell(column, folder, person) for column in self.found]
            return
        row = [self._cell(column, folder, None) for column in self.found]
        if self.name == ExportLayout.ROSTER:
            row.append(folder.standing)
        yield row

    def _cell(self, column: Column, folder: Folder, person: Person | None) -> Cell:
        value = _value(column, folder, person)
        if value is None or value == "":
            return None
        if column.kind in _NUMBERS:
            return _number(value)
        text = columns.written(column, columns.plain(value))
        return text if self.clear else columns.masked(column, text)


def _value(column: Column, folder: Folder, person: Person | None) -> Any:
    name = column.identifier
    if column.home is Home.PLACE:
        return folder.places.get(name)
    if column.home is Home.REPEATED:
        return _REPEATED[name](folder)
    if column.home is Home.YEAR:
        return _of_year(column, folder, person)
    owner = folder.home if column.subject is columns.Subject.HOUSEHOLD else person
    return _kept(column.field, owner)


def _of_year(column: Column, folder: Folder, person: Person | None) -> Any:
    of_person = person is not None
    kept = folder.of_persons.get(person.pk) if person else folder.of_household
    if column.identifier == "year":
        return folder.year if kept is not None else None
    if of_person and column.subject is columns.Subject.HOUSEHOLD:
        # What the household sheet tells once is not told again with each member.
        kept = folder.of_household
    return (kept or {}).get(column.identifier)


def _kept(field: str, owner: Household | Person | None) -> Any:
    if owner is None:
        return None
    if field == "phone":
        return unseal(owner.phone_cipher) if isinstance(owner, Household) else None
    if field == "id_number":
        return unseal(owner.id_cipher) if isinstance(owner, Person) else None
    return getattr(owner, field)


def _number(value: Any) -> Cell:
    if isinstance(value, int):
        return value
    number = Decimal(str(value))
    return Decimal(columns.as_text(number))


def _head(folder: Folder) -> Person | None:
    people = folder.home.members_then
    return next((p for p in people if p.name == folder.home.head_name), None)


def _head_id(folder: Folder) -> str:
    head = _head(folder)
    return unseal(head.id_cipher) if head else ""


_REPEATED: dict[str, Callable[[Folder], Any]] = {
    "head_name": lambda folder: folder.home.head_name,
    "head_id": _head_id,
    "size": lambda folder: folder.home.size,
}


def title(layout: ExportLayout, place: str, on: date) -> str:
    """Return the line above the sheet."""
    return f"{place}{NAMES[layout]}（截至{on.year}年{on.month}月{on.day}日）"
