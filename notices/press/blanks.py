"""A page laid out once, and where on it each word stands.

Forms with the same markup differ in words alone. Most words stand in boxes whose width
they do not decide (a table cell, a paragraph); as long as the rows keep their heights,
another form's words may be put in the same places. Everything here is WeasyPrint's own
layout. Knows private parts of WeasyPrint 70; must not know papers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import layout_document

from notices.press import skeleton
from notices.press.cells import Cell, cells_of, marks_in, say, walk
from notices.press.skeleton import Form

# Each row: the least height it has, and its cells of words: (number, what padding and
# border add, least content height).
Rows = list[tuple[float, list[tuple[int, float, float]]]]


@dataclass(slots=True, eq=False)
class Blank:
    """The pages of one form, kept to be filled with the words of others."""

    words: tuple[str, ...]
    pages: list[Page]
    cells: list[Cell]
    pictures: list[tuple[int, Any]]
    context: Any
    rows: Rows = field(default_factory=list)


def lay_out(form: Form, *, styles: Sequence[Any], fonts: Any, fetcher: Any) -> Blank:
    """Return the pages of a form, and where its words stand on them."""
    document = HTML(
        string=skeleton.marked(form), base_url="paper:", url_fetcher=fetcher
    )
    counters = CounterStyle()
    options = {**DEFAULT_OPTIONS, "stylesheets": styles}
    context = Document._build_layout_context(document, fonts, counters, {}, options)
    root = build_formatting_structure(
        document.etree_element,
        context.style_for,
        context.get_image_from_uri,
        document.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    cells = cells_of(root)
    heads = say(root, form.words)
    blank = Blank(
        words=form.words,
        pages=[Page(page) for page in layout_document(document, root, context)],
        cells=[*cells, *(Cell(None, marks_in(text)) for text in heads)],
        pictures=[],
        context=context,
    )
    shown = zip(heads.items(), blank.cells[len(cells) :], strict=True)
    _locate(blank, {said: (cell, text) for (text, said), cell in shown})
    return blank


def differing(blank: Blank, words: Sequence[str]) -> Iterator[tuple[int, Cell]]:
    """Yield the boxes on the pages that say something else with these words."""
    for number, cell in enumerate(blank.cells):
        if cell.spots and cell.says(words) != cell.says(blank.words):
            yield number, cell


def _locate(blank: Blank, heads: dict[str, tuple[Cell, str]]) -> None:
    for number, page in enumerate(blank.pages):
        for box in walk(page._page_box):
            if isinstance(box, boxes.MarginBox):
                said = "".join(
                    b.text for b in walk(box) if isinstance(b, boxes.TextBox)
                )
                if said in heads:
                    _add_head(*heads[said], number, box)
            elif isinstance(box, boxes.ReplacedBox):
                blank.pictures.append((number, box))
            elif hasattr(box, "cell") and isinstance(box, boxes.BlockContainerBox):
                blank.cells[box.cell].spots.append((number, box))


def _add_head(cell: Cell, text: str, page: int, box: Any) -> None:
    """Let a running head be a cell: its words come from the page itself."""
    line = box.children[0]
    content = next(b for b in walk(line) if isinstance(b, boxes.TextBox))
    cell.line = line.copy_with_children([content.copy_with_text(text)])
    cell.spots.append((page, box))
