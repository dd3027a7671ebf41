"""Papers about natural changes: the household's form, the offices' list, the notice.

Knows what each says; never an ID number, and on the notice group, head, size alone.
"""

from notices.papers import Draft
from procedures.models import ChangedPerson, FamilyChange, Part, Shape
from procedures.papers import details, law
from procedures.papers.lists import DECISIONS, objections_to
from procedures.papers.occasion import Context, Occasion, row
from registry.kinship import Relation
from workflows.models import Case, Entry

GOING = frozenset({Part.LEAVES, Part.PARTS})


def change_form(at: Occasion, kind: str) -> list[Draft]:
    """Write the form each household signs (家庭成员变更登记表)."""
    found = _by_case(at)
    return [
        at.for_household(
            kind, at.head(kind, case) | _form(at, case, found.get(case.pk)), case
        )
        for case in at.cases
    ]


def change_list(at: Occasion, kind: str) -> list[Draft]:
    """Write the changes of a list for the offices (汇总表)."""
    found = _by_case(at)
    rows = [_listed(at, case, found.get(case.pk)) for case in at.record.cases]
    context = {"rows": rows, "reviewer": at.officer}
    return [at.for_list(kind, at.named_list(kind) | context)]


def change_notice(at: Occasion, kind: str) -> list[Draft]:
    """Write whose families have changed, for the village's wall."""
    found = _by_case(at)
    rows = []
    for case in at.cases:
        home, change = at.household(case), found.get(case.pk)
        rows.append(row(home) | {"size": _after(home.size, change)})
    context = {
        "basis": law.article(at.rulebook, "posted_with_yearly_list"),
        "steps_text": law.steps_done(at.procedure, at.rulebook, at.step),
        "rows": rows,
        "objections_to": objections_to(at),
        "phone": "",
        "hotline": law.hotline(at.rulebook),
    }
    return [at.for_list(kind, at.named_list(kind) | context)]


def _by_case(at: Occasion) -> dict[int, FamilyChange]:
    return {change.case_id: change for change in at.record.filed.family_changes}


def _form(at: Occasion, case: Case, change: FamilyChange | None) -> Context:
    home = at.household(case)
    return {
        "household_number": home.number,
        "standing": home.get_status_display(),
        "event": change.get_event_display() if change else "",
        "happened_on": change.happened_on if change else None,
        "reporter": change.reporter if change else "",
        "reporter_is": change.reporter_is if change else "",
        "evidence": change.evidence if change else "",
        "evidence_number": change.evidence_number if change else "",
        "note": change.note if change else "",
        "target": _target(change) if change else "",
        "members": details.members(at, case),
        "persons": [_person(p) for p in change.persons.all()] if change else [],
    }


def _target(change: FamilyChange) -> str:
    if change.other:
        return f"{change.other.head_name}户（{change.other.number}）"
    place = change.village.name if change.village else ""
    return f"{place}{change.group}"


def _person(changed: ChangedPerson) -> Context:
    described = changed.person or changed
    relation = changed.relation or (changed.person.relation if changed.person else "")
    return {
        "part": changed.get_part_display(),
        "name": described.name,
        "sex": described.get_sex_display(),
        "birth": described.birth,
        "relation": Relation(relation).label if relation else "",
        "nationality": described.get_nationality_display(),
    }


def _listed(at: Occasion, case: Case, change: FamilyChange | None) -> Context:
    home, decided = at.household(case), at.record.decided.get(case.pk)
    persons = change.persons.all() if change else ()
    return {
        "group": home.group,
        "head": home.head_name,
        "event": change.get_event_display() if change else "",
        "persons": "、".join(
            f"{(p.person or p).name}（{p.get_part_display()}）"
            for p in persons
            if p.part != Part.STAYS
        ),
        "happened_on": change.happened_on if change else None,
        "evidence": change.evidence if change else "",
        "before": home.size,
        "after": _after(home.size, change),
        "decision": DECISIONS[Entry.Act(decided.act)] if decided else "",
    }


def _after(size: int, change: FamilyChange | None) -> int:
    """Return the persons of a household once its change is entered."""
    if change is None:
        return size
    if change.shape in {Shape.UNITES, Shape.ENDS}:
        return 0
    parts = [person.part for person in change.persons.all()]
    return size + parts.count(Part.JOINS) - sum(part in GOING for part in parts)
