"""Loads the roster a household stands on, what was found, what it says.

Knows these tables; no gate.
"""

from procedures.facts import InvestigationFacts, RosterFacts, StatementFacts
from procedures.load.request import Fields, Request, home_of
from procedures.models import Conclusion, Investigation, Statement
from workflows.models import RosterEntry


def rosters(request: Request) -> dict[int, Fields]:
    """Return where the last meeting up to this day put each household."""
    rows = RosterEntry.objects.filter(
        household_id__in=request.household_ids, meeting__held_on__lte=request.today
    ).select_related("meeting__campaign")
    last = {row.household_id: row for row in rows.order_by("meeting__held_on", "pk")}
    return {
        case.pk: {"roster": _roster(last[home_of(case).pk])}
        for case in request.cases
        if home_of(case).pk in last
    }


def investigations(request: Request) -> dict[int, Fields]:
    """Return each case's last finding."""
    rows = Investigation.objects.filter(case__in=request.case_ids).order_by("pk")
    return {
        row.case_id: {
            "investigation": InvestigationFacts(
                removes=row.conclusion == Conclusion.REMOVE,
                grounds=tuple(row.grounds),
                evidence=row.evidence,
            )
        }
        for row in rows
    }


def statements(request: Request) -> dict[int, Fields]:
    """Return each case's last statement."""
    rows = Statement.objects.filter(case__in=request.case_ids).order_by("pk")
    return {
        row.case_id: {
            "statement": StatementFacts(
                stated_on=row.stated_on,
                objects=row.objects_to_it,
                answered=bool(row.answer),
            )
        }
        for row in rows
    }


def _roster(row: RosterEntry) -> RosterFacts:
    met = row.meeting
    return RosterFacts(
        roster=row.roster,
        campaign=met.campaign.title,
        met_on=met.held_on,
        running=met.campaign.is_running(met.held_on),
    )
