"""What goes wrong that is no legal "no": races and trespass."""

from __future__ import annotations

from workflows.models import Batch, Entry


class WorkflowError(Exception):
    """Root of the engine's exceptions; see the tree in ``workflows``."""


class Trespass(WorkflowError):
    """The officer does not hold the post of this step at this place today."""


class Stale(WorkflowError):
    """Somebody moved the batch since the officer's page was made.

    Attributes:
        batch: the batch as it is now.
        last: the entry that moved it, or None when nothing is recorded.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.last: Entry | None = (
            batch.entries.select_related("actor", "appointment").order_by("seq").last()
        )
        super().__init__(f"batch {batch.pk} is at version {batch.version}")
