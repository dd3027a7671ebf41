"""What was filed about the cases of a list, read once for gates and papers.

Knows the tables of facts; not what a gate or a paper makes of a row. A kind is read
when it is first asked for, for all cases at once, oldest row first.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Prefetch

from procedures.models import (
    Application,
    ChangedPerson,
    Checklist,
    FamilyChange,
    Sample,
    SiteCheck,
    Worksheet,
)
from workflows.machine import Step
from workflows.models import Batch, Case


class SiteCheckRow(NamedTuple):
    """A check on site, as far as gates and papers read it."""

    pk: int
    case_id: int
    step: str
    checked_on: date
    checkers: list[str]
    finding: str
    note: str


class Filed:
    """The rows of some cases; of a list's step where a fact belongs to the list."""

    def __init__(self, batch: Batch, cases: Sequence[Case], step: Step) -> None:
        self.case_ids = [case.pk for case in cases]
        self.batch_ids = {batch.pk, *(case.batch_id for case in cases)}
        self.step = step

    @cached_property
    def applications(self) -> list[Application]:
        """Return the applications, one per case."""
        return list(Application.objects.filter(case__in=self.case_ids))

    @cached_property
    def worksheets(self) -> list[Worksheet]:
        """Return the worksheets with their lines."""
        rows = Worksheet.objects.filter(case__in=self.case_ids)
        return list(rows.prefetch_related("lines").order_by("pk"))

    @cached_property
    def checklists(self) -> list[Checklist]:
        """Return the checklists."""
        return list(Checklist.objects.filter(case__in=self.case_ids).order_by("pk"))

    @cached_property
    def site_checks(self) -> list[SiteCheckRow]:
        """Return the checks on site."""
        rows = SiteCheck.objects.filter(case__in=self.case_ids).order_by("pk")
        return list(map(SiteCheckRow._make, rows.values_list(*SiteCheckRow._fields)))

    @cached_property
    def family_changes(self) -> list[FamilyChange]:
        """Return the reported changes with their persons, one per case."""
        people = ChangedPerson.objects.select_related("person")
        rows = FamilyChange.objects.filter(case__in=self.case_ids)
        rows = rows.select_related("other", "village")
        return list(rows.prefetch_related(Prefetch("persons", people)))

    @cached_property
    def samples(self) -> dict[int, Sample]:
        """Return the samples drawn at this step, by batch."""
        rows = Sample.objects.filter(batch__in=self.batch_ids, step=self.step.name)
        return {row.batch_id: row for row in rows}
