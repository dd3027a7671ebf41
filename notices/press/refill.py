"""Other words in the boxes of a blank: their lines, their place, and whether they fit.

Everything here is WeasyPrint's own layout of single boxes. Knows private parts of
WeasyPrint 70; must not know papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.inline import iter_line_boxes

from notices.press.blanks import Blank, Rows
from notices.press.cells import Cell, fill, walk

# Heights are compared in CSS pixels, to less than a hair.
_DIGITS = 2
_SHARE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


@dataclass(slots=True)
class Lines:
    """The laid-out lines of one box, its top at zero."""

    boxes: list[Any]
    height: float


def lines(cell: Cell, words: Sequence[str], context: Any) -> Lines:
    """Return the lines of a box when it says these words."""
    content = cell.line.deepcopy()
    fill(content, words)
    box = cell.spots[0][1]
    if not content.children:
        return Lines([], 0)
    context.create_block_formatting_context()
    try:
        laid = [
            line
            for line, _ in iter_line_boxes(
                context, content, 0, -inf, None, _wide(box), [], [], None, None
            )
        ]
    finally:
        context.finish_block_formatting_context()
    if not laid:
        return Lines([], 0)
    for line in laid:
        layout_box_backgrounds(None, line, context.get_image_from_uri)
    return Lines(laid, laid[-1].position_y + laid[-1].height)


def top(box: Any, height: float) -> float | None:
    """Return where lines of that height begin in a box; None where it depends."""
    if isinstance(box, boxes.MarginBox):
        return float(box.children[0].position_y)
    if not isinstance(box, boxes.TableCellBox):
        return float(box.content_box_y())
    share = _SHARE.get(box.vertical_align)
    if share is None:
        return None
    above, below = _paddings(box)
    room = box.border_height() - box.border_top_width - box.border_bottom_width
    spare = room - above - below - height
    return float(box.position_y + box.border_top_width + above + spare * share)


def is_rigid(cell: Cell, blank: Blank) -> bool:
    """Return whether other words in this box would ask for a layout of their own.

    So it is when the box is as wide as its words, and whenever filling it with its own
    words does not give again what the layout gave.
    """
    if cell.rigid is None:
        cell.rigid = not _repeats(cell, blank)
    return cell.rigid


def decisive(blank: Blank, heights: Sequence[float]) -> list[float]:
    """Return the heights of the rows, and of the boxes of words outside of them.

    `heights` has one for each box of words. What gives the same answer has the same
    pages: within a row, only the highest cell counts.
    """
    blank.rows = blank.rows or _rows(blank)
    in_row = [
        max([least, *(around + max(asked, heights[n]) for n, around, asked in cells)])
        for least, cells in blank.rows
    ]
    shared = {number for _, cells in blank.rows for number, _, _ in cells}
    alone = [height for n, height in enumerate(heights) if n not in shared]
    return [round(height, _DIGITS) for height in (*in_row, *alone)]


def _repeats(cell: Cell, blank: Blank) -> bool:
    """Return whether filling the box with its own words gives what is there now."""
    again = lines(cell, blank.words, blank.context)
    return all(_same(again, box) for _, box in cell.spots)


def _same(again: Lines, box: Any) -> bool:
    start = top(box, again.height)
    if start is None or len(again.boxes) != len(box.children):
        return False
    pairs = zip(again.boxes, box.children, strict=True)
    return all(
        round(ours.position_y + start - theirs.position_y, _DIGITS) == 0
        and round(_left(ours) - _left(theirs), _DIGITS) == 0
        for ours, theirs in pairs
    )


def _left(line: Any) -> float:
    first = next((b for b in walk(line) if isinstance(b, boxes.TextBox)), line)
    return float(first.position_x)


def _wide(box: Any) -> Any:
    """Return the box words are lined up in; a margin box keeps its outer edge."""
    if not isinstance(box, boxes.MarginBox):
        return box
    wide = box.copy()
    if box.style["text_align_all"] in {"right", "end"}:
        wide.position_x -= 10 * box.width
    wide.width = 11 * box.width
    return wide


def _paddings(box: Any) -> tuple[float, float]:
    return box.style["padding_top"].value, box.style["padding_bottom"].value


def _rows(blank: Blank) -> Rows:
    return [
        _row(box)
        for page in blank.pages
        for box in walk(page._page_box)
        if isinstance(box, boxes.TableRowBox)
    ]


def _row(row: Any) -> tuple[float, list[tuple[int, float, float]]]:
    least, cells = 0.0, []
    for box in row.children:
        if box.rowspan > 1:
            continue
        asked = 0.0 if box.computed_height == "auto" else box.computed_height
        around = sum(_paddings(box)) + box.border_top_width + box.border_bottom_width
        if hasattr(box, "cell"):
            cells.append((box.cell, around, asked))
        else:
            least = max(least, around + max(asked, box.content_height))
    return least, cells
