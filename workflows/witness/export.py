"""The ledger as a file that can be checked without the server.

One line a fact: a letter, a tab, and what it says. First the checkpoints and the leaves
of the tree, then each batch before its lines; a line of the ledger is the very text its
hash was taken of. The lines name officers and households by number only, but reasons
are in the officers' words: the file is for auditors, not for publishing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from workflows import ledger
from workflows.models import Batch, Checkpoint, Entry, Leaf

VERSION = 1
_CHUNK = 5000


def lines() -> Iterator[str]:
    """Yield the lines of the file, read in chunks.

    To be called in one transaction that sees one state (PostgreSQL: REPEATABLE READ);
    otherwise an act under way may look like a broken chain.
    """
    yield f"V\t{VERSION}"
    for one in Checkpoint.objects.order_by("number").iterator(_CHUNK):
        said = (one.number, _moment(one.at), one.size, one.root, one.prev, one.hash)
        yield _line("C", *said)
    leaves = Leaf.objects.order_by("position")
    for row in leaves.values_list("position", "batch_id", "length", "head").iterator(
        _CHUNK
    ):
        yield _line("L", *row)
    batches = Batch.objects.order_by("pk").values_list("pk", "number", "length", "head")
    for pk, number, length, head in batches.iterator(_CHUNK):
        yield _line("B", pk, length, head, number)
    entries = Entry.objects.order_by("batch_id", "seq")
    for entry in entries.iterator(_CHUNK):
        yield _line("E", ledger.canonical(entry), entry.hash)


def _line(letter: str, *said: object) -> str:
    # A number of a list holds no tab; JSON writes one as \t.
    return "\t".join([letter, *map(str, said)])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
