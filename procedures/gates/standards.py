"""Gates on the standard of living: food, clothing, three guarantees, water.

Know the checklist; which grade, distance or amount is enough is the rulebook's.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts, ChecklistFacts
from procedures.gates.gate import gate, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

FIGURES = (
    "water_litres",
    "water_minutes",
    "water_metres",
    "water_dry_days",
)
ANSWERS = (
    "income_over_line",
    "food",
    "clothing",
    "water_quality",
    "school",
    "medical",
)


def latest_checklist(facts: CaseFacts, rulebook: Rulebook) -> ChecklistFacts | None:
    """Return the checklist of the last step that orders a visit."""
    found = (facts.checklists.get(s) for s in reversed(rulebook.words("visit_steps")))
    return next((listed for listed in found if listed), None)


def unmet_standards(listed: ChecklistFacts, rulebook: Rulebook) -> list[str]:
    """Return in words which of the standards the household does not meet.

    Source: N2, N6, S3.
    """
    return [
        *_unmet_wants(listed),
        *_unmet_guarantees(listed, rulebook),
        *_unmet_water(listed, rulebook),
    ]


@gate(needs={"checklists"})
def checklist_complete(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Every question was asked.

    Holds where the rulebook orders no visit at this step.

    Refuses: checklist_missing, checklist_incomplete. Source: N6.
    """
    if facts.step not in rulebook.words("visit_steps"):
        return None
    basis = rulebook["checklist_kept"]
    listed = facts.checklists.get(facts.step)
    if listed is None:
        return refuse("checklist_missing", _("没有两不愁三保障核查表"), basis)
    open_questions = [k for k in (*ANSWERS, *FIGURES) if getattr(listed, k) is None]
    if not open_questions and listed.housing_grade:
        return None
    return refuse("checklist_incomplete", _("两不愁三保障核查表还有项目没有填"), basis)


@gate(needs={"checklists"})
def food_clothing_guaranteed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Neither food nor clothing is a worry.

    Refuses: wants_unmet. Source: N2, N6.
    """
    listed = latest_checklist(facts, rulebook)
    missing = _unmet_wants(listed) if listed else []
    if not missing:
        return None
    return refuse(
        "wants_unmet",
        _("两不愁没有达标：%(missing)s"),
        rulebook["no_worries"],
        missing=_("、").join(missing),
    )


@gate(needs={"checklists"})
def three_guarantees_met(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """School, medical care and a safe house are guaranteed.

    Refuses: guarantees_unmet. Source: N2, N6, S3.
    """
    listed = latest_checklist(facts, rulebook)
    missing = _unmet_guarantees(listed, rulebook) if listed else []
    if not missing:
        return None
    return refuse(
        "guarantees_unmet",
        _("三保障没有达标：%(missing)s"),
        rulebook["safe_housing_grades"],
        missing=_("、").join(missing),
    )


@gate(needs={"checklists"})
def housing_certified(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """A house registered as dangerous is safe only with a certificate.

    Refuses: housing_uncertified. Source: N6, S1.
    """
    listed = latest_checklist(facts, rulebook)
    safe = rulebook.words("safe_housing_grades")
    before = facts.household.housing_grade
    if listed is None or not before or before in safe:
        return None
    if listed.housing_grade not in safe or listed.housing_certificate:
        return None
    return refuse(
        "housing_uncertified",
        _("住房原为%(before)s级，现为%(now)s级，须有住房鉴定书"),
        rulebook["housing_certificate"],
        before=before,
        now=listed.housing_grade,
    )


@gate(needs={"checklists"})
def water_safe(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """Drinking water is clean, enough, near, and never away for long.

    Refuses: water_unsafe. Source: N6.
    """
    listed = latest_checklist(facts, rulebook)
    missing = _unmet_water(listed, rulebook) if listed else []
    if not missing:
        return None
    return refuse(
        "water_unsafe",
        _("饮水安全没有达标：%(missing)s"),
        rulebook["water_litres"],
        missing=_("、").join(missing),
    )


@gate(needs={"checklists"})
def no_exit_blocker(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """None of the situations that forbid an exit was found.

    Refuses: exit_blocked. Source: N39, P32 (S4 names such a list).
    """
    listed = latest_checklist(facts, rulebook)
    blocking = rulebook.words("exit_blockers")
    found = [word for word in (listed.blockers if listed else ()) if word in blocking]
    if not found:
        return None
    return refuse(
        "exit_blocked",
        _("存在不能脱贫的情形：%(found)s"),
        rulebook["exit_blockers"],
        found=_("、").join(found),
    )


def _unmet_wants(listed: ChecklistFacts) -> list[str]:
    found = []
    if listed.food is False:
        found.append(_("吃"))
    if listed.clothing is False:
        found.append(_("穿"))
    return found


def _unmet_guarantees(listed: ChecklistFacts, rulebook: Rulebook) -> list[str]:
    found = []
    if listed.school is False:
        found.append(_("义务教育"))
    if listed.medical is False:
        found.append(_("基本医疗"))
    grade = listed.housing_grade
    if grade and grade not in rulebook.words("safe_housing_grades"):
        found.append(_("住房安全（%(grade)s级）") % {"grade": grade})
    return found


def _unmet_water(listed: ChecklistFacts, rulebook: Rulebook) -> list[str]:
    found = [_("水质")] if listed.water_quality is False else []
    least = rulebook.whole("water_litres")
    if listed.water_litres is not None and listed.water_litres < least:
        found.append(
            _("每人每天 %(litres)s 升，少于 %(least)s 升")
            % {"litres": listed.water_litres, "least": least}
        )
    return found + list(_too_far(listed, rulebook))


def _too_far(listed: ChecklistFacts, rulebook: Rulebook) -> Iterator[str]:
    limits = (
        ("water_minutes", _("取水往返 %(seen)s 分钟，超过 %(most)s 分钟")),
        ("water_metres", _("取水高差 %(seen)s 米，超过 %(most)s 米")),
        ("water_dry_days", _("连续缺水 %(seen)s 天，超过 %(most)s 天")),
    )
    for key, text in limits:
        seen, most = getattr(listed, key), rulebook.whole(key)
        if seen is not None and seen > most:
            yield text % {"seen": seen, "most": most}
