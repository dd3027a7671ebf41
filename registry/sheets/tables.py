"""Tables out of sheets: headings found, rows read as values, findings with addresses.

It must not know households: a row is a row here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from registry import columns
from registry.columns import Column
from registry.sheets.cells import read_cell, text_of
from registry.sheets.headers import LOOKED_AT, Heading, Layout, heading_in
from registry.sheets.reading import Row, SheetStart
from registry.sheets.rules import Fault

_KEYS: Final = ("name", "id_number", "household_number", "head_name", "head_id")
_TOTALS: Final = ("合计", "总计", "小计", "共计")
_LETTERS: Final = 26
# Said once for a sheet; the tenth hidden row tells nobody more.
_MOST_ROWS_SAID: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet with a heading."""

    number: int
    sheet: str
    heading: Heading

    def address(self, column: str, row: int) -> str:
        """Return the cell of a column in a row, as the office program calls it."""
        place = self.heading.columns.get(column)
        return address(place if place is not None else 0, row)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table as values by column identifier; what is empty is left out.

    `shown` keeps what stood in a cell that could not be read.
    """

    table: Table
    row: int
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()

    def at(self, column: str) -> str:
        """Return the cell of a column in this row."""
        return self.table.address(column, self.row)

    def is_faulty(self, column: str) -> bool:
        """Return whether the column's cell could not be read."""
        return column not in self.values and any(
            fault.column == column for fault in self.faults
        )

    @property
    def where(self) -> str:
        """Return sheet and row as they are named to people."""
        return f"{self.table.sheet} {self.row}" if self.table.sheet else f"{self.row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the cell it was found in, and what stands there, masked."""

    fault: Fault
    sheet: str
    row: int
    cell: str
    value: str = ""


@dataclass(slots=True)
class Sheet:
    """What became of a sheet."""

    name: str
    hidden: bool
    layout: str = ""
    heading_row: int = 0
    rows: int = 0
    hidden_rows: int = 0
    totals: int = 0


@dataclass(slots=True)
class Reader:
    """Walks the events of a file; yields lines, keeps sheets and findings."""

    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def lines(self, events: Iterable[SheetStart | Row]) -> Iterator[Line]:
        """Yield the rows of every table that has a heading.

        Effects: `sheets` and `findings` grow while the lines are taken.
        """
        waiting: list[Row] = []
        table: Table | None = None
        for event in events:
            if isinstance(event, SheetStart):
                yield from self._headed(waiting)
                waiting, table = [], None
                self._start(event)
            elif self.sheets[-1].hidden:
                continue
            elif table:
                yield from self._line(table, event)
            else:
                waiting.append(event)
                if len(waiting) == LOOKED_AT:
                    table = self._table(waiting)
                    yield from self._below(table, waiting)
                    waiting = [] if table else waiting[1:]
        yield from self._headed(waiting)

    def _headed(self, waiting: list[Row]) -> Iterator[Line]:
        """Read what a short sheet left waiting; say when it has no heading."""
        if not waiting or self.sheets[-1].layout:
            return
        table = self._table(waiting)
        yield from self._below(table, waiting)
        if table is None:
            self._say(Fault("sheet_left_out"), waiting[0].number)

    def _start(self, event: SheetStart) -> None:
        self.sheets.append(Sheet(event.name, event.hidden))
        if event.hidden:
            self._say(Fault("sheet_hidden"), 1)
        for low, high in event.hidden_columns[:_MOST_ROWS_SAID]:
            self._say(Fault("columns_hidden"), 1, low - 1, f"{low}–{high}")

    def _table(self, waiting: list[Row]) -> Table | None:
        heading = heading_in(waiting)
        if heading is None:
            return None
        sheet = self.sheets[-1]
        sheet.layout, sheet.heading_row = heading.layout.value, heading.row
        for name, place in heading.twice.items():
            header = _ALL[name].header
            said = {"column": header}
            self._say(Fault("column_twice", name, said), heading.row, place, header)
        if heading.layout is Layout.MEMBERS and "id_number" not in heading.columns:
            said = {"column": _ALL["id_number"].header}
            self._say(Fault("column_missing", "id_number", said), heading.row)
        for place, word in heading.unknown.items():
            self._say(Fault("column_unknown"), heading.row, place, word[:50])
        return Table(number=len(self.sheets), sheet=sheet.name, heading=heading)

    def _below(self, table: Table | None, waiting: list[Row]) -> Iterator[Line]:
        if table:
            for row in waiting:
                if row.number > table.heading.row:
                    yield from self._line(table, row)

    def _line(self, table: Table, row: Row) -> Iterator[Line]:
        sheet = self.sheets[-1]
        first = next((text_of(c) for c in row.cells if c is not None), "")
        if "".join(first.split()).startswith(_TOTALS):
            sheet.totals += 1
            self._say(Fault("total_row"), row.number, 0, first[:20])
            return
        if row.hidden:
            sheet.hidden_rows += 1
            if sheet.hidden_rows <= _MOST_ROWS_SAID:
                self._say(Fault("row_hidden"), row.number)
        line = self._read(table, row)
        if not any(key in line.values or line.is_faulty(key) for key in _KEYS):
            self._say(Fault("row_without_key"), row.number, 0, first[:20])
            return
        sheet.rows += 1
        yield line

    def _read(self, table: Table, row: Row) -> Line:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        width = len(row.cells)
        for name, place in table.heading.columns.items():
            cell = row.cells[place] if place < width else None
            if cell is None:
                continue
            column = _ALL[name]
            read = read_cell(column, cell)
            if read.value is not None:
                values[name] = read.value
            for fault in read.faults:
                found = Fault(fault.rule, name, fault.said)
                faults.append(found)
                shown = columns.masked(column, text_of(cell))[:60]
                self._say(found, row.number, place, shown)
        return Line(table, row.number, values, tuple(faults))

    def _say(self, fault: Fault, row: int, place: int = 0, value: str = "") -> None:
        name = self.sheets[-1].name
        self.findings.append(Finding(fault, name, row, address(place, row), value))


_ALL: Final[dict[str, Column]] = {**columns.HOUSEHOLD, **columns.PERSON}


def address(place: int, row: int) -> str:
    """Return a cell's name; columns count from 0, rows from 1."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
