"""Which characters our faces can print, asked before anything is written.

Must not know any paper. A missing glyph is a silent box in the PDF, hence the check.
"""

import json
import unicodedata
from collections.abc import Mapping
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


def missing_in(context: object) -> list[Missing]:
    """Return what cannot be printed anywhere in a context, with whose name it is."""
    # All texts at one look: hardly any paper has a character nobody can print. JSON
    # spells controls with a backslash, so a text with another than "\\n" is looked into.
    whole = json.dumps(context, ensure_ascii=False, default=str).replace(r"\n", "")
    if "\\" not in whole and printable().issuperset(whole):
        return []
    texts: list[tuple[str, str]] = []
    _gather(context, "", texts)
    return [Missing(person, c) for person, text in texts for c in missing(text)]


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


def _gather(context: object, person: str, texts: list[tuple[str, str]]) -> None:
    """Add every text of a context, with the person whose facts it belongs to."""
    if isinstance(context, str):
        texts.append((person, context))
    elif isinstance(context, Mapping):
        whose = _who(context) or person
        for value in context.values():
            _gather(value, whose, texts)
    elif isinstance(context, list | tuple):
        for value in context:
            _gather(value, person, texts)


def _who(context: Mapping) -> str:
    for key in _WHO:
        if name := context.get(key):
            return str(name)
    return ""
