"""How much room the register takes: bytes measured per household, per case and paper.

A small register is entered and one list carried through every step of identification;
what its tables, indexes and papers take is divided and multiplied. Run it on
PostgreSQL: `bin/pg-throwaway .venv/bin/python bench/sizes.py`.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from bench import machine
from notices import tasks
from notices.models import Paper
from tests.locks import unlock
from tests.world import World

# The whole country in the years of the founding documents, and one prefecture.
COUNTRY = {"households": 29_480_000, "villages": 128_000}
PREFECTURE = {"households": 194_618, "villages": 1_797}
# Taken on the register once and off it once.
CASES_EACH = 2
ENTERED, A_LIST, RENDERED = 2_000, 50, 12
SLUG = "household_identification"
GIB = 1 << 30


def database_bytes() -> int:
    """Return what tables, indexes and overflow take, unused room left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return int(cursor.fetchone()[0])


def media_bytes(root: Path) -> int:
    """Return what the files take."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def measure(root: Path) -> dict[str, float]:
    """Return bytes per household, per case and per paper."""
    settings.MEDIA_ROOT = root
    world = World.build()
    empty = database_bytes()
    households = world.households(ENTERED)
    entered = database_bytes()
    for start in range(0, ENTERED // 4, A_LIST):
        batch = world.open(SLUG, households[start : start + A_LIST])
        while batch.closed_on is None:
            world.step(batch)
    walked, cases = database_bytes(), ENTERED // 4
    photographs = media_bytes(root)
    papers = list(Paper.objects.order_by("?")[:RENDERED])
    for paper in papers:
        tasks.attempt(paper)
    rendered = media_bytes(root) - photographs
    return {
        "household_bytes": (entered - empty) / ENTERED,
        "case_bytes": (walked - entered) / cases,
        "papers_per_case": Paper.objects.count() / cases,
        "paper_bytes": rendered / len(papers),
    }


def needed(found: dict[str, float], area: dict[str, int]) -> dict[str, float]:
    """Return GiB for an area whose households each have `CASES_EACH` cases."""
    cases = area["households"] * CASES_EACH
    register = area["households"] * found["household_bytes"]
    papers = cases * found["papers_per_case"]
    return {
        "register_gib": register / GIB,
        "cases_and_ledger_gib": cases * found["case_bytes"] / GIB,
        "papers_million": papers / 1e6,
        "papers_gib": papers * found["paper_bytes"] / GIB,
        "database_mib_per_village": (register + cases * found["case_bytes"])
        / area["villages"]
        / (1 << 20),
    }


def main() -> None:
    """Measure in a database of its own and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    assert connection.vendor == "postgresql", "SQLite is for one office"
    old = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(Path(folder))
            unlock()
    finally:
        teardown_databases(old, verbosity=0)
    report: dict[str, Any] = {
        "machine": machine.description(),
        "measured": found,
        "prefecture": needed(found, PREFECTURE),
        "country": needed(found, COUNTRY),
    }
    if asked.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for part, figures in report.items():
        print(part)
        for name, value in figures.items():
            shown = f"{value:,.1f}" if isinstance(value, float) else value
            print(f"  {name:28} {shown}")


if __name__ == "__main__":
    main()
