"""The ledger: append-only lines, chained by hash within their batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from permissions.models import Appointment
from registry.rows import add_rows
from workflows.models import Batch, Entry

GENESIS = "0" * 64

_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is to be written about one case, or about the batch when case is None."""

    act: str
    step: str = ""
    case_id: int | None = None
    source: str = ""
    target: str = ""
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def canonical(entry: Entry) -> str:
    """Return an entry as the one JSON text that its hash is taken of."""
    body = {
        "batch": entry.batch_id,
        "seq": entry.seq,
        "case": entry.case_id,
        "act": str(entry.act),
        "step": entry.step,
        "source": entry.source,
        "target": entry.target,
        "actor": entry.actor_id,
        "appointment": entry.appointment_id,
        "reason": entry.reason,
        "data": entry.data,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "prev": entry.prev,
    }
    return _canonical(body)


def entry_hash(entry: Entry) -> str:
    """Return the hash of an entry: SHA-256 of its canonical JSON with ``prev``."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def append(
    batch: Batch, lines: Sequence[Line], *, by: Appointment | None, at: datetime
) -> list[Entry]:
    """Write lines after the batch's last one, in one statement.

    Effects: entries inserted; ``batch.length`` and ``batch.head`` changed in
    memory. The caller holds the batch's lock and saves it.
    """
    entries = []
    for line in lines:
        data = dict(line.data)
        if by is not None and by.acting_for_id:
            data["acting_for"] = by.acting_for_id
        entry = Entry(
            batch_id=batch.pk,
            seq=batch.length + 1,
            case_id=line.case_id,
            act=line.act,
            step=line.step,
            source=line.source,
            target=line.target,
            actor_id=by.officer_id if by else None,
            appointment_id=by.pk if by else None,
            reason=line.reason,
            data=data,
            at=at,
            prev=batch.head,
        )
        entry.hash = entry_hash(entry)
        batch.length, batch.head = entry.seq, entry.hash
        entries.append(entry)
    add_rows(entries)
    return entries


def faults(batch: Batch, entries: Iterable[Entry]) -> list[str]:
    """Return what is wrong with a batch's chain; an empty list when it holds."""
    found: list[str] = []
    prev, seq = GENESIS, 0
    for entry in entries:
        seq += 1
        if entry.seq != seq:
            found.append(f"{batch}: 第 {seq} 条缺失，见到第 {entry.seq} 条")
            seq = entry.seq
        if entry.prev != prev:
            found.append(f"{batch}: 第 {entry.seq} 条不接上一条")
        if entry.hash != entry_hash(entry):
            found.append(f"{batch}: 第 {entry.seq} 条内容被改动")
        prev = entry.hash
    if (batch.length, batch.head) != (seq, prev):
        found.append(f"{batch}: 末条与批次登记不符（{seq}／{batch.length}）")
    return found
