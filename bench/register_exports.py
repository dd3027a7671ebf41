"""The register on its way out, and found on a department's list."""

import io
import random
from datetime import date
from time import perf_counter
from typing import Any

import xlsxwriter
from django.utils import timezone

from bench.workers import Told, cpu_seconds, in_parallel, peak_mb, worked
from permissions.models import Officer
from registry.comparing.matching import matched
from registry.exports import asking
from registry.exports.layouts import Layout
from registry.exports.making import Made
from registry.exports.pages import TITLE, Page
from registry.exports.workbook import Workbook
from registry.identity import blind_index
from registry.models import Export, ExportLayout, Household, Person, Place
from registry.places import Level, span

SEED = 7
DEPARTMENT_ROWS, SHARE_REGISTERED = 300_000, 0.4
BARE_ROWS = 20_000


def export_all(by: int) -> dict[str, Any]:
    """Export every county in the national system's two sheets, numbers in clear."""
    counties = Place.objects.filter(level=Level.COUNTY).values_list("pk", flat=True)
    # The largest first, so that no worker begins one when the others have ended.
    counties = sorted(counties, key=_households_of, reverse=True)
    begun = perf_counter()
    told = in_parallel(_export_one, [(county, by) for county in counties])
    seconds = perf_counter() - begun
    rows = sum(one.rows for one in told)
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        **worked(told),
        "megabytes": round(sum(one.size for one in told) / 1e6, 1),
        **_bare_writers(),
    }


def _households_of(county: str) -> int:
    low, high = span(county)
    return Household.objects.filter(place_id__gte=low, place_id__lt=high).count()


def _export_one(task: tuple[str, int]) -> Told:
    code, by = task
    begun = cpu_seconds()
    wish = asking.Wish(
        place=Place.objects.get(pk=code),
        layout=ExportLayout.NATIONAL,
        form="xlsx",
        on=date(2026, 2, 1),
        clear=True,
        purpose="测量全量导出",
    )
    officer = Officer.objects.get(pk=by)
    export = asking.ask(wish, by=officer, title="bench", at=timezone.now())
    assert isinstance(export, Export), export
    made = Made(export, lambda _rows: None)
    made.keep()
    return Told(made.rows, cpu_seconds() - begun, peak_mb(), len(made.content))


def _bare_writers() -> dict[str, Any]:
    """Write the same ready rows with our stream and with XlsxWriter's fast mode."""
    layout = Layout(name=ExportLayout.NATIONAL_PERSONS, clear=True)
    width = len(layout.headers)
    row = ["433124110226", "石春生", 1] + ["是"] * (width - 3)
    rows = [row] * BARE_ROWS
    begun = perf_counter()
    book = Workbook(io.BytesIO(), author="", note="", at=timezone.now())
    page = Page(name="bare", above=[("", TITLE)], headers=layout.headers)
    book.add([page], ((0, cells) for cells in rows))
    book.close()
    ours = perf_counter() - begun
    begun = perf_counter()
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as theirs:
        sheet = theirs.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    other = perf_counter() - begun
    return {
        "bare_stream_rows_per_second": round(BARE_ROWS / ours),
        "xlsxwriter_rows_per_second": round(BARE_ROWS / other),
    }


def compare() -> dict[str, Any]:
    """Match a department's rows against the register by blind index."""
    chance = random.Random(SEED)
    known = list(Person.objects.exclude(id_index="").values_list("id_index", flat=True))
    share = min(int(DEPARTMENT_ROWS * SHARE_REGISTERED), len(known))
    strangers = DEPARTMENT_ROWS - share
    begun = perf_counter()
    given = {blind_index(f"99{n:016d}") for n in range(strangers)}
    indexed = perf_counter() - begun
    given |= set(chance.sample(known, share))
    begun = perf_counter()
    found = matched(given, Household.objects.filter(until=None))
    seconds = perf_counter() - begun
    return {
        "department_rows": len(given),
        "persons": len(known),
        "found": len(found),
        "seconds_matching": round(seconds, 2),
        "seconds_indexing_strangers": round(indexed, 2),
    }
