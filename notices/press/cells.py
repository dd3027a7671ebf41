"""The boxes of a page that hold words, before and after layout.

Knows private parts of WeasyPrint 70; must not know papers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from notices.press import skeleton
from notices.press.skeleton import MARKS


@dataclass(slots=True, eq=False)
class Cell:
    """A box that holds words directly: a table cell, a paragraph, a running head.

    Attributes:
        line: its content before layout, with marks for words; none for a running head
            that no page shows.
        places: the numbers of the places in it.
        rigid: its own width depends on its words, so other words need a new layout;
            none until somebody asks.
        spots: (page, box) wherever it was laid out.
    """

    line: Any
    places: tuple[int, ...]
    rigid: bool | None = None
    spots: list[tuple[int, Any]] = field(default_factory=list)

    def says(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return what stands in this box."""
        return tuple(words[place] for place in self.places)

    @property
    def height(self) -> float:
        """Return the height of the lines it was laid out with."""
        laid = self.spots[0][1].children if self.spots else ()
        if not laid:
            return 0.0
        return float(laid[-1].position_y + laid[-1].height - laid[0].position_y)


def cells_of(root: Any) -> list[Cell]:
    """Number the boxes of words, and keep what stands in them before layout."""
    found: list[Cell] = []
    for box, rigid in _found(root, rigid=False):
        box.cell = len(found)
        # Not rigid by its style: to be tried when somebody asks.
        found.append(Cell(box.children[0].deepcopy(), _places(box), rigid or None))
    return found


def say(root: Any, words: Sequence[str]) -> dict[str, str]:
    """Put the words in place; return the running heads: as marks, and as they read."""
    heads = {}
    for box in walk(root):
        if isinstance(box.string_set, list):
            for number, (name, text) in enumerate(box.string_set):
                said = skeleton.filled(text, tuple(words))
                box.string_set[number] = (name, said)
                if MARKS.search(text):
                    heads[text] = said
    fill(root, words)
    return heads


def fill(box: Any, words: Sequence[str]) -> None:
    """Fill in the words; what says nothing leaves, as if it had never been."""
    if not getattr(box, "children", ()):
        return
    stays = []
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            child.text = skeleton.filled(child.text, tuple(words))
            if not child.text:
                continue
        else:
            fill(child, words)
            if isinstance(child, boxes.LineBox) and not child.children:
                continue
        stays.append(child)
    box.children = stays


def marks_in(text: str) -> tuple[int, ...]:
    """Return the places whose marks stand in a text."""
    return tuple(skeleton.place(found) for found in MARKS.findall(text))


def walk(box: Any) -> Iterator[Any]:
    """Yield a box and everything in it, also what was taken out of the flow."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def _found(box: Any, *, rigid: bool) -> Iterator[tuple[Any, bool]]:
    rigid = rigid or _fits_its_words(box)
    if _says_something(box):
        if _places(box):
            yield box, rigid
        # What stands in its lines moves with them.
        return
    for child in getattr(box, "children", ()):
        yield from _found(child, rigid=rigid)


def _says_something(box: Any) -> bool:
    children: Sequence[Any] = getattr(box, "children", ())
    return (
        isinstance(box, boxes.BlockContainerBox)
        and len(children) == 1
        and isinstance(children[0], boxes.LineBox)
    )


def _fits_its_words(box: Any) -> bool:
    """Return whether the box is as wide as its content wants to be."""
    if isinstance(box, boxes.FlexContainerBox | boxes.GridContainerBox):
        return True
    style = box.style
    if isinstance(box, boxes.TableBox):
        return str(style["table_layout"]) != "fixed" or style["width"] == "auto"
    if style["width"] != "auto":
        return False
    if box.is_absolutely_positioned():
        return style["left"] == "auto" or style["right"] == "auto"
    return bool(box.is_floated() or isinstance(box, boxes.InlineBlockBox))


def _places(box: Any) -> tuple[int, ...]:
    return marks_in("".join(b.text for b in walk(box) if isinstance(b, boxes.TextBox)))
