"""The administrative divisions of Xiangxi and what left poverty there in 2016.

Data: statistical division codes, edition 2023-06-30 (G6); founding document, section
二 (S0). It must not know any household.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from registry.models import Place
from registry.places import Level, ancestor, parent

DATA = Path(__file__).parent / "data"

# Assumed: the edition of 2023 is read as valid since the registers were opened.
# Real dates of mergers (1,961 villages became 1,567) are still to be entered.
ASSUMED_SINCE = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class Division:
    """One line of the divisions file."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class CountyExits:
    """Persons and villages of one county that left poverty in 2016."""

    code: str
    county: str
    persons: int
    villages: int


@transaction.atomic
def load(on: date = ASSUMED_SINCE) -> int:
    """Enter the divisions that are missing and put names right; return how many.

    A place that is already there keeps its dates, so loading twice changes nothing.
    """
    Place.objects.bulk_create(
        [
            Place(
                code=d.code,
                name=d.name,
                level=d.level,
                parent_id=parent(d.code),
                valid_from=on,
            )
            for d in divisions()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent"],
    )
    return len(divisions())


@lru_cache(maxsize=1)
def divisions() -> tuple[Division, ...]:
    """Return the divisions, each after the one above it."""
    return tuple(
        Division(row["code"], row["name"], Level(row["level"]))
        for row in _rows("divisions-433100.csv")
    )


@lru_cache(maxsize=1)
def village_ordinals() -> dict[str, tuple[int, int]]:
    """Return village code -> (its place in its county's list, length of that list)."""
    by_county: dict[str, list[str]] = {}
    for d in divisions():
        if d.level is Level.VILLAGE:
            by_county.setdefault(ancestor(d.code, Level.COUNTY), []).append(d.code)
    return {
        code: (n, len(codes))
        for codes in by_county.values()
        for n, code in enumerate(codes)
    }


def exits_2016() -> list[CountyExits]:
    """Return the figures of the eight counties; 192,107 persons, 285 villages."""
    return [
        CountyExits(
            row["code"],
            row["county"],
            int(row["persons_exited"]),
            int(row["villages_exited"]),
        )
        for row in _rows("xiangxi-2016.csv")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
