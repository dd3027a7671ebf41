"""One desk action on 50 households, with gates, ledger, tasks and papers.

Prints its statements and its time against two baselines of the same run: a bare
``executemany`` that writes the same rows, and one viewflow process (a batch of one)
per household, with the same gates, ledger and papers.
``--json`` prints the same as one object.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from bench import machine
from bench.baselines import bare_rows
from tests.locks import unlock
from tests.world import World
from workflows.actions import PASS, Done, act
from workflows.models import Batch, Case

PROCEDURE, STEP = "household_exit", "township_review"
HOUSEHOLDS, ROUNDS = 50, 12
TRANSACTION = {"BEGIN", "COMMIT"}


def prepare() -> tuple[World, list[Batch], list[Batch]]:
    """Return lists of many and lists of one that wait with right facts."""
    world = World.build()
    many = HOUSEHOLDS * ROUNDS
    households = world.households(many + HOUSEHOLDS, registered=True)
    sizes = [HOUSEHOLDS] * ROUNDS + [1] * HOUSEHOLDS
    batches = []
    for size in sizes:
        batches.append(world.open(PROCEDURE, households[:size]))
        households = households[size:]
    for batch in batches:
        world.until(batch, STEP)
    for batch in batches:
        world.fill(batch, {})
    return world, batches[:ROUNDS], batches[ROUNDS:]


def submit(world: World, batch: Batch) -> Callable[[], Any]:
    """Return the act on a batch, ready to be called."""
    cases = Case.objects.filter(batch=batch, closed_on=None)
    call = {
        "batch_id": batch.pk,
        "step": STEP,
        "verdicts": dict.fromkeys(cases.values_list("pk", flat=True), PASS),
        "by": world.hat(batch),
        "key": f"bench-{batch.pk}",
        "version": batch.version,
        "now": world.now,
    }
    return lambda: act(**call)


def seconds(call: Callable[[], Any]) -> float:
    """Return the wall time of a call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure() -> dict[str, Any]:
    """Return statements, medians and ratios."""
    world, batches, singles = prepare()
    warm, counted, *timed = batches
    seconds(submit(world, warm))
    call = submit(world, counted)
    with CaptureQueriesContext(connection) as captured:
        assert isinstance(call(), Done)
    sent = [q["sql"] for q in captured if q["sql"] not in TRANSACTION]
    # By turns, so that both meet the same neighbours on a shared machine.
    ours, bare = [], []
    for batch in timed:
        ours.append(seconds(submit(world, batch)))
        bare.append(seconds(bare_rows(batch)))
    each = [seconds(submit(world, batch)) for batch in singles]
    act_ms, bare_ms = (1000 * statistics.median(found) for found in (ours, bare))
    each_ms = 1000 * sum(each)
    return {
        "machine": machine.description(),
        "households": HOUSEHOLDS,
        "rounds": len(timed),
        "statements": len(sent),
        "act_ms": round(act_ms, 1),
        "bare_executemany_ms": round(bare_ms, 1),
        "process_per_household_ms": round(each_ms, 1),
        "act_to_bare": round(act_ms / bare_ms, 2),
        "process_per_household_to_act": round(each_ms / act_ms, 1),
    }


def main() -> None:
    """Measure in a throw-away database and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = measure()
    finally:
        unlock()
        teardown_databases(databases, verbosity=0)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for key, value in found.items():
        sys.stdout.write(f"{key:32} {value}\n")


if __name__ == "__main__":
    main()
