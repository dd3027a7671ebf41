"""Loads the facts gates read, for a whole list in a constant number of statements.

Knows tables and their copies in `facts`; not what a gate does with them.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from django.db.models import prefetch_related_objects

from procedures.facts import CaseFacts, HouseholdFacts
from procedures.gates import Gate
from procedures.load import (
    checks,
    family_changes,
    households,
    meetings,
    notices,
    removals,
    visits,
)
from procedures.load.request import Fields, Request, home_of
from procedures.record import Record
from workflows.models import Case
from workflows.rulebook import Rulebook

__all__ = ["LOADERS", "CaseFacts", "load_facts", "needs_of"]

Loader = Callable[[Request], dict[int, Fields]]

# What a gate may declare in `needs`, and who fetches it; each costs the number
# of statements written behind it.
LOADERS: dict[str, Loader] = {
    "application": households.applications,  # 1
    "other_open_case": households.other_open_cases,  # 1
    "kin": households.kin,  # 1
    "sent_back": households.sent_back,  # 1
    "visits": visits.visits,  # 1
    "family_change": family_changes.family_changes,  # 6
    "worksheets": visits.worksheets,  # 2
    "checklists": visits.checklists,  # 1
    "meetings": meetings.meetings,  # 3
    "confirmation": meetings.confirmations,  # 1
    "comparison": checks.comparisons,  # 2
    "sample": checks.samples,  # 1
    "site_checks": checks.site_checks,  # 1
    "sign_offs": checks.sign_offs,  # 1
    "roster": removals.rosters,  # 1
    "investigation": removals.investigations,  # 1
    "statement": removals.statements,  # 1
    "notice": notices.notices,  # 3
    "objections": notices.objections,  # 2, and 1 when one was upheld
}


def needs_of(gates: Iterable[Callable[..., Any]]) -> frozenset[str]:
    """Return all facts that some gates read together."""
    needs = (cast(Gate, gate).needs for gate in gates)
    return frozenset[str]().union(*needs)


def load_facts(
    record: Record,
    *,
    rulebook: Rulebook,
    today: date,
    need: frozenset[str] | None = None,
) -> dict[int, CaseFacts]:
    """Return the facts of each case on record; `need` None means the step's own.

    Households and batches are fetched once when the cases do not carry them.

    Raises: KeyError for a need nobody loads.
    """
    cases = record.cases
    if not cases:
        return {}
    prefetch_related_objects(cases, "household", "batch")
    request = Request(record=record, rulebook=rulebook, today=today)
    fields: dict[int, Fields] = {case.pk: {} for case in cases}
    for name in sorted(needs_of(record.step.gates) if need is None else need):
        for case_id, found in LOADERS[name](request).items():
            fields[case_id] |= found
    return {case.pk: _facts(case, request, fields[case.pk]) for case in cases}


def _facts(case: Case, request: Request, fields: dict[str, Any]) -> CaseFacts:
    home = home_of(case)
    kin: frozenset[str] = fields.pop("kin", frozenset())
    return CaseFacts(
        case_id=case.pk,
        step=request.step.name,
        household=HouseholdFacts(
            head=home.head_name,
            group=home.group,
            size=home.size,
            status=home.status,
            housing_grade=home.housing_grade,
            kin=kin,
        ),
        listed=len(request.cases),
        held=case.held,
        **fields,
    )
