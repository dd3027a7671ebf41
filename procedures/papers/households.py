"""Papers about one household: what it signs, keeps, or is told.

Knows what each says; never an ID number and never a household's phone.
"""

from notices import register_facts
from notices.papers import Draft
from procedures.papers import details, law
from procedures.papers.occasion import Context, Occasion
from procedures.papers.standards import checks
from procedures.record import latest
from registry.places import Level
from workflows.models import Case

# Whom a household may tell that the office below was wrong.
ABOVE = {
    Level.VILLAGE: Level.TOWNSHIP,
    Level.TOWNSHIP: Level.COUNTY,
    Level.COUNTY: Level.PREFECTURE,
}
MAY_ASK_AGAIN = "情况发生变化、符合条件的，可以重新申请。"
STAYS_POOR = (
    "本户仍为建档立卡贫困户，继续享受帮扶政策；情况发生变化的，可以再次提名退出。"
)
STAYS_REGISTERED = "本户继续建档立卡，原有帮扶政策不变。"
# What a refusal is called, and what it means for the household.
REFUSED = {
    "识别": ("不符合识别说明", MAY_ASK_AGAIN),
    "退出": ("不予退出说明", STAYS_POOR),
    "清退": ("不予清退说明", STAYS_REGISTERED),
}


def application(at: Occasion, kind: str) -> list[Draft]:
    """Write the application each household signs (申请书)."""
    return [
        at.for_household(kind, at.head(kind, case) | _application(at, case), case)
        for case in at.cases
    ]


def verification(at: Occasion, kind: str) -> list[Draft]:
    """Write the form filled in at the household's own table (核查表)."""
    return [
        at.for_household(kind, at.head(kind, case) | _verification(at, case), case)
        for case in at.cases
    ]


def worksheet(at: Occasion, kind: str) -> list[Draft]:
    """Write the income worksheet each household signs (测算表)."""
    drafts = []
    for case in at.cases:
        sheet = latest(at.record.worksheets, case, at.step.name)
        year = sheet.year if sheet else at.batch.year
        context = (
            at.head(kind, case)
            | details.sums(sheet)
            | {
                "year": year,
                "lines": details.lines(sheet),
                "poverty_line": details.line_of(at, sheet),
                "poverty_line_source": law.article(at.rulebook, "income_line"),
            }
        )
        drafts.append(at.for_household(kind, context, case))
    return drafts


def household_card(at: Occasion, kind: str) -> list[Draft]:
    """Write the card a registered household keeps (户有卡)."""
    return [
        at.for_household(kind, at.head(kind, case) | _card(at, case), case)
        for case in at.cases
    ]


def handbook_page(at: Occasion, kind: str) -> list[Draft]:
    """Write the household's page of the handbook (扶贫手册)."""
    return [
        at.for_household(kind, at.head(kind, case) | _handbook(at, case), case)
        for case in at.cases
    ]


def exit_confirmation(at: Occasion, kind: str) -> list[Draft]:
    """Write what each household signs before it leaves (脱贫确认书)."""
    return [
        at.for_household(kind, at.head(kind, case) | _confirmation(at, case), case)
        for case in at.cases
    ]


def exit_notification(at: Occasion, kind: str) -> list[Draft]:
    """Write what each household is told when it has left (脱贫告知书)."""
    return [
        at.for_household(kind, at.head(kind, case) | _notification(at, case), case)
        for case in at.cases
    ]


def not_eligible(at: Occasion, kind: str) -> list[Draft]:
    """Write why a household was refused, and where it may object (不予认定说明)."""
    return [
        at.for_household(kind, at.head(kind, case) | _refusal(at, case), case)
        for case in at.cases
    ]


def _application(at: Occasion, case: Case) -> Context:
    asked = at.record.applications.get(case.pk)
    home = at.household(case)
    return {
        "addressee": at.body("ballot", Level.VILLAGE),
        "made_by": asked.made_by if asked else "household",
        "group_reason": asked.get_group_reason_display() if asked else "",
        "labourers": asked.labourers if asked else details.labourers(at, case),
        "income_year": None,
        "income_per_head": asked.income_stated if asked else None,
        "cause": asked.cause if asked else home.get_main_cause_display(),
        "request": asked.request if asked else "",
        "applied_on": asked.applied_on if asked else None,
        "proxy_name": asked.proxy_name if asked else "",
        "witness_name": asked.witness_name if asked else "",
    }


def _verification(at: Occasion, case: Case) -> Context:
    record, step = at.record, at.step.name
    home, asked = at.household(case), record.applications.get(case.pk)
    visit = record.visits.get(case.pk, {}).get(step)
    listed = record.checklists.get(case.pk, {}).get(step)
    heads = (p for p in record.members(case, at.today) if p.is_present_head)
    head = next(heads, None)
    grade = listed.housing_grade if listed else ""
    return register_facts.condition(home) | {
        "purpose": law.PURPOSES[at.batch.procedure],
        "birth": head.birth if head else None,
        "housing_grade": grade or home.housing_grade,
        "housing_area": None,
        "minimum_living": details.minimum_living(home),
        "members": details.members(at, case),
        "lines": details.lines(record.worksheets.get(case.pk, {}).get(step)),
        "checks": checks(listed, at.rulebook),
        "cause": asked.cause if asked else home.get_main_cause_display(),
        "need": asked.request if asked else "",
        "conclusion": visit.note if visit else "",
        "visited_on": visit.visited_on if visit else None,
        "visitors": [
            {"name": who.name, "unit": who.unit}
            for who in (visit.visitors.all() if visit else ())
        ],
    }


def _card(at: Occasion, case: Case) -> Context:
    home = at.household(case)
    sheet = latest(at.record.worksheets, case, at.step.name)
    listed = latest(at.record.checklists, case, at.step.name)
    announced = at.record.announcement
    return register_facts.condition(home) | {
        "household_number": home.number,
        "school": listed.school if listed else None,
        "medical": listed.medical if listed else None,
        "registered_on": home.registered_on or at.today,
        "announcement_number": announced.number if announced else "",
        "members": details.members(at, case),
        "per_head": sheet.per_head if sheet else None,
        "helper": "",
        "helper_unit": "",
        "measures": [],
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }


def _handbook(at: Occasion, case: Case) -> Context:
    home = at.household(case)
    sheet = latest(at.record.worksheets, case, at.step.name)
    return register_facts.condition(home) | {
        "household_number": home.number,
        "registered_on": home.registered_on or at.today,
        "exited_on": home.exited_on,
        "income_year": sheet.year if sheet else None,
        "per_head": sheet.per_head if sheet else None,
        "members": details.members(at, case),
        "helper": "",
        "helper_unit": "",
        "measures": [],
    }


def _confirmation(at: Occasion, case: Case) -> Context:
    home = at.household(case)
    sheet = latest(at.record.worksheets, case, at.step.name)
    listed = latest(at.record.checklists, case, at.step.name)
    signed = at.record.confirmation
    return details.sums(sheet) | {
        "household_number": home.number,
        "registered_year": home.registered_on.year if home.registered_on else None,
        "main_cause": home.get_main_cause_display(),
        "members": details.members(at, case),
        "poverty_line": details.line_of(at, sheet),
        "checks": checks(listed, at.rulebook),
        "helper": "",
        "helper_unit": "",
        "team_leader": signed.team_leader if signed else "",
    }


def _notification(at: Occasion, case: Case) -> Context:
    announced = at.record.announcement
    announced_on = at.day(announced.issued_at) if announced else at.today
    return {
        "exit_on": at.household(case).exited_on or announced_on,
        "announcement_number": announced.number if announced else "",
        "steps_text": law.steps_done(at.procedure, at.rulebook, at.step),
        "passed": details.passed(at, case),
        "continues": law.continuing(at.rulebook),
        "contact": at.government(Level.TOWNSHIP),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }


def _refusal(at: Occasion, case: Case) -> Context:
    sheet = latest(at.record.worksheets, case, at.step.name)
    listed = latest(at.record.checklists, case, at.step.name)
    decided = at.record.decided.get(case.pk)
    vote = at.record.votes.get(case.pk)
    title, afterwards = REFUSED[law.PURPOSES[at.batch.procedure]]
    return {
        "title_text": title,
        "procedure_title": at.procedure.title,
        "step_title": at.step.title,
        "decided_on": at.day(decided.at) if decided else at.today,
        "reason": decided.reason if decided else case.reason,
        "basis": at.rulebook.step_law(at.step.name),
        "per_head": sheet.per_head if sheet else None,
        "poverty_line": details.line_of(at, sheet),
        "checks": checks(listed, at.rulebook) if listed else [],
        "appraisal": details.appraisal(at, vote) if vote else "",
        "afterwards": afterwards,
        "objections_to": at.government(ABOVE[at.level("not_eligible")]),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }
