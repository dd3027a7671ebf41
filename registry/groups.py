"""Village groups in the order of the village: 第二组 comes before 第十组.

Must not know what is sorted.
"""

import re

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_NUMBER = re.compile(r"[0-9]+|[〇一二三四五六七八九十百]+")
_UNITS = {"十": 10, "百": 100}
# Groups without a number stand after all that have one.
_LAST = 10_000


def place_in_village(group: str) -> tuple[int, str]:
    """Return the key by which groups are sorted: their number, then their name."""
    found = _NUMBER.search(group)
    return (_value(found[0]) if found else _LAST), group


def _value(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    total = digit = 0
    for char in text:
        if unit := _UNITS.get(char):
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[char]
    return total + digit
