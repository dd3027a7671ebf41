"""Background work of the engine: clocks that have run out.

Idempotent: run twice, or by two workers at once, it does the same once.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError

from workflows.actions import close_clock
from workflows.calendar import UnknownHolidayYear
from workflows.errors import WorkflowError
from workflows.models import Batch
from workflows.witness import checkpoints

logger = logging.getLogger(__name__)


def tick(now: datetime) -> int:
    """Let every publicity period that is over reach its closing desk.

    Returns how many did. One batch that fails does not stop the others' turn:
    each has its own transaction and the next tick tries again.
    """
    over = Batch.objects.filter(clock_until__lt=now.date(), closed_on=None)
    ids = list(over.order_by("clock_until", "pk").values_list("pk", flat=True))
    return sum(_closed(pk, now) for pk in ids)


def gather(now: datetime) -> bool:
    """Make a checkpoint of what the ledger has gained; return whether there was any.

    A tree that does not fit its last checkpoint is said loudly and built upon never
    again: papers then keep printing the last good one.
    """
    try:
        return checkpoints.make(now) is not None
    except checkpoints.Broken:
        logger.critical("the ledger's tree does not fit its last checkpoint")
        return False


def _closed(batch_id: int, now: datetime) -> bool:
    try:
        return close_clock(batch_id, now=now)
    except (DatabaseError, UnknownHolidayYear, WorkflowError):
        logger.exception("the clock of batch %s did not close", batch_id)
        return False
