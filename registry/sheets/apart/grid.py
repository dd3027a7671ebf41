"""What the raw XML of a worksheet tells that a reader does not: extent, errors, hidden.

A reader gives an empty text for an error cell, and asks for memory for the whole
rectangle of the outermost cells, so both are looked for here, tag by tag.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from registry.sheets.apart import faults
from registry.sheets.apart.faults import Unfit

MOST_CELLS: Final = 1_000_000
# A reader keeps 32 bytes per cell of the rectangle: 256 MB.
MOST_AREA: Final = 8_000_000
_MOST_ERRORS: Final = 10_000
_LONGEST_TAG: Final = 64 * 1024
_LETTERS: Final = 26
_BASE: Final = ord("A") - 1

# The usual cell in one look; the others by their attributes.
_TAG: Final = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?"
    rb'(?:c r="([A-Z]{1,3})([0-9]{1,7})"|(row|c|col)(?=[\s/>]))([^>]*)>'
)
# A cell as every office program writes it, with something in it; and any cell at all.
_USUAL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
_ANY: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c(?=[\s/>])")
# Where a block has one of these it is read tag by tag: perhaps an error, or hidden.
_TELLING: Final = (b'"e"', b"'e'", b"hidden")
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_ERROR: Final = re.compile(rb"""\bt\s*=\s*["']e["']""")
_HIDDEN: Final = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_SPAN: Final = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
_SAID: Final = re.compile(rb"<(?:\w+:)?v[^>]*>(#[^<]{1,16})<")
_LOOK_AHEAD: Final = 600


@dataclass(slots=True)
class Grid:
    """A worksheet as its tags describe it; rows and columns count from 1."""

    cells: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class Scan:
    """Reads a worksheet's XML in chunks; nothing of it is kept but a `Grid`."""

    def __init__(self) -> None:
        """Start above the first row."""
        self.grid = Grid()
        self.row = self.column = 0
        self.lowest = self.widest = 0
        self.rest = b""

    def feed(self, chunk: bytes) -> None:
        """Look at the tags that are complete.

        Raises: Unfit when the rectangle grows beyond what may be read.
        """
        text = self.rest + chunk
        # An error's text follows its tag, so the last few tags wait for more.
        cut = max(text.rfind(b"<", 0, max(len(text) - _LOOK_AHEAD, 0)), 0)
        self._look(text, cut, self._at_once(text[:cut]))
        self.rest = text[cut:]
        if len(self.rest) > _LONGEST_TAG and b">" not in self.rest[:_LONGEST_TAG]:
            raise Unfit(faults.BROKEN)

    def end(self) -> Grid:
        """Look at what is left and return what was found."""
        self._look(self.rest, len(self.rest), 0)
        return self.grid

    def _at_once(self, text: bytes) -> int:
        """Take a block of nothing but usual cells; return how far it is done.

        Most blocks are such, and a tag in Python's own hands costs ten times as much.
        """
        if any(sign in text for sign in _TELLING):
            return 0
        cells = _USUAL.findall(text)
        if not cells or len(cells) < len(_ANY.findall(text)):
            return 0
        letters, digits = zip(*cells, strict=True)
        columns, rows = [*map(number_of, set(letters))], [*map(int, set(digits))]
        self.grid.cells += len(cells)
        self.row, self.column = int(digits[-1]), number_of(letters[-1])
        self._stretch(max(rows), max(columns))
        return text.rindex(b"<c r=") + 1

    def _look(self, text: bytes, until: int, begin: int) -> None:
        for tag in _TAG.finditer(text, begin):
            if tag.start() >= until:
                break
            letters, digits, name, attributes = tag.groups()
            if letters:
                self.row, self.column = int(digits), number_of(letters)
                self._cell(attributes, text, tag.end())
            elif name == b"c":
                self._find(attributes)
                self._cell(attributes, text, tag.end())
            elif name == b"row":
                self._row(attributes)
            else:
                self._hide_columns(attributes)

    def _find(self, attributes: bytes) -> None:
        """Place a cell that is written unusually, or does not say where it stands."""
        found = _REFERENCE.search(attributes)
        if found and found[1] and found[2]:
            self.column, self.row = number_of(found[1].upper()), int(found[2])
        else:
            self.column += 1

    def _row(self, attributes: bytes) -> None:
        found = _REFERENCE.search(attributes)
        self.row = int(found[2]) if found and found[2] else self.row + 1
        self.column = 0
        if _HIDDEN.search(attributes):
            self.grid.hidden_rows.add(self.row)

    def _cell(self, attributes: bytes, text: bytes, after: int) -> None:
        if attributes.endswith(b"/"):
            return  # a coloured cell with nothing in it
        self.grid.cells += 1
        if self.column > self.widest or self.row > self.lowest:
            self._stretch(self.row, self.column)
        if _ERROR.search(attributes) and len(self.grid.errors) < _MOST_ERRORS:
            said = _SAID.search(text, after, after + _LOOK_AHEAD)
            word = said[1].decode("ascii", "replace") if said else "#ERROR"
            self.grid.errors[self.row, self.column] = word

    def _stretch(self, row: int, column: int) -> None:
        """Raises: Unfit when the rectangle of all cells is too large to be read."""
        self.lowest = max(self.lowest, row)
        self.widest = max(self.widest, column)
        if self.lowest * self.widest > MOST_AREA:
            raise Unfit(faults.AREA, rows=self.lowest, columns=self.widest)
        if self.grid.cells > MOST_CELLS:
            raise Unfit(faults.CELLS, most=MOST_CELLS)

    def _hide_columns(self, attributes: bytes) -> None:
        if not _HIDDEN.search(attributes):
            return
        ends = dict(_SPAN.findall(attributes))
        if b"min" in ends and b"max" in ends:
            self.grid.hidden_columns.append((int(ends[b"min"]), int(ends[b"max"])))


@lru_cache(maxsize=20_000)
def number_of(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - _BASE
    return number
