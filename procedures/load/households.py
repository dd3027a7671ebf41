"""Loads applications, other open cases, returns and officials' relatives.

Knows these tables; no gate.
"""

from django.utils import timezone

from procedures.facts import ApplicationFacts
from procedures.load.request import Fields, Request, home_of
from procedures.models import Application
from workflows.models import Case, Entry


def applications(request: Request) -> dict[int, Fields]:
    """Return each case's application."""
    rows = request.filed.applications
    return {row.case_id: {"application": _application(row)} for row in rows}


def other_open_cases(request: Request) -> dict[int, Fields]:
    """Return which households stand on another list as well."""
    running = (
        Case.objects.filter(household_id__in=request.household_ids, closed_on=None)
        .exclude(pk__in=request.case_ids)
        .values_list("household_id", flat=True)
    )
    busy = set(running)
    return {
        case.pk: {"other_open_case": case.household_id in busy}
        for case in request.cases
    }


def sent_back(request: Request) -> dict[int, Fields]:
    """Return the day each case was last sent back to an earlier step."""
    returns = [stop for stop in request.stops if stop.act == Entry.Act.RETURN]
    last = {stop.case_id: stop.at for stop in sorted(returns, key=lambda stop: stop.at)}
    return {pk: {"since": timezone.localdate(at)} for pk, at in last.items()}


def kin(request: Request) -> dict[int, Fields]:
    """Return the names of officials who declared the household a relative's."""
    names: dict[int, set[str]] = {}
    for bond in request.record.bonds:
        if bond.declared_on <= request.today:
            names.setdefault(bond.household_id, set()).add(bond.officer_name)
    return {
        case.pk: {"kin": frozenset(names.get(home_of(case).pk, ()))}
        for case in request.cases
    }


def _application(row: Application) -> ApplicationFacts:
    return ApplicationFacts(
        made_by=row.made_by,
        group_reason=row.group_reason,
        applied_on=row.applied_on,
        signed=row.signature_id is not None,
        thumb=row.thumb,
        proxy=row.proxy_name,
        witness=row.witness_name,
    )
