"""All forms with the same markup: their blanks, and which of them a form fits.

Must not know papers nor PDF.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from notices.press import blanks, refill
from notices.press.blanks import Blank
from notices.press.refill import Lines
from notices.press.skeleton import Form

# Blanks of one markup: as many as a village's forms have different heights.
_MOST_BLANKS = 24
_MOST_LINES = 2000


class Family:
    """The blanks of one markup, found by the heights that a form's words give."""

    def __init__(self, make: Callable[[Form], Blank]) -> None:
        """Keep how a form is laid out whole."""
        self._make = make
        self._first: Blank | None = None
        self._blanks: OrderedDict[tuple[Any, ...], Blank] = OrderedDict()
        self._lines: OrderedDict[tuple[int, tuple[str, ...]], Lines] = OrderedDict()

    @property
    def shapes(self) -> list[tuple[Any, ...]]:
        """Return what tells the blanks apart, the one used longest ago first."""
        return list(self._blanks)

    def fitting(self, form: Form) -> Blank:
        """Return a blank on which this form's words stand where they belong.

        Lays the form out whole when no blank has the heights its words ask for.
        """
        first = self._first = self._first or self._make(form)
        shape = self._shape(first, form.words)
        found = self._blanks.get(shape)
        if found is None or not self._holds(found, form):
            found = self._blanks[shape] = self._made(form)
            if len(self._blanks) > _MOST_BLANKS:
                self._blanks.popitem(last=False)
        self._blanks.move_to_end(shape)
        return found

    def lines(self, blank: Blank, number: int, words: Sequence[str]) -> Lines:
        """Return the lines of a box that says these words, its top at zero."""
        cell = blank.cells[number]
        key = (number, cell.says(words))
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = refill.lines(cell, words, blank.context)
            if len(self._lines) > _MOST_LINES:
                self._lines.popitem(last=False)
        return found

    def _made(self, form: Form) -> Blank:
        if self._first and form.words == self._first.words:
            return self._first
        return self._make(form)

    def _shape(self, first: Blank, words: Sequence[str]) -> tuple[Any, ...]:
        """Return all heights that decide where things stand, and all rigid words."""
        told: list[Any] = []
        heights = [cell.height for cell in first.cells]
        for number, cell in blanks.differing(first, words):
            if refill.is_rigid(cell, first):
                told.append((number, cell.says(words)))
            else:
                heights[number] = self.lines(first, number, words).height
        return (*told, *refill.decisive(first, heights))

    @staticmethod
    def _holds(blank: Blank, form: Form) -> bool:
        """Return whether every box that says something else may be filled anew."""
        return not any(
            refill.is_rigid(cell, blank)
            for _, cell in blanks.differing(blank, form.words)
        )
