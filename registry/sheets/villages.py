"""Which village a row speaks of: by its columns, its sheet, its number, or the scope.

It must not know households.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from registry.models import Place
from registry.places import CODE_LENGTH, Level, span, within
from registry.sheets.rules import Fault
from registry.sheets.tables import Line

_ENDINGS: Final = (
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "社区居民委员会",
)
_NUMBER_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Villages:
    """The villages of the scope by name, and by the name of their township."""

    scope: str
    names: Mapping[str, str]
    by_name: Mapping[str, frozenset[str]]
    by_township: Mapping[tuple[str, str], frozenset[str]]

    def village_of(self, line: Line) -> str | Fault:
        """Return the village's code, or why it cannot be told.

        Faults: village_unknown, village_ambiguous, village_outside, village_missing.
        """
        number = line.values.get("household_number", "")
        if name := line.values.get("village", ""):
            return self._named(name, line.values.get("township", ""), number)
        found = self.by_name.get(_key(line.table.sheet), frozenset())
        for only in (found, self.names):
            if len(only) == 1:
                return next(iter(only))
        if len(number) == _NUMBER_LENGTH and number.isdigit():
            return self._numbered(number[:CODE_LENGTH])
        return Fault("village_missing", "village")

    def _named(self, name: str, township: str, number: str) -> str | Fault:
        found = self.by_name.get(_key(name), frozenset())
        if len(found) > 1 and township:
            found = self.by_township.get((_key(township), _key(name)), frozenset())
        if len(found) > 1:
            found &= {number[:CODE_LENGTH]}
            if not found:
                return Fault("village_ambiguous", "village")
        if not found:
            return Fault("village_unknown", "village")
        return next(iter(found))

    def _numbered(self, code: str) -> str | Fault:
        if code in self.names:
            return code
        inside = within(code, self.scope)
        return Fault(
            "village_unknown" if inside else "village_outside", "household_number"
        )


def villages_in(scope: str, on: date) -> Villages:
    """Return the villages at and below a place that exist on that day; one statement."""
    low, high = span(scope)
    rows = (
        Place.objects.filter(code__gte=low, code__lt=high, level=Level.VILLAGE)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
        .values_list("code", "name", "parent__name")
    )
    names: dict[str, str] = {}
    by_name: dict[str, set[str]] = defaultdict(set)
    by_township: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name, township in rows:
        names[code] = name
        by_name[_key(name)].add(code)
        by_township[_key(township or ""), _key(name)].add(code)
    return Villages(
        scope,
        names,
        {name: frozenset(codes) for name, codes in by_name.items()},
        {names_: frozenset(codes) for names_, codes in by_township.items()},
    )


def _key(name: str) -> str:
    """Return a name without the office that sits there: 十八洞村村委会 is 十八洞村."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return plain.removesuffix("村").removesuffix("社区") or plain
