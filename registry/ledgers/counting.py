"""Keeping the figures of every village, and reading them for any day.

For the present day they are the kept ones, with the villages in which something has
happened since counted afresh; for another day the villages touched after it are counted
as they stood. So a figure is never out of date, only dearer while it has not been kept.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.fields.json import KT

from registry.as_of import touched_after
from registry.ledgers.folding import fold
from registry.models import Household, Place, Uncounted, VillageFigures
from registry.places import span

# Villages counted in one transaction: some 12,000 households of the prefecture's size.
_VILLAGES = 100


def read(code: str, day: date) -> dict[str, dict[str, int]]:
    """Return village code -> numbers on that day, of the villages within a place.

    Four statements whatever the size, seven when a village is counted afresh; a village
    without households has no numbers or is absent.
    """
    low, high = span(code)
    # Asked before the kept figures: a village kept meanwhile is then right either way.
    waiting = _within(Uncounted.objects.order_by(), low, high)
    afresh = set(waiting.values_list("place_id", flat=True).distinct())
    afresh |= _touched(code, day)
    kept = _within(VillageFigures.objects.all(), low, high)
    found = {
        village: numbers
        for village, numbers in kept.values_list("place_id", "figures")
        if village not in afresh
    }
    return found | {code: one.to_store() for code, one in fold(afresh, day).items()}


def recount(most: int | None = None) -> int:
    """Count the villages in which something has happened, and keep their figures.

    Returns how many; `most` leaves the rest to the next turn. Idempotent; two workers at
    once do no harm, for each keeps what it counted after the changes it then crosses off.
    """
    waiting = Uncounted.objects.order_by("place_id").values_list("place_id", flat=True)
    villages = list(waiting.distinct()[:most])
    for start in range(0, len(villages), _VILLAGES):
        _keep(villages[start : start + _VILLAGES])
    return len(villages)


def differences() -> dict[str, dict[str, Any]]:
    """Return village -> kept and counted figures wherever they differ: the proof.

    Villages that wait to be counted are no difference. Nothing is repaired.
    """
    waiting = set(Uncounted.objects.order_by().values_list("place_id", flat=True))
    kept = dict(VillageFigures.objects.values_list("place_id", "figures"))
    true = {
        village: found.to_store() for village, found in fold(None, date.max).items()
    }
    return {
        village: {"kept": kept.get(village, {}), "counted": true.get(village, {})}
        for village in sorted(kept.keys() | true.keys())
        if village not in waiting and kept.get(village, {}) != true.get(village, {})
    }


def mark_all() -> int:
    """Mark every village that has households or figures; return how many."""
    homes = Household.objects.order_by().values_list("place_id", flat=True)
    codes = set(homes.distinct())
    codes |= set(VillageFigures.objects.values_list("place_id", flat=True))
    Uncounted.objects.bulk_create([Uncounted(place_id=code) for code in sorted(codes)])
    return len(codes)


@transaction.atomic
def _keep(villages: Collection[str]) -> None:
    # Locked, so that an older count never overwrites a newer one.
    list(Place.objects.select_for_update(no_key=True).filter(pk__in=villages))
    seen = list(
        Uncounted.objects.filter(place_id__in=villages).values_list("pk", flat=True)
    )
    found = fold(villages, date.max)
    VillageFigures.objects.bulk_create(
        [
            VillageFigures(place_id=code, figures=found[code].to_store())
            if code in found
            else VillageFigures(place_id=code)
            for code in villages
        ],
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["figures"],
    )
    Uncounted.objects.filter(pk__in=seen).delete()


def _touched(code: str, day: date) -> set[str]:
    """Return the villages of a place of which a later day knows more than that day."""
    low, high = span(code)
    later = touched_after(day).order_by()
    here = later.filter(household__place_id__gte=low, household__place_id__lt=high)
    codes = set(here.values_list("household__place_id", flat=True).distinct())
    # As text: SQLite would hand out the digits of a code as a number.
    moved = later.filter(before__has_key="village").annotate(was=KT("before__village"))
    codes |= set(moved.values_list("was", flat=True))
    return {one for one in codes if low <= one < high}


def _within(rows: Any, low: str, high: str) -> Any:
    return rows.filter(place_id__gte=low, place_id__lt=high)
