"""A department's file as sheets of lines, read by the register's own reader.

Knows bytes; must not know what a line says.
"""

from typing import Any

from registry.comparing.rows import Line
from registry.sheets.reading import ErrorCell, Row, SheetStart, read

Sheets = list[tuple[str, list[Line]]]


def lines_of(data: bytes) -> Sheets:
    """Return the sheets of a file by name, each a list of its rows that say anything.

    Raises: Unreadable when it is none, or takes more than the child's limits.
    """
    found: Sheets = []
    for part in read(data):
        if isinstance(part, SheetStart):
            found.append((part.name or "CSV", []))
        elif isinstance(part, Row):
            found[-1][1].append((part.number, [_plain(cell) for cell in part.cells]))
    return found


def _plain(cell: Any) -> Any:
    return cell.said if isinstance(cell, ErrorCell) else cell
