"""How fast a township's workbook comes into the register, by the road of the page.

`import_workbook` is the function; run as a script it makes one township of invented
persons and prints rows per second and the memory of both processes.
"""

import os
import random
import resource
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import xlsxwriter
from django.core.management import call_command
from django.utils import timezone

from permissions.models import Officer
from registry import columns
from registry.codes import Standing
from registry.identity import check_digit
from registry.models import Household, ImportRun, Person, Place, RunState
from registry.sheets.acceptance import choose, write_chosen
from registry.sheets.runs import Wish, check, open_run

ON = date(2026, 1, 1)
SHARE_OF = {"配偶": 0.8, "之子": 0.66, "之女": 0.9, "之母": 0.4}


def import_workbook(data: bytes, place_code: str, by: Officer) -> int:
    """Check and accept a workbook whole; return how many persons it brought."""
    run = open_run(
        Place.objects.get(pk=place_code),
        data,
        wish=Wish(on=ON, year=2025, standing=Standing.REGISTERED),
        name="township.xlsx",
        by=by,
        at=timezone.now(),
    )
    assert isinstance(run, ImportRun), run
    state = check(run.pk)
    assert state == RunState.CHECKED, (state, run.fault)
    villages = list(run.villages.values_list("place_id", flat=True))
    refused = choose(run, villages, by=by)
    assert not refused, [str(one) for one in refused]
    assert write_chosen(run.pk) == len(villages)
    return sum(run.villages.values_list("persons", flat=True))


def workbook(villages: list[Place], households: int, chance: random.Random) -> bytes:
    """Return a township in the two sheets of the national system."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        homes = list(_homes(villages, households, chance))
        _sheet(book, "户信息", columns.HOUSEHOLD_COLUMNS, [h for h, _m in homes])
        members = [member for _home, found in homes for member in found]
        _sheet(book, "人口信息", columns.PERSON_COLUMNS, members)
    return out.getvalue()


def _homes(
    villages: list[Place], households: int, chance: random.Random
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    sequence = iter(range(10**6))
    for number in range(households):
        village = villages[number % len(villages)]
        members = [_person("户主", chance, sequence)]
        members += [
            _person(relation, chance, sequence)
            for relation, share in SHARE_OF.items()
            if chance.random() < share
        ]
        where = {
            "village": village.name,
            "household_number": f"{village.pk}{number // len(villages) + 1:04d}",
            "year": 2025,
        }
        home = where | {
            "head_name": members[0]["name"],
            "head_id": members[0]["id_number"],
            "size": len(members),
            "wage_income": chance.randint(400, 60_000),
            "bank_card": f"6217{chance.randint(10**14, 10**15 - 1)}",
            "main_cause": "因病",
            "water_safe": "是",
        }
        yield (
            _filled(home, columns.HOUSEHOLD_COLUMNS),
            [_filled(where | member, columns.PERSON_COLUMNS) for member in members],
        )


def _person(
    relation: str, chance: random.Random, sequence: Iterator[int]
) -> dict[str, Any]:
    man = relation in {"户主", "之子"}
    year = {"之母": 1940, "之子": 1995, "之女": 1996}.get(relation, 1968)
    number = next(sequence)
    born = date(
        year + number // 168_000, 1 + number // 14_000 % 12, 1 + number // 500 % 28
    )
    body = f"433124{born:%Y%m%d}{number % 500 * 2 + man:03d}"
    return {
        "name": "石" + "".join(chr(chance.randint(0x4E00, 0x9F00)) for _ in "名字"),
        "relation": relation,
        "sex": "男" if man else "女",
        "birth": born.isoformat(),
        "id_number": body + check_digit(body),
        "nationality": "苗族",
        "education": "初中",
        "labour": "普通劳动力",
        "health": "健康",
    }


def _filled(told: dict[str, Any], known: tuple[columns.Column, ...]) -> dict[str, Any]:
    """Fill in what a full export fills in: yes and no, areas, small sums."""
    for column in known:
        match column.kind:
            case columns.Kind.YES_NO if column.identifier != "employee_medical":
                told.setdefault(column.identifier, "是")
            case columns.Kind.NUMBER if column.unit in {"元", "亩"}:
                told.setdefault(column.identifier, 0)
    return told


def _sheet(
    book: Any, name: str, known: tuple[columns.Column, ...], rows: list[dict[str, Any]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, [column.header for column in known])
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(known):
            if (value := row.get(column.identifier)) is not None:
                sheet.write(number, place, value)


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 1678
    call_command("migrate", verbosity=0)
    call_command("load_divisions", verbosity=0)
    township = Place.objects.get(pk="433124110000")
    villages = list(Place.objects.filter(parent=township).order_by("code"))
    data = workbook(villages, households, random.Random(7))
    by = Officer.objects.create_user("bench")
    begun, worked = perf_counter(), process_time()
    persons = import_workbook(data, township.pk, by)
    seconds = perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert Person.objects.count() == persons
    print(f"{Household.objects.count()} 户 {persons} 人 {len(data) / 1e6:.1f} MB xlsx")
    print(f"{seconds:.1f} s, {persons / seconds:.0f} 人/s")
    print(f"本进程 {process_time() - worked:.1f} s CPU {own.ru_maxrss // 1024} MB")
    print(
        f"子进程 {child.ru_utime + child.ru_stime:.1f} s CPU {child.ru_maxrss // 1024} MB"
    )
    print(f"731,782 人单进程约 {731_782 / (persons / seconds) / 60:.1f} 分")


if __name__ == "__main__":
    main()
