"""Which characters our faces can print, asked before anything is written.

Must not know any paper. A missing glyph is a silent box in the PDF, hence the check.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from notices.press.fontconfig import FONTS

# Every font stack ends in this face, so what it lacks cannot be printed.
LAST_RESORT = "Song.ttf"

# Control, format (bidi, zero width), surrogates, private use: never on paper.
FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
LINE_BREAKS = frozenset("\n")

# Under which key a dictionary says whose facts it holds.
_WHO = ("member", "name", "head")


@dataclass(frozen=True, slots=True)
class Missing:
    """One character that cannot be printed, and in whose facts it stands."""

    person: str
    character: str

    @property
    def codepoint(self) -> str:
        """Return the Unicode number as offices quote it."""
        return f"U+{ord(self.character):04X}"

    @property
    def shown(self) -> str:
        """Return the character, or only its number when it shows nothing."""
        if unicodedata.category(self.character) in FORBIDDEN:
            return self.codepoint
        return f"{self.character}（{self.codepoint}）"


@cache
def coverage() -> frozenset[int]:
    """Return the code points of the face every stack ends in."""
    with TTFont(FONTS / LAST_RESORT, lazy=True) as face:
        return frozenset(face.getBestCmap())


def missing(text: str) -> list[str]:
    """Return the characters of a text that cannot be printed, each once, in order."""
    if printable().issuperset(text):
        return []
    covered = coverage()
    return list(dict.fromkeys(c for c in text if not _prints(c, covered)))


def missing_in(context: object, person: str = "") -> Iterator[Missing]:
    """Yield what cannot be printed anywhere in a context, with whose name it is."""
    if isinstance(context, str):
        yield from (Missing(person, character) for character in missing(context))
    elif isinstance(context, Mapping):
        whose = _who(context) or person
        for value in context.values():
            yield from missing_in(value, whose)
    elif isinstance(context, list | tuple):
        for value in context:
            yield from missing_in(value, person)


@cache
def printable() -> frozenset[str]:
    """Return every character that prints, to pass ordinary text at one look."""
    covered = coverage()
    return frozenset(c for c in map(chr, covered) if _prints(c, covered)) | LINE_BREAKS


def _prints(character: str, covered: frozenset[int]) -> bool:
    if character in LINE_BREAKS:
        return True
    if unicodedata.category(character) in FORBIDDEN:
        return False
    return ord(character) in covered


def _who(context: Mapping) -> str:
    found = (context.get(key) for key in _WHO)
    return next((str(name) for name in found if name), "")
