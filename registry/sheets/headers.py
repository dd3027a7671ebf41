"""Finding the heading of a table: by the words in it, wherever it stands.

Above it may be a merged title, it may have two levels, and its words are found among
the names of the catalogue. It must not know what stands below.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from registry import columns
from registry.sheets.cells import text_of
from registry.sheets.reading import Cell, Row

# A heading stands among the first rows or nowhere.
LOOKED_AT: Final = 15
_LEAST_KNOWN: Final = 3
_MARKS: Final = re.compile(r"[\s*★#:]|[(](?:必填|选填|必选)[)]")
_BRACKETS: Final = re.compile(r"[(][^()]*[)]$")


class Layout(StrEnum):
    """What each row of a table is."""

    HOUSEHOLDS = "households"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Which column of the sheet is which of the catalogue; columns count from 0."""

    layout: Layout
    row: int
    columns: Mapping[str, int]
    twice: Mapping[str, int]
    unknown: Mapping[int, str]


def heading_in(rows: Sequence[Row]) -> Heading | None:
    """Return the best heading among the rows, of one or two levels; nothing if none."""
    best: Heading | None = None
    for place, row in enumerate(rows):
        words = [text_of(cell) for cell in row.cells]
        above = _carried(rows[place - 1].cells) if place else []
        for found in (_heading(row.number, words), _two_level(row, words, above)):
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best


def _two_level(row: Row, words: list[str], above: list[str]) -> Heading | None:
    if not above:
        return None
    width = max(len(words), len(above))
    words = words + [""] * (width - len(words))
    above = above + [""] * (width - len(above))
    joined = []
    for upper, lower in zip(above, words, strict=True):
        if not lower:
            joined.append(upper)
        elif _column_of(upper + lower):
            joined.append(upper + lower)
        else:
            joined.append(lower)
    return _heading(row.number, joined)


def _carried(cells: Sequence[Cell]) -> list[str]:
    """Return the upper level with merged cells filled to the right."""
    filled, last = [], ""
    for cell in cells:
        last = text_of(cell) or last
        filled.append(last)
    return filled


def _heading(row: int, words: Sequence[str]) -> Heading | None:
    found: dict[str, int] = {}
    twice: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for place, word in enumerate(words):
        name = _column_of(word)
        if name is None:
            if word.strip():
                unknown[place] = word.strip()
        elif name in found:
            twice[name] = place
        else:
            found[name] = place
    layout = _layout(found)
    if len(found) < _LEAST_KNOWN or layout is None:
        return None
    return Heading(
        layout=layout,
        row=row,
        columns=_of_heads(found) if layout is Layout.HOUSEHOLDS else found,
        twice=twice,
        unknown=unknown,
    )


def _layout(found: Mapping[str, int]) -> Layout | None:
    if "relation" in found and "name" in found:
        return Layout.MEMBERS
    if {"household_number", "head_name", "head_id"} & found.keys():
        return Layout.HOUSEHOLDS
    return None


def _of_heads(found: dict[str, int]) -> dict[str, int]:
    """On a list of households 姓名 and 证件号码 are those of the head."""
    for person, head in (("name", "head_name"), ("id_number", "head_id")):
        if person in found and head not in found:
            found[head] = found.pop(person)
    return found


def _column_of(word: str) -> str | None:
    key = _key(word)
    return _names().get(key) or _names().get(_BRACKETS.sub("", key))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    known = {**columns.HOUSEHOLD, **columns.PERSON}
    return {_key(n): name for name, column in known.items() for n in column.names}


def _key(word: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", word))
