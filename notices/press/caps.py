"""How much one paper may say: the last look before a page is laid out.

Forms refuse earlier and more kindly; this stops what came another way. Must not know
any paper.
"""

from collections.abc import Mapping
from typing import Final

# The longest box of a form takes 2,000 characters; a name of as many takes seconds.
LONGEST_TEXT: Final = 4_000
# A town of 2,000 households is the largest list known.
LONGEST_LIST: Final = 10_000


class TooMuch(ValueError):
    """A text or a list that is beyond every paper."""


def hold(context: object, where: str = "") -> None:
    """Go on only with facts of a size that can be printed.

    Raises: TooMuch, naming the field and its size, never its words.
    """
    if isinstance(context, str):
        _at_most(LONGEST_TEXT, len(context), where)
    elif isinstance(context, Mapping):
        for key, value in context.items():
            hold(value, f"{where}.{key}" if where else str(key))
    elif isinstance(context, list | tuple):
        _at_most(LONGEST_LIST, len(context), where)
        for value in context:
            hold(value, where)


def _at_most(most: int, size: int, where: str) -> None:
    if size > most:
        raise TooMuch(f"{where}: {size} > {most}")
