"""The standards of a household as a paper lists them: met, not met, not asked yet.

Each is judged by the gates' own rule, one at a time; knows no threshold.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from procedures.facts import ChecklistFacts
from procedures.gates.standards import unmet_standards
from procedures.models import Checklist
from procedures.papers.occasion import Context
from workflows.rulebook import Rulebook

# What each line on paper is made of.
LINES: Mapping[str, tuple[str, ...]] = {
    "人均纯收入稳定超过扶贫标准": ("income_over_line",),
    "不愁吃": ("food",),
    "饮水安全": (
        "water_quality",
        "water_litres",
        "water_minutes",
        "water_metres",
        "water_dry_days",
    ),
    "不愁穿": ("clothing",),
    "义务教育有保障": ("school",),
    "基本医疗有保障": ("medical",),
    "住房安全有保障": ("housing_grade",),
}
NOTHING_ASKED = ChecklistFacts(
    income_over_line=None,
    food=None,
    clothing=None,
    water_quality=None,
    water_litres=None,
    water_minutes=None,
    water_metres=None,
    water_dry_days=None,
    school=None,
    medical=None,
    housing_grade="",
    housing_certificate="",
)


def checks(listed: Checklist | None, rulebook: Rulebook) -> list[Context]:
    """Return every standard; without a checklist all are left to be ticked."""
    return [
        {"name": name, "ok": _ok(listed, keys, rulebook) if listed else None}
        for name, keys in LINES.items()
    ]


def _ok(listed: Checklist, keys: tuple[str, ...], rulebook: Rulebook) -> bool | None:
    answers: dict[str, Any] = {key: getattr(listed, key) for key in keys}
    if unmet_standards(replace(NOTHING_ASKED, **answers), rulebook):
        return False
    if answers.get("income_over_line") is False:
        return False
    return None if None in answers.values() or "" in answers.values() else True
