"""Gathering the chains that have grown, and saying so in a checkpoint.

Called by the worker's tick. Knows the ledger's chains, not what their lines say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from registry.rows import add_rows
from workflows.ledger import GENESIS
from workflows.models import Batch, Checkpoint, Leaf
from workflows.witness.merkle import Frontier

# So many digits of the root are printed and typed: 128 bits.
PRINTED_DIGITS = 32


class Broken(Exception):
    """The tree kept with a checkpoint is not the one the checkpoint says."""


def latest() -> Checkpoint | None:
    """Return the newest checkpoint, or None while there is none."""
    return Checkpoint.objects.order_by("-number").first()


def printed() -> str:
    """Return the newest checkpoint for a paper: leaves, digits of the root, day.

    Parted by colons; empty while there is none. One statement.
    """
    found = Checkpoint.objects.order_by("-number").values_list("size", "root", "at")
    for size, root, at in found[:1]:
        day = timezone.localdate(at)
        return f"{size}:{root[:PRINTED_DIGITS]}:{day.isoformat()}"
    return ""


def make(at: datetime) -> Checkpoint | None:
    """Gather all chains that have grown since; None when none has.

    Effects: leaves and one checkpoint. Of two workers at once one does it: the other
    finds the number taken and leaves it to the next turn.
    Raises: Broken when the last checkpoint was tampered with.
    """
    try:
        with transaction.atomic():
            return _make(at)
    except IntegrityError:
        return None


def _make(at: datetime) -> Checkpoint | None:
    before = latest()
    tree = frontier(before)
    if before and tree.root.hex() != before.root:
        raise Broken(before)
    leaves = [
        Leaf(position=tree.size + n, batch_id=pk, length=length, head=head)
        for n, (pk, length, head) in enumerate(_grown())
    ]
    if not leaves:
        return None
    grown = tree.grown(leaf_data(leaf) for leaf in leaves)
    made = Checkpoint(
        number=before.number + 1 if before else 1,
        at=max(at, before.at) if before else at,
        size=grown.size,
        root=grown.root.hex(),
        peaks=[peak.hex() for peak in grown.peaks],
        prev=before.hash if before else GENESIS,
    )
    made.hash = checkpoint_hash(made)
    add_rows(leaves)
    made.save(force_insert=True)
    return made


def frontier(checkpoint: Checkpoint | None) -> Frontier:
    """Return the tree as it stood at a checkpoint."""
    if checkpoint is None:
        return Frontier()
    peaks = tuple(bytes.fromhex(peak) for peak in checkpoint.peaks)
    return Frontier(checkpoint.size, peaks)


def leaf_data(leaf: Leaf) -> bytes:
    """Return the bytes of a leaf: batch, length and head of its chain."""
    return f"{leaf.batch_id} {leaf.length} {leaf.head}".encode()


def checkpoint_hash(checkpoint: Checkpoint) -> str:
    """Return what binds a checkpoint to all before it."""
    at = checkpoint.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = (checkpoint.number, at, checkpoint.size, checkpoint.root, checkpoint.prev)
    return hashlib.sha256(" ".join(map(str, said)).encode()).hexdigest()


def _grown() -> Sequence[tuple[int, int, str]]:
    """Return (batch, length, head) of each chain longer than its last leaf."""
    last = Leaf.objects.filter(batch=OuterRef("pk")).order_by("-length")
    known = Coalesce(Subquery(last.values("length")[:1]), 0)
    grown = Batch.objects.alias(
        known=models.ExpressionWrapper(known, models.IntegerField())
    ).filter(length__gt=F("known"))
    return list(grown.order_by("pk").values_list("pk", "length", "head"))
