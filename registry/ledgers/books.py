"""A ledger: the figures of a place on a day, with those of every place right below it.

Rows are sums of the villages' figures, so a township book and the village rosters under
it cannot disagree. It must not know who reads.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_noop

from registry.codes import Standing
from registry.ledgers import counting
from registry.ledgers.figures import ON_RECORD, Figures
from registry.models import Place
from registry.places import Level, ancestor, level_of

# 县有档、乡有簿、村有册 and the prefecture's 库 (S0, S2); a household has its card.
NAMES: dict[Level, str] = {
    Level.PROVINCE: gettext_noop("省级档案库"),
    Level.PREFECTURE: gettext_noop("州级档案库"),
    Level.COUNTY: gettext_noop("县级档案"),
    Level.TOWNSHIP: gettext_noop("乡镇登记簿"),
    Level.VILLAGE: gettext_noop("村级名册"),
}
# In the order in which a ledger tells them.
STANDINGS = (*ON_RECORD, Standing.REMOVED, Standing.UNREGISTERED)
_BELOW = dict(zip(list(Level)[:-1], list(Level)[1:], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place right below, and its figures."""

    place: Place
    villages: int
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What a place's ledger says of a day; a village has no rows."""

    place: Place
    day: date
    rows: tuple[Row, ...]
    total: Row


def ledger(place: Place, day: date) -> Ledger:
    """Return the ledger of a place as of a day; five statements, eight at most."""
    numbers = counting.read(place.code, day)
    below = _BELOW.get(level_of(place.code))
    rows = [] if below is None else _rows(place, below, day, numbers)
    total = Figures()
    for figures in (row.figures.numbers for row in rows) if rows else numbers.values():
        total.add(figures)
    villages = sum(bool(figures) for figures in numbers.values())
    there = Row(place=place, villages=villages, figures=total)
    return Ledger(place=place, day=day, rows=tuple(rows), total=there)


def _rows(
    place: Place, below: Level, day: date, numbers: dict[str, dict[str, int]]
) -> list[Row]:
    found: dict[str, Figures] = {}
    villages: dict[str, int] = {}
    for village, figures in numbers.items():
        child = ancestor(village, below)
        found.setdefault(child, Figures()).add(figures)
        villages[child] = villages.get(child, 0) + bool(figures)
    # A merged village that still has households keeps its line, or nothing would add up.
    living = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    some = [code for code, figures in found.items() if figures.numbers]
    places = Place.objects.filter(parent=place).filter(living | Q(pk__in=some))
    return [
        Row(
            place=child,
            villages=villages.get(child.code, 0),
            figures=found.get(child.code, Figures()),
        )
        for child in places.order_by("code")
    ]
