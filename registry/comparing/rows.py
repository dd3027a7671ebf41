"""Reading a department's sheet: which column is which, and what each row says.

Knows headers and cells of one sheet already parsed; must not know files, nor whom a
row is about. A row without a readable number is told, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from registry.comparing.departments import DepartmentSource
from registry.comparing.numbers import GivenNumber, read_number
from registry.names import from_private_use
from registry.refusals import HOUSE_RULE, Refusal

# A title, a remark, a merged second title: the header stands within these rows.
HEADER_WITHIN = 10
LONGEST_DETAIL = 200
LONGEST_NAME = 50
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_LETTERS = 26

# The number of a row as the office program counts, and its cells.
Line = tuple[int, Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One row of the list that has a number."""

    row: int
    number: GivenNumber
    name: str
    detail: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """One thing wrong on the sheet: where, by which rule, and what to do."""

    row: int
    column: int
    refusal: Refusal

    @property
    def cell(self) -> str:
        """Return the cell as a spreadsheet calls it: C7."""
        letters, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, _LETTERS)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where on the sheet stands what; `header` counts lines, the others columns."""

    header: int
    number: int
    name: int | None
    detail: tuple[tuple[str, int], ...]
    day: int | None


def read(lines: Sequence[Line], source: DepartmentSource) -> Iterator[Given | RowFault]:
    """Yield what each row of a sheet says, or what is wrong with it; empty rows not.

    Refuses: id_column_missing (once, at A1), and per row what `read_number` refuses.
    """
    columns = find_columns(lines, source)
    if columns is None:
        yield RowFault(row=1, column=0, refusal=_no_header())
        return
    for row, line in lines[columns.header + 1 :]:
        if any(_text(cell) for cell in line):
            yield _read_row(row, line, columns)


def find_columns(lines: Sequence[Line], source: DepartmentSource) -> Columns | None:
    """Return the columns by their headers; None when no row names an ID column."""
    for header, (_row, line) in enumerate(lines[:HEADER_WITHIN]):
        names = [_header(cell) for cell in line]
        number = _first(names, source.id_headers)
        if number is None:
            continue
        detail = ((words, _first(names, {words})) for words in source.detail)
        return Columns(
            header=header,
            number=number,
            name=_first(names, source.name_headers),
            detail=tuple((words, at) for words, at in detail if at is not None),
            day=_first(names, source.day),
        )
    return None


def same_name(one: str, other: str) -> bool:
    """Return whether two spellings are one name; only shown, nobody is found by it."""
    return _plain(one) == _plain(other)


def _read_row(row: int, line: Sequence[Any], columns: Columns) -> Given | RowFault:
    number = read_number(_at(line, columns.number))
    if isinstance(number, Refusal):
        return RowFault(row=row, column=columns.number, refusal=number)
    said = (
        f"{words}：{text}"
        for words, at in columns.detail
        if (text := _text(_at(line, at)))
    )
    name = from_private_use(_text(_at(line, columns.name)))
    return Given(
        row=row,
        number=number,
        name=_plain(name)[:LONGEST_NAME],
        detail="；".join(said)[:LONGEST_DETAIL],
        day=_day(_at(line, columns.day)),
    )


def _first(names: Iterable[str], wanted: Iterable[str]) -> int | None:
    known = set(wanted)
    return next((at for at, name in enumerate(names) if name in known), None)


def _at(line: Sequence[Any], column: int | None) -> Any:
    return line[column] if column is not None and column < len(line) else None


def _header(cell: Any) -> str:
    """Return a header without the star of required columns and without blanks."""
    return "".join(_text(cell).split()).strip("*＊:：")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.isascii():
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).split())


def _day(cell: Any) -> date | None:
    """Return the day a cell names; a list's day is told, not relied on."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = _DAY.match(_text(cell))
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def _no_header() -> Refusal:
    return Refusal(
        code="id_column_missing",
        text=_("没有找到证件号码列；表头须有“身份证号”“公民身份号码”等列"),
        source=HOUSE_RULE,
    )
