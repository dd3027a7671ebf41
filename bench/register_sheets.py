"""Stages of the register's bench that read and write sheets, two processes at a time."""

import io
import multiprocessing
import random
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import python_calamine
import xlsxwriter
from django.db import connection, connections
from django.utils import timezone

from bench.imports import ON, import_workbook
from permissions.models import Officer
from registry import columns, fictitious
from registry.comparing.matching import matched
from registry.entering import new_person
from registry.exports import asking
from registry.exports.homes import Folder
from registry.exports.layouts import NAMES, Layout
from registry.exports.making import Made
from registry.exports.workbook import TITLE, Workbook
from registry.identity import blind_index
from registry.models import Export, ExportLayout, Household, Person, Place
from registry.places import Level

CORES = 2
SEED = 7
DEPARTMENT_ROWS, SHARE_REGISTERED = 300_000, 0.4
SHEETS = ExportLayout.NATIONAL.sheets
BARE_ROWS = 20_000
IN_A_VILLAGE = 100
YES = {
    name: True
    for name, column in (columns.YEAR_OF_HOUSEHOLD | columns.YEAR_OF_PERSON).items()
    if column.kind is columns.Kind.YES_NO and name != "employee_medical"
}
NOUGHT = {
    name: "0"
    for name, column in columns.YEAR_OF_HOUSEHOLD.items()
    if column.kind is columns.Kind.NUMBER and column.unit in {"元", "亩"}
}


def timed(call: Callable[[], Any]) -> dict[str, Any]:
    """Return what a call gave and how long it took."""
    begun = perf_counter()
    answer = call()
    return {"done": answer, "seconds": round(perf_counter() - begun, 2)}


def peak_mb() -> int:
    """Return the most memory this process and its children have held."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, child) // 1024


def in_parallel(work: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Return what the work gave for every task, two processes at a time."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    # A worker that dies is an error here, not a wait without end.
    with ProcessPoolExecutor(CORES, mp_context=context) as pool:
        return list(pool.map(work, tasks))


def write_townships(folder: Path, households: int) -> list[tuple[str, Path]]:
    """Write one workbook per township with its share of the households."""
    villages = list(Place.objects.filter(level=Level.VILLAGE).order_by("code"))
    # A small run has fewer villages, not emptier ones: each file costs its processes.
    wanted = min(len(villages), max(1, households // IN_A_VILLAGE))
    villages = villages[:: len(villages) // wanted][:wanted]
    bounds = [households * n // len(villages) for n in range(len(villages) + 1)]
    by_township: dict[str, list[tuple[str, int]]] = {}
    for village, (low, high) in zip(villages, pairwise(bounds), strict=True):
        if high > low:
            there = by_township.setdefault(village.parent_id or "", [])
            there.append((village.pk, high - low))
    tasks = [
        (code, there, folder / f"{code}.xlsx") for code, there in by_township.items()
    ]
    return [*in_parallel(_write_township, tasks)]


def _write_township(
    task: tuple[str, list[tuple[str, int]], Path],
) -> tuple[str, Path]:
    code, villages, path = task
    names = dict(Place.objects.values_list("pk", "name"))
    folders = [
        f for village, count in villages for f in _folders(village, count, names)
    ]
    with path.open("wb") as to:
        book = Workbook(to, author="bench", note="", at=timezone.now())
        for name in SHEETS:
            layout = Layout(name=name, clear=True)
            rows = (row for folder in folders for row in layout.rows(folder))
            above = [(NAMES[name], TITLE)]
            book.add(NAMES[name], above, layout.headers, rows, text=layout.text)
        book.close()
    return code, path


def _folders(village: str, count: int, names: dict[str, str]) -> Iterator[Folder]:
    drafts = fictitious.households(Place(code=village), count, SEED)
    for number, draft in enumerate(drafts, start=1):
        home = Household(
            number=f"{village}{number:04d}",
            place_id=village,
            group=draft.group,
            main_cause=draft.main_cause,
            other_causes=list(draft.other_causes),
            housing_grade=draft.housing_grade,
            water_safe=draft.water_safe,
            farmland_mu=draft.farmland_mu,
            size=len(draft.members),
            head_name=draft.members[0].name,
        )
        home.members_then = [new_person(home, member, ON) for member in draft.members]
        for key, person in enumerate(home.members_then):
            person.pk = key
        yield Folder(
            home=home,
            standing="",
            places={"village": names[village]},
            year=2025,
            of_household={k: YES.get(k, NOUGHT.get(k)) for k in (*YES, *NOUGHT)},
            of_persons=dict.fromkeys(range(len(home.members_then)), YES),
        )


def import_all(files: list[tuple[str, Path]], by: int) -> dict[str, Any]:
    """Import every township; beside it a bare reader and bare rows by COPY."""
    begun = perf_counter()
    told = in_parallel(_import_one, [(code, path, by) for code, path in files])
    seconds = perf_counter() - begun
    bare = perf_counter()
    in_parallel(_read_bare, [path for _code, path in files])
    read = perf_counter() - bare
    persons = sum(count for count, _peak in told)
    return {
        "households": Household.objects.count(),
        "persons": persons,
        "seconds": round(seconds, 1),
        "persons_per_second": round(persons / seconds),
        "peak_mb": max(peak for _count, peak in told),
        "bare_calamine_seconds": round(read, 1),
        "times_bare_calamine": round(seconds / read, 1),
        **_bare_copy(seconds),
    }


def _import_one(task: tuple[str, Path, int]) -> tuple[int, int]:
    code, path, by = task
    count = import_workbook(path.read_bytes(), code, Officer.objects.get(pk=by))
    return count, peak_mb()


def _read_bare(path: Path) -> int:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return sum(
        len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names
    )


def _bare_copy(seconds: float) -> dict[str, Any]:
    """Copy the same persons into a bare table of the same columns."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE registry_person)")
        out = io.StringIO()
        with cursor.connection.cursor() as own:
            with own.copy("COPY registry_person TO STDOUT") as copy:
                for part in copy:
                    out.write(bytes(part).decode())
            begun = perf_counter()
            with own.copy("COPY bare FROM STDIN") as copy:
                copy.write(out.getvalue())
            took = perf_counter() - begun
            own.execute("DROP TABLE bare")
    return {
        "bare_copy_seconds": round(took, 2),
        "times_bare_copy": round(seconds / took, 1),
    }


def export_all(by: int) -> dict[str, Any]:
    """Export every county in the national system's two sheets, numbers in clear."""
    counties = Place.objects.filter(level=Level.COUNTY).order_by("code")
    begun = perf_counter()
    told = in_parallel(_export_one, [(county.pk, by) for county in counties])
    seconds = perf_counter() - begun
    rows = sum(count for count, *_rest in told)
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "megabytes": round(sum(size for _c, size, _p in told) / 1e6, 1),
        "peak_mb": max(peak for *_rest, peak in told),
        **_bare_writers(),
    }


def _export_one(task: tuple[str, int]) -> tuple[int, int, int]:
    code, by = task
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
    return made.rows, len(made.content), peak_mb()


def _bare_writers() -> dict[str, Any]:
    """Write the same ready rows with our stream and with XlsxWriter's fast mode."""
    layout = Layout(name=ExportLayout.NATIONAL_PERSONS, clear=True)
    width = len(layout.headers)
    row = ["433124110226", "石春生", 1] + ["是"] * (width - 3)
    rows = [row] * BARE_ROWS
    begun = perf_counter()
    book = Workbook(io.BytesIO(), author="", note="", at=timezone.now())
    book.add("bare", [("", TITLE)], layout.headers, rows)
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
