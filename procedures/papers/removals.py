"""Papers of a removal: what was found, what the household is told, what is posted.

Knows what each says; on the wall stand group, head and size, never the ground.
"""

from notices.papers import Draft
from procedures.gates.removals import grounds_of
from procedures.models import Hit, Investigation
from procedures.papers import details, law, lists
from procedures.papers.occasion import Context, Occasion, row
from procedures.record import latest
from registry.places import Level
from workflows.models import Case


def removal_register(at: Occasion, kind: str) -> list[Draft]:
    """Write the form filled in when the household is investigated (核定登记表)."""
    return [
        at.for_household(kind, at.head(kind, case) | _register(at, case), case)
        for case in at.cases
    ]


def removal_notification(at: Occasion, kind: str) -> list[Draft]:
    """Write reason, evidence and the right to object (清退通知书)."""
    return [
        at.for_household(kind, at.head(kind, case) | _notification(at, case), case)
        for case in at.cases
    ]


def removal_publicity(at: Occasion, kind: str) -> list[Draft]:
    """Write the sheet with both lists: to be removed, and kept."""
    kept = {"kept": [row(household) for household in at.record.kept]}
    return [
        at.for_list(draft.kind, dict(draft.context) | kept)
        for draft in lists.publicity(at, kind)
    ]


def _register(at: Occasion, case: Case) -> Context:
    home, found = at.household(case), at.record.investigations.get(case.pk)
    visit = latest(at.record.visits, case, at.step.name)
    return _found(at, found) | {
        "household_number": home.number,
        "attribute": home.get_attribute_display(),
        "registered_on": home.registered_on,
        "members": [
            {key: member[key] for key in ("name", "relation", "sex", "age", "labour")}
            for member in details.members(at, case)
        ],
        "hits": _hits(at, case),
        "grounds": [
            {"name": ground, "ok": True if found and ground in found.grounds else None}
            for ground in grounds_of(at.rulebook)
        ],
        "conclusion": found.get_conclusion_display() if found else "",
        "visited_on": visit.visited_on if visit else None,
        "visitors": [
            {"name": who.name, "unit": who.unit}
            for who in (visit.visitors.all() if visit else ())
        ],
    }


def _notification(at: Occasion, case: Case) -> Context:
    home, found = at.household(case), at.record.investigations.get(case.pk)
    visit = latest(at.record.visits, case, at.step.name)
    days, unit = law.publicity_days(at.rulebook)
    return _found(at, found) | {
        "household_number": home.number,
        "registered_on": home.registered_on,
        "campaign": at.record.campaigns.get(home.pk, ""),
        "investigated_on": visit.visited_on if visit else None,
        "grounds": list(found.grounds) if found else [],
        "period_days": days,
        "day_unit_text": unit,
        "village_office": at.body("removal_publicity", Level.VILLAGE),
        "recheck_by": at.government(Level.TOWNSHIP),
        "appeal_to": at.government(Level.COUNTY),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }


def _found(at: Occasion, found: Investigation | None) -> Context:
    return {
        "grounds_source": law.grounds_source(at.rulebook, found),
        "account": found.account if found else "",
        "evidence": found.evidence if found else "",
    }


def _hits(at: Occasion, case: Case) -> list[Context]:
    comparison = at.record.comparisons.get(case.pk)
    return [_hit(hit) for hit in (comparison.hits.all() if comparison else ())]


def _hit(hit: Hit) -> Context:
    return {
        "member": hit.person.name if hit.person else "",
        "kind": hit.get_kind_display(),
        "department": hit.department,
        "detail": hit.detail,
        "explanation": hit.explanation,
        "decision": hit.get_decision_display(),
    }
