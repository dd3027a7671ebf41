"""The file once more, as a workbook with the faults marked, for whoever corrects it.

Everything is text or number as it was read; nothing becomes a formula or a link. It
must not know rules beyond their sentences.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from registry.models import ImportFinding
from registry.sheets.findings import hint_of, text_of
from registry.sheets.reading import Cell, ErrorCell, Row, SheetStart, read
from registry.sheets.rules import Level
from registry.sheets.tables import address

# Formulas and links stay text: what an uploader typed is not executed at our desk.
SAFE: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_COLOURS: Final = {
    Level.ERROR: "#F8C8C4",
    Level.EXPLAIN: "#FCE4B6",
    Level.WARN: "#FFF7C2",
    Level.TIDIED: "#DCEBFA",
}
_GRAVEST: Final = list(Level)
_MOST_NOTES: Final = 5000
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_LONGEST_SHEET: Final = 31
_LONGEST_CELL: Final = 32_000
_Marks = dict[tuple[str, str], list[ImportFinding]]


def marked(data: bytes, findings: Iterable[ImportFinding]) -> bytes:
    """Return the workbook: the rows as read, a list of findings in front."""
    marks: _Marks = defaultdict(list)
    for finding in findings:
        marks[finding.sheet, finding.cell].append(finding)
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE) as book:
        formats = {
            level: book.add_format({"bg_color": colour, "num_format": "@"})
            for level, colour in _COLOURS.items()
        }
        _list(book, marks)
        _rows(book, read(data), marks, formats)
    return out.getvalue()


def _list(book: Any, marks: _Marks) -> None:
    sheet = book.add_worksheet(_("问题清单"))
    bold = book.add_format({"bold": True, "bottom": 1})
    heads = (_("级别"), _("工作表"), _("单元格"), _("内容"), _("问题"), _("办法"))
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, 10)
    sheet.set_column(3, 3, 24)
    sheet.set_column(4, 5, 44)
    ordered = sorted(
        (f for found in marks.values() for f in found),
        key=lambda f: _GRAVEST.index(Level(f.level)),
    )
    for row, finding in enumerate(ordered, start=1):
        told = (
            str(Level(finding.level).label),
            finding.sheet,
            finding.cell,
            finding.value,
            text_of(finding),
            hint_of(finding),
        )
        for column, text in enumerate(told):
            sheet.write_string(row, column, text)


def _rows(
    book: Any,
    events: Iterable[SheetStart | Row],
    marks: _Marks,
    formats: dict[Any, Any],
) -> None:
    sheet: Any = None
    name = ""
    notes = 0
    taken = {_("问题清单").lower()}
    for event in events:
        if isinstance(event, SheetStart):
            name = event.name
            sheet = book.add_worksheet(_sheet_name(name, taken))
            continue
        for place, cell in enumerate(event.cells):
            found = marks.get((name, address(place, event.number)), [])
            level = _gravest(found)
            _write(sheet, event.number - 1, place, cell, formats.get(level))
            if found and notes < _MOST_NOTES:
                notes += 1
                told = "\n".join(f"{text_of(f)} {hint_of(f)}".strip() for f in found)
                sheet.write_comment(event.number - 1, place, told[:500])


def _gravest(found: list[ImportFinding]) -> Level | None:
    levels = [Level(f.level) for f in found]
    return min(levels, key=_GRAVEST.index, default=None)


def _write(sheet: Any, row: int, place: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, style)
    elif isinstance(cell, str | date | ErrorCell):
        said = cell.said if isinstance(cell, ErrorCell) else str(cell)
        sheet.write_string(row, place, said[:_LONGEST_CELL], style)
    elif style:
        sheet.write_blank(row, place, None, style)


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_FORBIDDEN).strip("'")[:_LONGEST_SHEET] or _("数据")
    fresh, number = base, 1
    while fresh.lower() in taken:
        number += 1
        fresh = f"{base[: _LONGEST_SHEET - 4]}_{number}"
    taken.add(fresh.lower())
    return fresh
