"""Many papers in one file: a village's forms, each on its own sheets.

Forms of one kind are laid out once per shape and filled in for each household; what
fits no shape is laid out whole. Must not know the database.
"""

import gc
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata

from notices import kinds
from notices.press import Unrendered, archive, blanks, render, skeleton
from notices.press.family import Family
from notices.press.fetch import LockedFetcher
from notices.press.overlay import Nothing, Overlay, Plate
from notices.press.render import Sheet
from notices.press.skeleton import Form

# A blank takes some eight megabytes; a county's forms have a few dozen shapes.
_MOST_BLANKS = 40
_families: OrderedDict[tuple[str, ...], Family] = OrderedDict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One paper to be put into a bundle; `title` is its bookmark there."""

    kind: str
    context: Mapping[str, Any]
    number: str
    code: str
    issued_at: datetime
    title: str
    watermark: str = ""
    copy_mark: str = ""
    poster: bool = False
    witness: str = ""

    @property
    def sheet(self) -> Sheet:
        """Return what every page of the paper carries beside its facts."""
        return Sheet(
            kind=kinds.named(self.kind),
            number=self.number,
            code=self.code,
            issued_at=self.issued_at,
            watermark=self.watermark,
            copy_mark=self.copy_mark,
            poster=self.poster,
            witness=self.witness,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One file, and what became of each order.

    Attributes:
        pdf: the file; empty when no paper could be laid out.
        pages: how many pages each order took, in their order; 0 for a failed one.
        failures: why, by the position of the order.
    """

    pdf: bytes
    pages: list[int]
    failures: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An order and the blank its words go on."""

    order: Order
    form: Form
    plate: Plate


def render_bundle(
    orders: Sequence[Order],
    *,
    duplex: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Bundle:
    """Return the papers in one PDF, in their order.

    With `duplex` every paper starts on the front of a sheet. `progress` is told how
    many papers are done. A paper that cannot be laid out is left out and said.

    Raises: Unrendered when the file cannot be written.
    """
    with render.at_the_press(), _no_collection():
        placed, failures = _placed(orders, progress)
        pages, counts = _sheets(placed, len(orders), duplex=duplex)
        try:
            pdf = _written(pages, placed) if pages else b""
        except render.FAILURES as error:
            raise Unrendered(f"{len(orders)} papers: {error!r}") from error
        _let_go()
    return Bundle(pdf=pdf, pages=counts, failures=failures)


def _placed(
    orders: Sequence[Order], progress: Callable[[int], None]
) -> tuple[dict[int, _Placed], dict[int, str]]:
    """Find a blank for every order, before anything is drawn."""
    plates: dict[int, Plate] = {}
    placed, failures = {}, {}
    for number, order in enumerate(orders):
        try:
            placed[number] = _place(order, plates)
        except render.FAILURES as error:
            failures[number] = repr(error)
        progress(number + 1)
    return placed, failures


def _place(order: Order, plates: dict[int, Plate]) -> _Placed:
    form = skeleton.take_apart(render.page_html(order.sheet, order.context))
    kin = family(order.sheet.kind.sheet, form.markup, *order.sheet.over)
    blank = kin.fitting(form)
    plate = plates.setdefault(id(blank), Plate(f"b{len(plates)}", blank, kin))
    plate.note(form.words)
    return _Placed(order=order, form=form, plate=plate)


def _sheets(
    placed: Mapping[int, _Placed], number: int, *, duplex: bool
) -> tuple[list[Overlay | Nothing], list[int]]:
    pages: list[Overlay | Nothing] = []
    counts = [0] * number
    for index, found in placed.items():
        form, plate = found.form, found.plate
        sheets = [
            Overlay(plate, page, form.words, form.pictures)
            for page in range(len(plate.blank.pages))
        ]
        sheets[0].bookmarks = [(1, found.order.title, (0, 0), "open")]
        counts[index] = len(sheets)
        pages += sheets
        if duplex and len(sheets) % 2:
            pages.append(Nothing(sheets[0]))
    return pages, counts


def _written(pages: Sequence[Any], placed: Mapping[int, _Placed]) -> bytes:
    first = next(iter(placed.values()))
    fonts, _ = render.press(first.order.sheet.kind.sheet)
    about = DocumentMetadata(
        title=first.order.sheet.kind.title, lang="zh-CN", generator="Cunxian"
    )
    document = Document(pages, about, LockedFetcher(), fonts, {}, "srgb")
    codes = "".join(found.order.code for found in placed.values())
    pdf: bytes = document.write_pdf(
        pdf_variant=archive.variant(public=False),
        pdf_identifier=hashlib.sha256(codes.encode()).hexdigest().encode(),
        finisher=archive.finish,
    )
    return pdf


def family(sheet: str, markup: str, *over: str) -> Family:
    """Return what is known of forms with this markup on this kind of sheet."""
    key = (sheet, markup, *over)
    found = _families.get(key)
    if found is None:
        fonts, styles = render.press(sheet, *over)
        fetcher = LockedFetcher()
        found = _families[key] = Family(
            lambda form: blanks.lay_out(
                form, styles=styles, fonts=fonts, fetcher=fetcher
            )
        )
    _families.move_to_end(key)
    return found


def _let_go() -> None:
    """Forget the forms printed longest ago."""
    while sum(len(kin.shapes) for kin in _families.values()) > _MOST_BLANKS:
        _families.popitem(last=False)


def forget() -> None:
    """Lay everything out anew from now on."""
    _families.clear()


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector away from the box trees: nothing in them is garbage yet."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
