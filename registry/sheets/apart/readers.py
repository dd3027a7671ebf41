"""Reading the rows of a file: typed, never as text, so that a spoilt number shows.

Shape of what is read: per sheet a name, whether it is hidden, hidden columns, and rows
of (number, hidden, cells); a cell is nothing, text, number, truth, `{"d": ISO day}` or
`{"e": error}`. It must not know what the cells mean.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import python_calamine
import xlrd

from registry.sheets.apart import faults
from registry.sheets.apart.faults import Unfit
from registry.sheets.apart.grid import MOST_CELLS, Grid
from registry.sheets.apart.kinds import FileKind, kind_of
from registry.sheets.apart.package import looked_through, sheet_parts
from registry.sheets.apart.separated import records

_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_EMPTY_TYPES: Final = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}

Row = tuple[int, bool, list[Any]]


@dataclass(slots=True)
class Sheet:
    """One sheet, its rows still to be read."""

    name: str
    rows: Iterator[Row]
    hidden: bool = False
    # First and last of each run, counted from 1.
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def sheets(data: bytes) -> Iterator[Sheet]:
    """Read a file by what it is.

    Raises: Unfit.
    """
    return _READERS[kind_of(data)](data)


def _package(data: bytes) -> Iterator[Sheet]:
    grids = looked_through(data)
    parts = sheet_parts(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError as error:
        raise Unfit(faults.ENCRYPTED) from error
    for meta in book.sheets_metadata:
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        grid = grids.get(parts.get(meta.name, ""), Grid())
        yield Sheet(
            name=meta.name,
            rows=_package_rows(book.get_sheet_by_name(meta.name), grid),
            hidden=meta.visible is not python_calamine.SheetVisibleEnum.Visible,
            hidden_columns=grid.hidden_columns,
        )


def _package_rows(sheet: python_calamine.CalamineSheet, grid: Grid) -> Iterator[Row]:
    # The reader leaves out empty columns on the left, and keeps empty rows above.
    left = [None] * (sheet.start[1] if sheet.start else 0)
    wrong: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in grid.errors.items():
        wrong.setdefault(row, []).append((column, said))
    for number, read in enumerate(sheet.iter_rows(), start=1):
        # Nearly every cell is text, and most of it empty.
        cells = left + [
            (value or None) if type(value) is str else _plain(value) for value in read
        ]
        for column, said in wrong.get(number, ()):
            cells += [None] * (column - len(cells))
            cells[column - 1] = {"e": said}
        yield number, number in grid.hidden_rows, cells


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.datetime):
        return {"d": value.date().isoformat()}
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    return str(value)


def _compound(data: bytes) -> Iterator[Sheet]:
    if _LOCKED in data:
        raise Unfit(faults.ENCRYPTED)
    if _MACROS in data:
        raise Unfit(faults.MACROS)
    book = xlrd.open_workbook(
        file_contents=data,
        logfile=_Silent(),
        formatting_info=True,
        on_demand=True,
        ragged_rows=True,
    )
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        yield Sheet(
            name=sheet.name,
            rows=_compound_rows(sheet, book.datemode),
            hidden=bool(sheet.visibility),
            hidden_columns=[
                (number + 1, number + 1)
                for number, column in sorted(sheet.colinfo_map.items())
                if column.hidden
            ],
        )
        book.unload_sheet(index)


def _compound_rows(sheet: xlrd.sheet.Sheet, datemode: int) -> Iterator[Row]:
    cells = 0
    for index in range(sheet.nrows):
        types, values = sheet.row_types(index), sheet.row_values(index)
        cells += len(values)
        if cells > MOST_CELLS:
            raise Unfit(faults.CELLS, most=MOST_CELLS)
        told = sheet.rowinfo_map.get(index)
        row = [
            _typed(kind, value, datemode)
            for kind, value in zip(types, values, strict=True)
        ]
        yield index + 1, bool(told and told.hidden), row


def _typed(kind: int, value: Any, datemode: int) -> Any:
    if kind in _EMPTY_TYPES:
        return None
    if kind == xlrd.XL_CELL_ERROR:
        return {"e": xlrd.error_text_from_code.get(value, "#ERROR")}
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            day = xlrd.xldate_as_datetime(value, datemode).date()
        except (ValueError, OverflowError):
            return value
        return {"d": day.isoformat()}
    return value or None if isinstance(value, str) else value


def _text(data: bytes) -> Iterator[Sheet]:
    rows = ((number, False, list(cells)) for number, cells in records(data))
    yield Sheet(name="", rows=rows)


class _Silent:
    """Takes what the xls reader says to a log: it quotes cells."""

    def write(self, _text: str) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Do nothing."""


_READERS: Final[dict[FileKind, Callable[[bytes], Iterator[Sheet]]]] = {
    FileKind.PACKAGE: _package,
    FileKind.COMPOUND: _compound,
    FileKind.TEXT: _text,
}
