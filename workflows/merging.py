"""Villages that become one: no list is left behind, nobody serves where no village is.

The register moves the households; this module knows what else stands in a village:
lists under way and posts. Knows no procedure by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.appointments import end
from permissions.models import Appointment, Officer
from registry import changes
from registry.models import Household
from registry.moving import VillageMerger
from registry.refusals import HOUSE_RULE, Refusal
from workflows.models import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOf:
    """One group of a village that merges; `clashes` when another has its name."""

    village: str
    group: str
    households: int
    persons: int
    clashes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a merger would do, before anybody confirms it.

    Attributes:
        groups: households and persons of every group that would come together.
        lists: batches under way in villages that end; each of them stops the merger.
        posts: appointments that would be over.
        refused: every reason why not, as the merger itself would give it.
    """

    groups: list[GroupOf]
    lists: list[Batch]
    posts: list[Appointment]
    refused: list[Refusal]


def merge_villages(
    merger: VillageMerger, *, on: date, by: Officer | None, reason: str, now: datetime
) -> list[Refusal]:
    """Merge villages from `on` as the county's document says, or say why not.

    Refuses: merger_early, lists_open, and what the register refuses.
    Effects: those of `registry.changes.merge_villages`; posts of the villages that
    end are over from that day, so that officers of the new one are appointed anew.
    """
    with transaction.atomic():
        wrong = _too_early(on, now) or _open_lists(merger)
        wrong = wrong or changes.merge_villages(merger, on=on, by=by, reason=reason)
        wrong = wrong or _end_posts(merger, on, reason, now)
        if wrong:
            transaction.set_rollback(True)
    return wrong


def foresee(
    merger: VillageMerger, *, on: date, by: Officer | None, reason: str, now: datetime
) -> Outlook:
    """Return what the merger would do: it is done, looked at, and taken back."""
    groups = _groups(merger)
    posts = list(_posts(merger, on).select_related("officer", "place"))
    with transaction.atomic():
        refused = merge_villages(merger, on=on, by=by, reason=reason, now=now)
        transaction.set_rollback(True)
    return Outlook(
        groups=groups,
        lists=list(_running(merger).select_related("place")),
        posts=posts,
        refused=refused,
    )


def _groups(merger: VillageMerger) -> list[GroupOf]:
    rows = Household.objects.filter(place__in=merger.villages, until=None)
    counted = rows.order_by("place_id", "group").values_list("place_id", "group")
    found = list(counted.annotate(Count("pk"), Sum("size")))
    ahead = [merger.groups.get((v, g), g) for v, g, _homes, _people in found]
    return [
        GroupOf(
            village=village,
            group=group,
            households=households,
            persons=persons or 0,
            clashes=ahead.count(then) > 1,
        )
        for (village, group, households, persons), then in zip(
            found, ahead, strict=True
        )
    ]


def _too_early(on: date, now: datetime) -> list[Refusal]:
    if on <= timezone.localdate(now):
        return []
    text = _("合村要到生效当天或者以后才能办理")
    return [Refusal(code="merger_early", text=text, source=HOUSE_RULE)]


def _running(merger: VillageMerger) -> QuerySet[Batch]:
    running = Batch.objects.filter(place__in=merger.ending, closed_on=None)
    return running.order_by("pk")


def _open_lists(merger: VillageMerger) -> list[Refusal]:
    numbers = list(_running(merger).values_list("number", flat=True))
    if not numbers:
        return []
    text = _("撤并的村还有批次没有办结：%(numbers)s")
    text %= {"numbers": _("、").join(numbers)}
    return [Refusal(code="lists_open", text=text, source=HOUSE_RULE)]


def _posts(merger: VillageMerger, on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(place__in=merger.ending, acting_for=None)
    return held.overlapping(on, None).order_by("pk")


def _end_posts(
    merger: VillageMerger, on: date, reason: str, now: datetime
) -> list[Refusal]:
    wrong: list[Refusal] = []
    for one in _posts(merger, on):
        ended = end(one, on=max(on, one.since), by=None, reason=reason, now=now)
        wrong += ended if isinstance(ended, list) else []
    return wrong
