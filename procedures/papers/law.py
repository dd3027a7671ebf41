"""The words of law on papers: basis, steps done, standard, period, shares.

Knows rulebooks and the order of steps; every figure is the rulebook's, with its
article.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from notices import kinds
from procedures.gates.meetings import quorum
from procedures.gates.removals import grounds_of
from procedures.models import Investigation, Meeting
from registry.refusals import marked
from workflows.calendar import DayUnit
from workflows.machine import Step
from workflows.procedure import Procedure
from workflows.rulebook import Rulebook

# How an identification is called where a paper has one word for it.
PURPOSES: Mapping[str, str] = {
    "household_identification": "识别",
    "household_exit": "退出",
    "household_removal": "清退",
}

# What a removal goes by: the grounds of the place, then further ones.
GROUNDS = ("removal_grounds", "removal_grounds_further")

# Ends of a period and desks after the decision: nothing a list went through.
UNTOLD = frozenset(
    {
        "close_first",
        "close_second",
        "close_village",
        "close_township",
        "report",
        "announce",
        "register",
        "delist",
        "remove",
        "enter",
    }
)

_TENTH = Decimal("0.1")
_DAY_WORDS = {DayUnit.CALENDAR_DAY: "日", DayUnit.WORKING_DAY: "个工作日"}


def posting_step(procedure: Procedure, kind: str) -> Step | None:
    """Return the step at which a notice of a kind is put up."""
    return next((step for step in procedure.steps if step.posts == kind), None)


def notice_up(procedure: Procedure, step: Step) -> str:
    """Return the kind of the notice that hangs, or hung last, at a step."""
    hanging = ""
    for earlier in procedure.steps:
        hanging = earlier.posts or hanging
        if earlier.name == step.name:
            break
    return hanging


def steps_done(procedure: Procedure, rulebook: Rulebook, before: Step) -> str:
    """Return what a list went through before a step: 经户主申请、…民主评议."""
    titles = []
    for step in procedure.steps:
        if step.name == before.name:
            break
        if step.name not in UNTOLD and rulebook.requires(step.name):
            titles.append(kinds.named(step.posts).title if step.posts else step.title)
    return "经" + "、".join(str(title) for title in titles) if titles else ""


def joined(laws: Iterable[str]) -> str:
    """Return texts of law in one phrase; what another one contains is left out."""
    named = list(dict.fromkeys(law for law in laws if law))
    whole = (a for a in named if not any(a != b and a in b for b in named))
    return "、".join(whole)


def article(rulebook: Rulebook, key: str) -> str:
    """Return where a value stands, marked if assumed; nothing if it is silent."""
    found = rulebook.values.get(key)
    return found.cited if found else ""


def publicity_days(rulebook: Rulebook) -> tuple[int, str]:
    """Return the length of a notice and the word for its days, marked if assumed."""
    found = rulebook["publicity_days"]
    word = _DAY_WORDS[DayUnit(found.unit)]
    return rulebook.whole("publicity_days"), marked(word, found.grade)


def keep_posted_days(rulebook: Rulebook) -> int | None:
    """Return how long a notice stays up, where that is longer than its period."""
    key = "keep_posted_days"
    return rulebook.whole(key) if key in rulebook.values else None


def poverty_line(rulebook: Rulebook, year: int) -> Decimal | None:
    """Return the line of a year; none where the rulebook leaves it or the year out.

    Units: yuan per person per year.
    """
    if "income_line" not in rulebook.values:
        return None
    found = rulebook.line("income_line", year)
    return None if found is None else Decimal(found)


def grounds_source(rulebook: Rulebook, found: Investigation | None) -> str:
    """Return where the grounds stand that were found, or all of the rulebook's."""
    keys = [key for key in GROUNDS if key in rulebook.values]
    if found is not None:
        keys = [key for key in keys if set(found.grounds) & set(rulebook.words(key))]
    return joined(article(rulebook, key) for key in keys)


def standard(rulebook: Rulebook, year: int) -> str:
    """Return the standard applied, in words, with the articles it stands in."""
    if GROUNDS[0] in rulebook.values:
        named = "、".join(grounds_of(rulebook))
        source = grounds_source(rulebook, None)
        return f"清退情形：{named}（依据：{source}）"
    line = poverty_line(rulebook, year)
    parts = ["不愁吃、不愁穿，义务教育、基本医疗、住房安全有保障"]
    keys = ["no_worries"]
    if line is not None:
        parts.insert(0, f"{year}年农村居民家庭人均纯收入标准{line}元")
        keys.insert(0, "income_line")
    sources = joined(article(rulebook, key) for key in keys)
    return f"{'；'.join(parts)}（依据：{sources}）" if sources else "；".join(parts)


def hotline(rulebook: Rulebook) -> str:
    """Return the number printed on every notice."""
    found = rulebook.values.get("hotline")
    return str(found.value) if found else ""


def continuing(rulebook: Rulebook) -> list[str]:
    """Return the policies that go on after an exit."""
    found = "policies_after_exit"
    words = rulebook.words(found) if found in rulebook.values else ()
    return [f"{word}。" for word in words]


def percent(part: int | None, whole: int | None) -> str:
    """Return a share in tenths of a percent, rounded half up: 94.6%."""
    if part is None or not whole:
        return ""
    share = Decimal(part * 100) / Decimal(whole)
    return f"{share.quantize(_TENTH, ROUND_HALF_UP)}%"


def quorum_text(meeting: Meeting, rulebook: Rulebook) -> str:
    """Return how many had to come and where that stands."""
    key, needed = quorum(meeting, rulebook)
    reached = "已达到" if meeting.present >= needed else "未达到"
    return f"至少须到{needed}人，{reached}，依据{article(rulebook, key)}"
