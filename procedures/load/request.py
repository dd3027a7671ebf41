"""What a loader is asked: which cases, at which step, by which book, on which day.

Knows no table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from procedures.filed import Filed
from procedures.record import Record
from registry.models import Household
from workflows.machine import Step
from workflows.models import Case
from workflows.road import Stop
from workflows.rulebook import Rulebook

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call of `load_facts`."""

    record: Record
    rulebook: Rulebook
    today: date

    @property
    def cases(self) -> Sequence[Case]:
        return self.record.cases

    @property
    def step(self) -> Step:
        return self.record.step

    @property
    def filed(self) -> Filed:
        """Return the rows of facts that papers read as well."""
        return self.record.filed

    @property
    def stops(self) -> Sequence[Stop]:
        """Return what the ledger says of these cases, oldest first."""
        return self.record.road.stops

    @property
    def case_ids(self) -> list[int]:
        return [case.pk for case in self.cases]

    @property
    def batch_ids(self) -> set[int]:
        return {case.batch_id for case in self.cases}

    @property
    def household_ids(self) -> list[int]:
        return [home_of(case).pk for case in self.cases]


def home_of(case: Case) -> Household:
    """Return the household of a case; these procedures have no other cases.

    Raises: ValueError for a case about a place.
    """
    if case.household is None:
        raise ValueError(f"case {case.pk} is about no household")
    return case.household


def latest_by_step(
    rows: Iterable[Any], field: str, copy: Callable[[Any], object]
) -> dict[int, Fields]:
    """Return per case its rows by step; of several the last one given stays."""
    found: dict[int, Fields] = {}
    for row in rows:
        by_step = found.setdefault(row.case_id, {}).setdefault(field, {})
        by_step[row.step] = copy(row)
    return found
