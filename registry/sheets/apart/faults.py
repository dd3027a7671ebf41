"""Why a file is not read at all, as a word; the sentence is the parent's."""

from typing import Final


class Unfit(Exception):
    """The file is refused as a whole; `word` is one of those below."""

    def __init__(self, word: str, **numbers: int) -> None:
        """Keep the word and the numbers of its sentence."""
        super().__init__(word)
        self.word = word
        self.numbers = numbers


NOT_A_SHEET: Final = "not_a_sheet"
MARKUP: Final = "markup"
OTHER_OFFICE: Final = "other_office"
ENCRYPTED: Final = "encrypted"
MACROS: Final = "macros"
LINKS: Final = "links"
EMBEDDED: Final = "embedded"
DTD: Final = "dtd"
BROKEN: Final = "broken"
BOMB: Final = "bomb"
UNPACKED: Final = "unpacked"
PARTS: Final = "parts"
CELLS: Final = "cells"
AREA: Final = "area"
CODING: Final = "coding"
EMPTY: Final = "empty"
# Said by the parent of a child that did not survive.
GAVE_UP: Final = "gave_up"
