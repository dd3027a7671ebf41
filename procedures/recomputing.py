"""Whose income is to be reckoned anew: the family changed after it was reckoned last.

Income per head is income by registered persons (P43i), so a changed number of persons
makes an old figure wrong; that the household's attribute is looked at as well is
assumed (law §1.7). Knows entered changes and worksheets; decides nothing.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.models import FamilyChange, FamilyEvent, Worksheet
from procedures.natural_change import ENTERED
from registry.codes import Standing
from registry.models import Household

# Whole households that move or end share their income with nobody new.
COUNTING = frozenset(FamilyEvent) - {
    FamilyEvent.MOVE,
    FamilyEvent.LEFT_COUNTY,
    FamilyEvent.END,
}
RECKONED = frozenset({Standing.REGISTERED, Standing.EXITED})


class Reckoned(NamedTuple):
    """When an income was reckoned last, and for how many."""

    on: date
    size: int


def changed_since(households: Collection[Household]) -> dict[int, date]:
    """Return household id -> day its family changed since its income was reckoned.

    Two statements. What counts is the day of entry: a worksheet made later, or made
    the same day for as many persons as there are now, knew of the change.
    """
    sizes = {home.pk: home.size for home in households}
    known = _reckoned(sizes)
    found: dict[int, date] = {}
    for pk, happened, entered in _entered(sizes):
        last = known.get(pk)
        if last is None or (last.on, last.size == sizes[pk]) < (entered, True):
            found[pk] = happened
    return found


def remarks(household: Household, today: date) -> list[str]:
    """Return what the household's file says: reckon again, and since when."""
    if household.until or household.status not in RECKONED:
        return []
    changed = changed_since([household]).get(household.pk)
    return [said(changed)] if changed else []


def said(changed: date) -> str:
    """Return the sentence for a file or a worksheet."""
    day = date_format(changed, _("Y年n月j日"))
    return _("%(day)s家庭人口变动，须重新测算人均纯收入、核定户属性") % {"day": day}


def _reckoned(ids: Collection[int]) -> dict[int, Reckoned]:
    rows = Worksheet.objects.filter(case__household__in=ids).order_by("recorded_at")
    columns = rows.values_list("case__household_id", "recorded_at", "size")
    return {pk: Reckoned(timezone.localdate(at), size) for pk, at, size in columns}


def _entered(ids: Collection[int]) -> list[tuple[int, date, date]]:
    """Return (household, day it happened, day it was entered), oldest first.

    A split changes the household it made, a merger the one that was joined.
    """
    concerned = Q(case__household__in=ids) | Q(made__in=ids) | Q(other__in=ids)
    rows = FamilyChange.objects.filter(
        concerned, case__state=ENTERED, event__in=COUNTING
    ).order_by("case__closed_on", "pk")
    columns = ("case__household_id", "made_id", "other_id")
    return [
        (pk, happened, entered)
        for *homes, happened, entered in rows.values_list(
            *columns, "happened_on", "case__closed_on"
        )
        for pk in homes
        if pk in ids
    ]
