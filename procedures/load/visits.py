"""Loads visits, worksheets and checklists, the latest of each step.

Knows these tables; no gate.
"""

from procedures.facts import (
    ChecklistFacts,
    LineFacts,
    VisitFacts,
    WorksheetFacts,
)
from procedures.load.request import Fields, Request, latest_by_step
from procedures.models import Checklist, LineKind, Visit, Worksheet

CHECKLIST_FIELDS = (
    "income_over_line",
    "food",
    "clothing",
    "water_quality",
    "water_litres",
    "water_minutes",
    "water_metres",
    "water_dry_days",
    "school",
    "medical",
    "housing_grade",
    "housing_certificate",
)


def visits(request: Request) -> dict[int, Fields]:
    """Return each case's last visit at every step."""
    rows = (
        Visit.objects.filter(case_id__in=request.case_ids)
        .order_by("visited_on", "pk")
        .prefetch_related("visitors")
    )
    return latest_by_step(rows, "visits", _visit)


def worksheets(request: Request) -> dict[int, Fields]:
    """Return each case's last worksheet at every step."""
    rows = (
        Worksheet.objects.filter(case_id__in=request.case_ids)
        .order_by("pk")
        .prefetch_related("lines")
    )
    return latest_by_step(rows, "worksheets", _worksheet)


def checklists(request: Request) -> dict[int, Fields]:
    """Return each case's last checklist at every step."""
    rows = Checklist.objects.filter(case_id__in=request.case_ids).order_by("pk")
    return latest_by_step(rows, "checklists", _checklist)


def _visit(row: Visit) -> VisitFacts:
    names = tuple(visitor.name for visitor in row.visitors.all())
    return VisitFacts(visited_on=row.visited_on, visitors=names)


def _worksheet(row: Worksheet) -> WorksheetFacts:
    return WorksheetFacts(
        year=row.year,
        period_from=row.period_from,
        period_to=row.period_to,
        size=row.size,
        sums={
            LineKind.WAGE.value: row.wages,
            LineKind.OPERATING.value: row.operating,
            LineKind.PROPERTY.value: row.property,
            LineKind.TRANSFER.value: row.transfer,
            LineKind.COST.value: row.costs,
        },
        net=row.net,
        per_head=row.per_head,
        lines=tuple(
            LineFacts(kind=line.kind, amount=line.amount, excluded=line.excluded)
            for line in row.lines.all()
        ),
        signed=row.signed,
        photographed=row.photo_id is not None,
    )


def _checklist(row: Checklist) -> ChecklistFacts:
    answers = {field: getattr(row, field) for field in CHECKLIST_FIELDS}
    return ChecklistFacts(**answers, blockers=tuple(row.blockers))
