"""Loads visits, worksheets and checklists, the latest of each step.

Knows these tables; no gate.
"""

from django.db.models import F

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
    """Return each case's last visit at every step; one row per visitor, one query."""
    rows = Visit.objects.filter(case_id__in=request.case_ids).order_by(
        "visited_on", "pk"
    )
    visitors: dict[int, list[str]] = {}
    made = {}
    for visit in rows.annotate(visitor=F("visitors__name")):
        made[visit.pk] = visit
        visitors.setdefault(visit.pk, []).append(visit.visitor)

    def copy(row: Visit) -> VisitFacts:
        names = tuple(name for name in visitors[row.pk] if name is not None)
        return VisitFacts(visited_on=row.visited_on, visitors=names)

    return latest_by_step(made.values(), "visits", copy)


def worksheets(request: Request) -> dict[int, Fields]:
    """Return each case's last worksheet at every step."""
    return latest_by_step(request.filed.worksheets, "worksheets", _worksheet)


def checklists(request: Request) -> dict[int, Fields]:
    """Return each case's last checklist at every step."""
    return latest_by_step(request.filed.checklists, "checklists", _checklist)


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
