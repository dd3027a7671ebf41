"""Papers about the whole list: notices on the wall, registers, opinions, decisions.

Knows what each says; a notice carries group, head and size of a household, no more.
"""

from fractions import Fraction

from notices.papers import Draft
from procedures.models import Finding, Hit
from procedures.papers import law
from procedures.papers.occasion import Context, Occasion, row
from procedures.record import Record
from registry.places import Level
from workflows.models import Case, Entry

DECISIONS = {
    Entry.Act.PASS: "同意",
    Entry.Act.RETURN: "退回",
    Entry.Act.REFUSE: "不同意",
    Entry.Act.SET_ASIDE: "暂缓",
}


def publicity(at: Occasion, kind: str) -> list[Draft]:
    """Write a notice that hangs for the rulebook's days (公示)."""
    posting = law.posting_step(at.procedure, kind) or at.step
    days, unit = law.publicity_days(at.rulebook)
    context = {
        "basis": at.rulebook.step_law(posting.name),
        "steps_text": law.steps_done(at.procedure, at.rulebook, posting),
        "rows": [row(at.household(case)) for case in at.cases],
        "period_days": days,
        "day_unit_text": unit,
        "keep_posted_days": law.keep_posted_days(at.rulebook),
        "objections_to": objections_to(at),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def announcement(at: Occasion, kind: str) -> list[Draft]:
    """Write the county's announcement of its decision (公告)."""
    posting = law.posting_step(at.procedure, kind) or at.step
    approved = at.record.passed_at("approve")
    context = {
        "basis": at.rulebook.step_law(posting.name),
        "standard": f"{_standard(at)}。",
        "steps_text": law.steps_done(at.procedure, at.rulebook, posting),
        "rows": [row(at.household(case)) for case in at.cases],
        "approved_on": at.day(approved) if approved else None,
        "complaint_address": at.body("comparison_list", Level.COUNTY),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def township_list(at: Occasion, kind: str) -> list[Draft]:
    """Write the register a township sends up to the county (上报名册)."""
    context = {
        "addressee": at.body("comparison_list", Level.COUNTY),
        "steps_text": law.steps_done(at.procedure, at.rulebook, at.step),
        "rows": [row(at.household(case)) for case in at.cases],
        "contact": at.officer,
        "phone": "",
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def township_opinion(at: Occasion, kind: str) -> list[Draft]:
    """Write the township's opinion, household by household, with its sample."""
    arrived = at.record.arrived_at()
    sample = at.record.sample
    context = {
        "basis": at.rulebook.step_law(at.step.name),
        "received_on": at.day(arrived) if arrived else at.batch.opened_on,
        "rows": _decisions(at),
        "sample_rate": _rate(sample.rate) if sample else "",
        "sample_seed": sample.seed if sample else "",
        "sample_size": sample.size if sample else 0,
        "site_checks": _site_checks(at.record),
        "opinion": _opinion(at),
        "reviewer": at.officer,
        "leader": "",
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def approval_list(at: Occasion, kind: str) -> list[Draft]:
    """Write what the county decided, household by household (审定名单)."""
    context = {
        "basis": at.rulebook.step_law(at.step.name),
        "standard": _standard(at),
        "addressee": at.government(Level.TOWNSHIP),
        "rows": _decisions(at),
        "approved_on": at.today,
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def comparison_list(at: Occasion, kind: str) -> list[Draft]:
    """Write what the departments found; no row means they found nothing."""
    found = at.record.comparisons
    days = [comparison.compared_on for comparison in found.values()]
    homes = at.record.households
    departments = [d for each in found.values() for d in each.departments]
    context = {
        "compared_on": max(days, default=at.today),
        "departments": list(dict.fromkeys(departments)),
        "households": len(found) or len(homes),
        "persons": sum(
            home.size for pk, home in homes.items() if pk in found or not found
        ),
        "rows": [
            _hit(at.record, case, hit)
            for case in at.record.cases
            if case.pk in found
            for hit in found[case.pk].hits.all()
        ],
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def _hit(record: Record, case: Case, hit: Hit) -> Context:
    home = record.households[case.pk]
    return {
        "group": home.group,
        "head": home.head_name,
        "member": hit.person.name if hit.person else "",
        "id_masked": hit.person.masked_id if hit.person else "",
        "kind": hit.get_kind_display(),
        "department": hit.department,
        "detail": hit.detail,
        "found_on": hit.found_on,
        "explanation": hit.explanation,
        "decision": hit.get_decision_display(),
    }


def _decisions(at: Occasion) -> list[Context]:
    decided = at.record.decided
    return [
        row(at.household(case))
        | {
            "decision": DECISIONS[Entry.Act(decided[case.pk].act)]
            if case.pk in decided
            else "",
            "reason": decided[case.pk].reason if case.pk in decided else "",
        }
        for case in at.record.cases
    ]


def _opinion(at: Occasion) -> str:
    """Return the sum of the decisions; empty while nothing is decided."""
    decided, parts = at.record.decided, []
    for act, word in DECISIONS.items():
        homes = [
            at.record.households[pk]
            for pk, entry in decided.items()
            if entry.act == act
        ]
        if homes:
            parts.append(f"{word}{len(homes)}户{sum(home.size for home in homes)}人")
    return f"经逐户审核，{'，'.join(parts)}。" if parts else ""


def _site_checks(record: Record) -> list[Context]:
    findings = {value: str(label) for value, label in Finding.choices}
    checks = (
        (case, record.site_checks.get(case.pk, {}).get(record.step.name))
        for case in record.cases
    )
    return [
        {
            "group": record.households[case.pk].group,
            "head": record.households[case.pk].head_name,
            "checked_on": check.checked_on,
            "checkers": [str(name) for name in check.checkers],
            "finding": findings[check.finding],
            "note": check.note,
        }
        for case, check in checks
        if check is not None
    ]


def _rate(rate: str) -> str:
    """Return an exact fraction as percent where it is a whole one: 1/5 -> 20%."""
    share = Fraction(rate) * 100
    return f"{share}%" if share.denominator == 1 else rate


def _standard(at: Occasion) -> str:
    years = [
        sheet.year
        for sheets in at.record.worksheets.values()
        for sheet in sheets.values()
    ]
    return law.standard(at.rulebook, max(years, default=at.batch.year))


def objections_to(at: Occasion) -> str:
    """Return who takes objections: never the village, which must not learn whose."""
    county = at.body("comparison_list", Level.COUNTY)
    return f"{at.government(Level.TOWNSHIP)}或者{county}"
