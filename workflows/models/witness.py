"""The tree over the ledger's chains, and its checkpoints; append-only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.record import AppendOnly
from workflows.models.batches import Batch


class Leaf(AppendOnly):
    """How far a batch's chain had come when it was gathered: a leaf of the tree.

    Attributes:
        position: from 0, without gaps.
        length, head: of the batch at that moment.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="leaves")
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("账本叶")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["batch", "length"], name="leaf_once"),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.batch_id}#{self.length}"


class Checkpoint(AppendOnly):
    """How large the tree was at a moment, and its root; chained to the one before.

    Attributes:
        number: from 1, without gaps.
        peaks: what the tree needs to go on growing, as hexadecimal text.
        hash: over number, moment, size, root and the hash of the one before.
    """

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    size = models.PositiveBigIntegerField(_("叶数"))
    root = models.CharField(_("根"), max_length=64)
    peaks: Any = models.JSONField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("账本校验点")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.size} {self.root}"
