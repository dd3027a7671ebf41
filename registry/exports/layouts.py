"""What the sheets of an export are: columns and rows, household by household.

Columns are those of the catalogue, so a file that leaves can be read back. It must not
know who asked, nor a file format.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from registry import columns
from registry.columns import Column, Kind
from registry.exports.filling import Filling, filling
from registry.exports.homes import Folder
from registry.exports.pages import Cell
from registry.models import ExportLayout

_DIGITS = {Kind.ID_NUMBER, Kind.ACCOUNT, Kind.PHONE, Kind.NUMBERING}
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
        filled = _filling(self.name, clear=self.clear)
        if self.name.by_person:
            yield from filled.member_rows(folder)
            return
        row = filled.home_row(folder)
        if self.name == ExportLayout.ROSTER:
            row.append(folder.standing)
        yield row


@lru_cache
def _filling(name: ExportLayout, *, clear: bool) -> Filling:
    return filling(_COLUMNS[name], clear=clear)


def title(layout: ExportLayout, place: str, on: date) -> str:
    """Return the line above the sheet."""
    return f"{place}{NAMES[layout]}（截至{on.year}年{on.month}月{on.day}日）"
