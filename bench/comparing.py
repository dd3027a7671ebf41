"""What finding persons on a department's list costs, at the size of the prefecture.

`make_persons` fills an empty PostgreSQL with rows alone, so this is about matching and
not about entering; `bench/register.py` may call `compare` on its own register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from django.db import connection

from registry import divisions
from registry.comparing import rows
from registry.comparing.departments import named
from registry.comparing.matching import matched
from registry.comparing.rows import Given
from registry.identity import blind_index, check_digit
from registry.models import Household, Person

HOUSEHOLDS, PERSONS, ROWS = 194_618, 731_782, 300_000
VILLAGE = "433124110226"
LIST = "vehicles"
HEADER = ("机动车所有人", "公民身份号码", "车辆类型", "初次登记日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of the two halves, and how many people were found."""

    reading: float
    matching: float
    found: int


def compare(lines: Sequence[rows.Line]) -> Cost:
    """Compare a department's lines, header first, with the whole register."""
    began = perf_counter()
    given = {
        one.number.index
        for one in rows.read(lines, named(LIST))
        if isinstance(one, Given)
    }
    read = perf_counter()
    found = matched(given, Household.objects.filter(until=None))
    return Cost(reading=read - began, matching=perf_counter() - read, found=len(found))


def number(nth: int) -> str:
    """Return the nth fictitious number; every one of them is well formed."""
    day = date.fromordinal(date(1930, 1, 1).toordinal() + nth // 1000)
    body = f"433124{day:%Y%m%d}{nth % 1000:03d}"
    return body + check_digit(body)


def department_lines(count: int = ROWS) -> list[rows.Line]:
    """Return a list of which every tenth row is about somebody of the register."""
    people = (n if n % 10 == 0 else PERSONS + n for n in range(count))
    said = (("石某", number(n), "小型轿车", "2017-03-01") for n in people)
    return list(enumerate([HEADER, *said], start=1))


def make_persons() -> None:
    """Fill an empty database with households and persons, as rows alone."""
    day = date(2014, 1, 1)
    divisions.load()
    homes = Household.objects.bulk_create(
        (
            Household(number=f"{n:016d}", place_id=VILLAGE, since=day, size=4)
            for n in range(HOUSEHOLDS)
        ),
        batch_size=5000,
    )
    Person.objects.bulk_create(
        (
            Person(
                household_id=homes[n % HOUSEHOLDS].pk,
                name="石某",
                relation="02" if n < HOUSEHOLDS else "20",
                sex="1",
                birth=day,
                joined_on=day,
                id_index=blind_index(number(n)),
            )
            for n in range(PERSONS)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
