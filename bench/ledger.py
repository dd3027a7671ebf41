"""Checking an exported ledger of a million lines, alone and without a database.

Prints lines per second of the stand-alone checker against a bare pass that hashes the
same lines in the same run, faults (there must be none) and peak memory. ``--json``
prints the same as one object.
"""

import argparse
import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from bench import machine
from workflows import ledger
from workflows.models import Checkpoint, Entry, Leaf
from workflows.witness import check_ledger, checkpoints
from workflows.witness.merkle import Frontier

LINES, LIST, EVERY = 1_000_000, 200, 50
START = datetime(2016, 1, 1, tzinfo=UTC)


def chain(batch: int, length: int) -> Iterator[tuple[str, str]]:
    """Yield the text and the hash of each line of one list."""
    prev = ledger.GENESIS
    for seq in range(1, length + 1):
        entry = Entry(
            batch_id=batch,
            seq=seq,
            case_id=batch * LIST + seq % 50,
            act=Entry.Act.PASS,
            step="township_review",
            source="consented",
            target="reviewed",
            actor_id=7,
            appointment_id=9,
            at=START + timedelta(minutes=seq),
            prev=prev,
        )
        text = ledger.canonical(entry)
        prev = hashlib.sha256(text.encode()).hexdigest()
        yield text, prev


def write(path: Path, lines: int) -> str:
    """Write a ledger of so many lines as `export_ledger` would; return its checkpoint."""
    tree, made = Frontier(), []
    before, rows, leaves = ledger.GENESIS, [], []
    for batch in range(1, lines // LIST + 1):
        facts = list(chain(batch, LIST))
        head = facts[-1][1]
        rows.append(f"B\t{batch}\t{LIST}\t{head}\t批次{batch}")
        rows += [f"E\t{text}\t{own}" for text, own in facts]
        leaf = Leaf(position=batch - 1, batch_id=batch, length=LIST, head=head)
        leaves.append(f"L\t{batch - 1}\t{batch}\t{LIST}\t{head}")
        tree = tree.grown([checkpoints.leaf_data(leaf)])
        if batch % EVERY == 0:
            number = len(made) + 1
            one = Checkpoint(number=number, size=tree.size, root=tree.root.hex())
            one.at, one.prev = START + timedelta(hours=number), before
            before = one.hash = checkpoints.checkpoint_hash(one)
            at = one.at.isoformat(timespec="microseconds")
            said = (number, at, one.size, one.root, one.prev, one.hash)
            made.append("\t".join(["C", *map(str, said)]))
    path.write_text("\n".join(["V\t1", *made, *leaves, *rows, ""]), encoding="utf-8")
    return f"{tree.size}:{tree.root.hex()[:32]}"


def bare(path: Path) -> float:
    """Return the seconds of a pass that reads and hashes every line."""
    start = time.process_time()
    with path.open("rb") as file:
        for line in file:
            hashlib.sha256(line).digest()
    return time.process_time() - start


def measure(lines: int) -> dict[str, Any]:
    """Return speed, ratio, faults and memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        printed = check_ledger.typed(write(path, lines))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        checker = check_ledger.Checker([printed])
        start = time.process_time()
        with path.open(encoding="utf-8") as file:
            checker.read(file)
        took, plain = time.process_time() - start, bare(path)
        size = path.stat().st_size
    return {
        "machine": machine.description(),
        "lines": checker.chains.entries,
        "file_mb": round(size / 2**20),
        "check_cpu_s": round(took, 1),
        "lines_a_second": round(checker.chains.entries / took),
        "bare_hashing_cpu_s": round(plain, 1),
        "check_to_bare": round(took / plain, 1),
        "faults": len(checker.faults),
        "peak_before_checking_mb": round(before / 1024),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lines", type=int, default=LINES)
    asked = parser.parse_args()
    found = measure(asked.lines)
    if asked.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for key, value in found.items():
        sys.stdout.write(f"{key:28} {value}\n")


if __name__ == "__main__":
    main()
