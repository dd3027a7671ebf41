"""Background work of the engine: clocks that have run out.

Idempotent: run twice, or by two workers at once, it does the same once.
"""

from __future__ import annotations

from datetime import datetime

from workflows.actions import close_clock
from workflows.models import Batch


def tick(now: datetime) -> int:
    """Let every publicity period that is over reach its closing desk.

    Returns how many did. One batch that fails does not stop the others' turn:
    each has its own transaction and the next tick tries again.
    """
    over = Batch.objects.filter(clock_until__lt=now.date(), closed_on=None)
    ids = list(over.order_by("clock_until", "pk").values_list("pk", flat=True))
    return sum(close_clock(pk, now=now) for pk in ids)
