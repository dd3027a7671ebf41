"""Villages that become one: no list is left behind, nobody serves where no village is.

The register moves the households; this module knows what else stands in a village:
lists under way and posts. Knows no procedure by name.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from permissions.appointments import end
from permissions.models import Appointment, Officer
from registry import changes
from registry.moving import VillageMerger
from registry.refusals import HOUSE_RULE, Refusal
from workflows.models import Batch


def merge_villages(
    merger: VillageMerger, *, on: date, by: Officer | None, reason: str, now: datetime
) -> list[Refusal]:
    """Merge villages from `on` as the county's document says, or say why not.

    Refuses: lists_open, and what the register refuses.
    Effects: those of `registry.changes.merge_villages`; posts of the villages that
    end are over from that day, so that officers of the new one are appointed anew.
    """
    with transaction.atomic():
        wrong = _open_lists(merger)
        wrong = wrong or changes.merge_villages(merger, on=on, by=by, reason=reason)
        wrong = wrong or _end_posts(merger, on, reason, now)
        if wrong:
            transaction.set_rollback(True)
    return wrong


def _open_lists(merger: VillageMerger) -> list[Refusal]:
    running = Batch.objects.filter(place__in=merger.ending, closed_on=None)
    numbers = list(running.order_by("pk").values_list("number", flat=True))
    if not numbers:
        return []
    text = _("撤并的村还有批次没有办结：%(numbers)s")
    text %= {"numbers": _("、").join(numbers)}
    return [Refusal(code="lists_open", text=text, source=HOUSE_RULE)]


def _end_posts(
    merger: VillageMerger, on: date, reason: str, now: datetime
) -> list[Refusal]:
    held = Appointment.objects.filter(place__in=merger.ending, acting_for=None)
    wrong: list[Refusal] = []
    for one in held.overlapping(on, None).order_by("pk"):
        ended = end(one, on=max(on, one.since), by=None, reason=reason, now=now)
        wrong += ended if isinstance(ended, list) else []
    return wrong
