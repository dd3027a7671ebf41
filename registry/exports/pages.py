"""One sheet of a workbook as XML: what is said of its columns, then line by line.

What a cell says beside its row and its text is put together once per column, for a
prefecture's sheets have fifteen million cells. Text is written as inline text, so no
cell can become a formula or a link. It must not know the file the sheet stands in.
Source: ECMA-376, part 1.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Protocol

Cell = str | int | Decimal | None
Row = Sequence[Cell]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Cell formats by their place in styles.xml.
PLAIN, TEXT, HEADING, TITLE, MARK = range(5)
# Characters XML has no room for; a name never holds one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BUFFER = 2000
_END = "</t></is></c>"


class Output(Protocol):
    """Where a sheet is written to."""

    def write(self, part: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a sheet is before it has rows.

    Attributes:
        above: lines over the heading, with their formats.
        text: columns formatted as text.
        header: what stands at the head and foot of each printed page.
    """

    name: str
    above: Sequence[tuple[str, int]]
    headers: Sequence[str]
    text: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    header: str = ""

    @property
    def top(self) -> int:
        """Return the row of the heading."""
        return len(self.above) + 1


class Writer:
    """A sheet being written: its lines above, its heading, then row by row."""

    def __init__(self, page: Page, to: Output) -> None:
        self._to = to
        self._page = page
        self._number = page.top
        # All that a cell says beside its row and its text is said once per column.
        self._cells = [
            (f'<c r="{letter(place)}', _inline(TEXT if place in page.text else PLAIN))
            for place in range(len(page.headers))
        ]
        self._lines = [_opening(page), *_above(page), _heading(page)]

    def put(self, row: Row) -> None:
        """Write the next row; cells that say nothing are left out."""
        self._number += 1
        number = self._number
        # Letters and digits of any script need no second look; most cells are such.
        cells = [
            f"{opening}{number}{inline}{c if c.isalnum() else _safe(c)}{_END}"
            if isinstance(c, str)
            else f'{opening}{number}"><v>{c}</v></c>'
            for (opening, inline), c in zip(self._cells, row, strict=True)
            if c is not None and c != ""
        ]
        self._lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(self._lines) >= _BUFFER:
            self._flush()

    def close(self) -> None:
        """Write what stands below the rows."""
        self._lines.append(_closing(self._page.header))
        self._flush()

    def _flush(self) -> None:
        self._to.write("".join(self._lines).encode())
        self._lines.clear()


def letter(place: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _inline(style: int) -> str:
    styled = f' s="{style}"' if style else ""
    return f'"{styled} t="inlineStr"><is><t xml:space="preserve">'


def _safe(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text), quote=False)


def _opening(page: Page) -> str:
    top, text = page.top, page.text
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{_width(n - 1, page.widths)}" customWidth="1"'
        f"{' style=' + chr(34) + str(TEXT) + chr(34) if n - 1 in text else ''}/>"
        for n in range(1, len(page.headers) + 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" '
        f'topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def _above(page: Page) -> Iterator[str]:
    for number, (line, style) in enumerate(page.above, start=1):
        cell = f'<c r="A{number}{_inline(style)}{_safe(line)}{_END}'
        yield f'<row r="{number}">{cell}</row>'


def _heading(page: Page) -> str:
    inline = f"{page.top}{_inline(HEADING)}"
    cells = [
        f'<c r="{letter(place)}{inline}{_safe(header)}{_END}'
        for place, header in enumerate(page.headers)
    ]
    return f'<row r="{page.top}">{"".join(cells)}</row>'


def _closing(header: str) -> str:
    line = escape(header.replace("&", "&&"))
    return (
        '</sheetData><pageSetup paperSize="9" orientation="landscape" '
        'fitToWidth="1" fitToHeight="0"/><headerFooter>'
        f"<oddHeader>&amp;L{line}</oddHeader>"
        f"<oddFooter>&amp;L{line}&amp;R&amp;P / &amp;N</oddFooter>"
        "</headerFooter></worksheet>"
    )


def _width(place: int, widths: Sequence[int]) -> int:
    return widths[place] if place < len(widths) else 12
