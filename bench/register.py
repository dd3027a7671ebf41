"""The register at a prefecture's size: in, counted, out, compared, and on the screen.

Invented households in the real division tree are written to one workbook per township,
imported by the road of the page, counted, exported and compared with a department's
rows; then place page and ledgers are opened. Beside each stands a bare baseline of the
same run. `--households` makes it smaller, `--json` prints one object.
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

from bench import machine, register_exports, register_pages, register_sheets
from bench.workers import timed
from permissions.models import Officer
from registry import divisions
from registry.ledgers import counting
from tests.locks import unlock

WHOLE = 194_618


def measure(households: int, folder: Path) -> dict[str, Any]:
    """Return the figures of every stage, in order."""
    settings.MEDIA_ROOT = folder / "media"
    divisions.load()
    by = Officer.objects.create_user("bench")
    files = register_sheets.write_townships(folder, households)
    found: dict[str, Any] = {"import": register_sheets.import_all(files, by.pk)}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    found["count"] = timed(counting.recount)
    found["count"]["differences"] = len(counting.differences())
    found["export"] = register_exports.export_all(by.pk)
    found["compare"] = register_exports.compare()
    found["pages"] = register_pages.opened()
    return found


def main() -> None:
    """Measure in a database of its own and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=WHOLE)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    try:
        with tempfile.TemporaryDirectory(prefix="cunxian-bench-") as folder:
            found = measure(asked.households, Path(folder))
        found["machine"] = machine.description()
        unlock()
    finally:
        teardown_databases(made, verbosity=0)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for stage, figures in found.items():
        print(stage)
        for name, figure in figures.items():
            print(f"  {name:28} {figure}")


if __name__ == "__main__":
    main()
