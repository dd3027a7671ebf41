"""A page drawn as its blank, shared by many, and its own words on top.

Stands in for WeasyPrint's page when a document is written, so that pages laid out whole
and pages filled in may follow each other in one file.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.formatting_structure import boxes
from weasyprint.layout.replaced import replacedbox_layout
from weasyprint.stacking import StackingContext

from notices.press import blanks, refill
from notices.press.blanks import Blank
from notices.press.family import Family
from notices.press.fetch import QR, modules
from notices.press.refill import Lines

# In a picture of one bit a square, 1 is light.
_BITS = b"10" + bytes(254)


class Plate:
    """What the forms on one blank share in one document.

    Attributes:
        changing: numbers of the boxes whose words differ between these forms.
    """

    def __init__(self, name: str, blank: Blank, family: Family) -> None:
        """Start with nothing that changes."""
        self.name, self.blank, self.family = name, blank, family
        self.changing: set[int] = set()
        self._drawn: dict[tuple[int, int, tuple[str, ...]], bytes] = {}
        self._desk: Any = None
        self._painted: set[int] = set()

    def note(self, words: Sequence[str]) -> None:
        """Remember which boxes another form fills with other words."""
        self.changing |= {n for n, _ in blanks.differing(self.blank, words)}

    def background(self, stream: Any, page: int) -> str:
        """Return the name of the blank page in the file, drawing it at first use."""
        name = f"{self.name}p{page}"
        if page not in self._painted:
            self._painted.add(page)
            self._paint(stream, page, name)
        return name

    def ink(self, stream: Any, page: int, words: Sequence[str]) -> Iterator[bytes]:
        """Yield the drawing of what changes on a page, saying these words."""
        for number in sorted(self.changing):
            cell = self.blank.cells[number]
            for spot, (there, box) in enumerate(cell.spots):
                if there == page:
                    key = (number, spot, cell.says(words))
                    if key not in self._drawn:
                        lines = self.family.lines(self.blank, number, words)
                        self._desk = self._desk or stream.clone()
                        self._drawn[key] = _drawing(self._desk, lines, box)
                    yield self._drawn[key]

    def _paint(self, stream: Any, page: int, name: str) -> None:
        whole = self.blank.pages[page]._page_box
        resources = pydyf.Dictionary(
            {
                "ExtGState": pydyf.Dictionary(),
                "XObject": pydyf.Dictionary(),
                "Pattern": pydyf.Dictionary(),
                "Shading": pydyf.Dictionary(),
                "ColorSpace": stream._resources["ColorSpace"],
                "Font": None,  # filled in when the file is written
            }
        )
        extra = pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array(
                    (0, 0, whole.margin_width(), whole.margin_height())
                ),
                "Resources": resources,
            }
        )
        sheet = stream.clone(resources=resources, extra=extra)
        stream._resources["XObject"][name] = sheet
        hidden = self._hidden(page)
        try:
            draw_page(whole, sheet)
        finally:
            for box, attribute, value in hidden:
                setattr(box, attribute, value)

    def _hidden(self, page: int) -> list[tuple[Any, str, Any]]:
        """Take out what changes; return how to put it back."""
        found: list[tuple[Any, str, Any]] = [
            (box, "children", ())
            for number in self.changing
            for there, box in self.blank.cells[number].spots
            if there == page
        ]
        found += [
            (box, "width", 0) for there, box in self.blank.pictures if there == page
        ]
        before = [(box, name, getattr(box, name)) for box, name, _ in found]
        for box, name, nothing in found:
            setattr(box, name, nothing)
        return before


class Overlay:
    """One page of one form; has what WeasyPrint asks of a page."""

    def __init__(
        self,
        plate: Plate,
        page: int,
        words: Sequence[str],
        pictures: Sequence[str],
    ) -> None:
        """Take the size of the blank page; the rest a filled page has not."""
        blank = plate.blank.pages[page]
        self.width, self.height, self.bleed = blank.width, blank.height, blank.bleed
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {None: []}
        self._plate, self._page = plate, page
        self._words, self._pictures = words, pictures

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw the blank, then the words and the codes of this form."""
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            stream.draw_x_object(self._plate.background(stream, self._page))
            stream.stream.extend(self._plate.ink(stream, self._page, self._words))
            self._stamp(stream)

    def _stamp(self, stream: Any) -> None:
        for index, (page, box) in enumerate(self._plate.blank.pictures):
            if page == self._page:
                _print_code(stream, self._pictures[index % len(self._pictures)], box)


class Nothing:
    """The empty back of a sheet."""

    def __init__(self, page: Overlay) -> None:
        """Be as large as the page before."""
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {None: []}

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw nothing."""


def _drawing(desk: Any, lines: Lines, box: Any) -> bytes:
    """Return the operators that draw lines in their box, colour and face included.

    `desk` is a stream of the document that is wiped for each drawing.
    """
    desk.stream = []
    if lines.boxes:
        carrier = _carrier(lines.boxes).deepcopy()
        # Moved before it is drawn: two rounded numbers would not make the same sum.
        for line in carrier.children:
            line.translate(0, refill.top(box, lines.height))
        draw_stacking_context(desk, StackingContext.from_box(carrier, None))
    return b"\n".join(desk.stream)


def _carrier(lines: Sequence[Any]) -> Any:
    """Return a plain block around lines, so that floats in them are drawn too."""
    carrier = boxes.BlockBox.anonymous_from(lines[0], lines)
    carrier.background = None
    for side in ("top", "right", "bottom", "left"):
        setattr(carrier, f"border_{side}_width", 0)
    return carrier


def _print_code(stream: Any, address: str, box: Any) -> None:
    """Print a QR code where the blank has one, as a picture of one bit a square."""
    name = f"qr{hashlib.sha256(address.encode()).hexdigest()[:16]}"
    if name not in stream._resources["XObject"]:
        stream._resources["XObject"][name] = _code_picture(address)
    width, height, left, top = replacedbox_layout(box)
    with stream.stacked():
        stream.transform(width, 0, 0, -height, left, top + height)
        stream.draw_x_object(name)


def _code_picture(address: str) -> pydyf.Stream:
    squares = modules(address.removeprefix(QR))
    side = len(squares)
    bits = (row.translate(_BITS).decode() for row in squares)
    padded = -(-side // 8)
    rows = [int(row.ljust(padded * 8, "0"), 2).to_bytes(padded, "big") for row in bits]
    extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": side,
            "Height": side,
            "ColorSpace": "/DeviceGray",
            "BitsPerComponent": 1,
            "Interpolate": "false",
        }
    )
    return pydyf.Stream([b"".join(rows)], extra, compress=True)
