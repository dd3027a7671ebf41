"""The replay of 2016 at a smaller scale: case-steps a second, desk by desk, and memory.

Prints what `manage.py replay_2016` measures in a database of its own, and how long the
whole prefecture would take at the same pace. `--households` and `--workers` as there;
`--json` prints one object.
"""

import argparse
import io
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
from django.core.management import call_command
from django.test.utils import setup_databases, teardown_databases

from bench import machine
from procedures.management.commands.replay_2016 import lines
from procedures.rehearsal.year_2016.figures import ON_RECORD
from procedures.rehearsal.year_2016.plan import plan
from tests.locks import unlock

HOUSEHOLDS = 2000


def measure(households: int, workers: int) -> dict[str, Any]:
    """Return the command's report, with what it means for the whole prefecture."""
    out = io.StringIO()
    call_command(
        "replay_2016", households=households, workers=workers, json=True, stdout=out
    )
    told = json.loads(out.getvalue())
    told["total"] |= _whole(told, households)
    told["total"] |= machine.description() | {"workers": workers}
    return told


def _whole(told: dict[str, Any], households: int) -> dict[str, float]:
    """Return the minutes of the whole year, by villages and by households.

    An act costs its fixed share per list and its share per household; lists grow with
    the villages, so the whole lies between the two. On a busy machine the processor's
    minutes say more; the database's own are not among them.
    """
    minutes = told["total"]["played_s"] / 60
    busy = told["total"]["cpu_s"] / 60
    villages = len(plan().villages) / len(plan(households).villages)
    homes = ON_RECORD.households / households
    return {
        "whole_by_villages_min": round(minutes * villages, 1),
        "whole_by_households_min": round(minutes * homes, 1),
        "whole_cpu_by_villages_min": round(busy * villages, 1),
    }


def main() -> None:
    """Measure in a database of its own and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    try:
        with tempfile.TemporaryDirectory(prefix="cunxian-bench-") as folder:
            settings.MEDIA_ROOT = Path(folder)
            told = measure(asked.households, asked.workers)
        unlock()
    finally:
        teardown_databases(made, verbosity=0)
    if asked.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print("\n".join(lines(told)))


if __name__ == "__main__":
    main()
