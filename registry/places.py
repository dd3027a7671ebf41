"""The 12-digit division code as a path, without a database.

It must not know any household or officer.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """The five levels of the statistical division code, highest first."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("州级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇级")
    VILLAGE = "village", _("村级")


CODE_LENGTH = 12

# Leading digits that name a place of each level: 2 + 2 + 2 + 3 + 3.
PREFIX: dict[Level, int] = {
    Level.PROVINCE: 2,
    Level.PREFECTURE: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
}


def level_of(code: str) -> Level:
    """Return the level a code names, read from its trailing zeros.

    Raises: ValueError when it is not twelve digits.
    """
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
        raise ValueError(code)
    return next(lv for lv, n in PREFIX.items() if not code[n:].strip("0"))


def ancestor(code: str, level: Level) -> str:
    """Return the code of the place of that level above (or at) `code`.

    Raises: ValueError when `code` itself lies above that level.
    """
    own = level_of(code)
    if PREFIX[own] < PREFIX[level]:
        raise ValueError(code, level)
    return code[: PREFIX[level]].ljust(CODE_LENGTH, "0")


def path(code: str) -> list[str]:
    """Return the codes from the province down to `code` itself."""
    own = PREFIX[level_of(code)]
    return [ancestor(code, level) for level, n in PREFIX.items() if n <= own]


def parent(code: str) -> str | None:
    """Return the code one level up, or nothing for a province."""
    above = path(code)[:-1]
    return above[-1] if above else None


def span(code: str) -> tuple[str, str]:
    """Return the half-open range of codes at and below `code`.

    The upper bound of a last block carries over (…999 -> next block). Past 99, which
    no province has, it is a colon: the character after 9.
    """
    digits = PREFIX[level_of(code)]
    prefix = code[:digits]
    carried = str(int(prefix) + 1).rjust(digits, "0")
    if len(carried) > digits:
        return code, ":".ljust(CODE_LENGTH, "0")
    return code, carried.ljust(CODE_LENGTH, "0")


def within(code: str, place: str) -> bool:
    """Return whether `code` lies at or below `place`."""
    low, high = span(place)
    return low <= code < high
