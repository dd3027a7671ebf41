"""Invented households as workbooks of the townships, and their way into the register."""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import python_calamine
from django.db import connection
from django.utils import timezone

from bench.imports import ON, import_workbook
from bench.workers import Told, cpu_seconds, in_parallel, peak_mb, worked
from permissions.models import Officer
from registry import columns, fictitious
from registry.entering import new_person
from registry.exports.homes import Folder
from registry.exports.layouts import NAMES, Layout
from registry.exports.pages import TITLE, Page
from registry.exports.workbook import Workbook
from registry.models import ExportLayout, Household, Place
from registry.places import Level

SEED = 7
SHEETS = ExportLayout.NATIONAL.sheets
IN_A_VILLAGE = 100
# Two of three invented families have so many members, 3.75 on average: Xiangxi had 3.76.
SMALLEST, SPARE = 3, 20
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
        layouts = [Layout(name=name, clear=True) for name in SHEETS]
        rows = (
            (place, row)
            for folder in folders
            for place, layout in enumerate(layouts)
            for row in layout.rows(folder)
        )
        book.add([_page(layout) for layout in layouts], rows)
        book.close()
    return code, path


def _page(layout: Layout) -> Page:
    name = NAMES[layout.name]
    above = [(name, TITLE)]
    return Page(name=name, above=above, headers=layout.headers, text=layout.text)


def _folders(village: str, count: int, names: dict[str, str]) -> Iterator[Folder]:
    drafts = fictitious.households(Place(code=village), 2 * count + SPARE, SEED)
    families = [draft for draft in drafts if len(draft.members) >= SMALLEST]
    for number, draft in enumerate(families[:count], start=1):
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
    largest_first = sorted(files, key=lambda file: -file[1].stat().st_size)
    begun = perf_counter()
    told = in_parallel(_import_one, [(code, path, by) for code, path in largest_first])
    seconds = perf_counter() - begun
    bare = perf_counter()
    in_parallel(_read_bare, [path for _code, path in files])
    read = perf_counter() - bare
    persons = sum(one.rows for one in told)
    return {
        "households": Household.objects.count(),
        "persons": persons,
        "seconds": round(seconds, 1),
        "persons_per_second": round(persons / seconds),
        **worked(told),
        "bare_calamine_seconds": round(read, 1),
        "times_bare_calamine": round(seconds / read, 1),
        **_bare_copy(seconds),
    }


def _import_one(task: tuple[str, Path, int]) -> Told:
    code, path, by = task
    begun = cpu_seconds()
    count = import_workbook(path.read_bytes(), code, Officer.objects.get(pk=by))
    return Told(count, cpu_seconds() - begun, peak_mb())


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
