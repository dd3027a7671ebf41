"""What each household meets at each desk, by its fate: the replay's only script.

Pure tables and two functions that read them; it must not know the database. The steps
are named as in the procedures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from procedures.models import Conclusion, Finding
from procedures.rehearsal.scene import Deviations
from procedures.rehearsal.year_2016.rates import Fate
from workflows.actions import PASS, Kind, Verdict

EXIT, REMOVAL = "household_exit", "household_removal"
IDENTIFICATION = "household_identification"

# On which procedure's lists a household stands; who stays is on none.
LISTED: dict[Fate, str] = {
    **dict.fromkeys([Fate.REMOVED, Fate.OBJECTING, Fate.CLEARED], REMOVAL),
    **dict.fromkeys([Fate.ADDED, Fate.DOUBTED, Fate.DECLINED], IDENTIFICATION),
    **dict.fromkeys([Fate.EXITS, Fate.HELD, Fate.CONTESTED, Fate.REWORKED], EXIT),
    **dict.fromkeys([Fate.SENT_BACK, Fate.NOT_CERTIFIED], EXIT),
    **dict.fromkeys([Fate.UNSIGNED, Fate.UPHELD], EXIT),
}

# A desk: procedure and step.
Desk = tuple[str, str]
# What a case was returned for: from which step, to which.
Returns = Mapping[int, Collection[tuple[str, str]]]


def _back(to: str, reason: str) -> Verdict:
    return Verdict(kind=Kind.RETURN, to=to, reason=reason)


def _no(reason: str) -> Verdict:
    return Verdict(kind=Kind.REFUSE, reason=reason)


NOT_YET = "再次入户核实，当年收入不能稳定超过标准，不予退出"
# The first time a household comes to the desk.
FIRST: dict[Desk, dict[Fate, Verdict]] = {
    (EXIT, "consent"): {Fate.UNSIGNED: _no("户主不认可脱贫，拒绝签字")},
    (EXIT, "close_village"): {
        Fate.UPHELD: _back("verify", "群众反映属实，退回重新核实"),
    },
    (EXIT, "recheck"): {
        Fate.REWORKED: _back("verify", "县级抽查：收入测算依据不足，退回重新核实"),
        Fate.SENT_BACK: _back("verify", "县级抽查：与入户核实不符，退回重新核实"),
        Fate.NOT_CERTIFIED: _no("县级重新认定：不符合退出标准"),
    },
    (REMOVAL, "investigate"): {Fate.CLEARED: _no("核实属于例外情形，继续在册")},
    (IDENTIFICATION, "township_review"): {Fate.DECLINED: _no("收入高于识别标准")},
}
# When it has been returned to the desk before.
AGAIN: dict[Desk, dict[Fate, Verdict]] = {
    (EXIT, "verify"): {Fate.UPHELD: _no(NOT_YET), Fate.SENT_BACK: _no(NOT_YET)},
}
# After an objection was right, the list of the others goes on the wall anew.
ANEW: dict[Desk, Verdict] = {
    (EXIT, "close_village"): _back("post_village", "异议成立，名单变动，重新公示"),
}
# What is recorded differently at a desk.
FACTS: dict[Desk, dict[Fate, dict[str, Any]]] = {
    (EXIT, "consent"): {Fate.UNSIGNED: {"refusal_reason": "收入还不稳定"}},
    (EXIT, "recheck"): {
        Fate.SENT_BACK: {"finding": Finding.WRONG},
        Fate.NOT_CERTIFIED: {"finding": Finding.WRONG},
    },
    (REMOVAL, "investigate"): {
        Fate.CLEARED: {"conclusion": Conclusion.KEEP, "grounds": []}
    },
    (REMOVAL, "notify"): {
        Fate.OBJECTING: {
            "objection": "车辆是残疾人代步车",
            "answer": "经核查为小型轿车，不属于例外",
        },
    },
}
# Where a household is put on hold and released again before the list goes on.
HOLDS: dict[Desk, Fate] = {(EXIT, "township_review"): Fate.HELD}
# The desk whose act is taken back in the villages chosen for it.
TAKEN_BACK: Desk = (EXIT, "recheck")
# Against whom somebody objects while the first notice hangs, and whether rightly.
OBJECTED = {Fate.CONTESTED: False, Fate.DOUBTED: False, Fate.UPHELD: True}


def asks(procedure: str, step: str) -> bool:
    """Return whether anybody meets anything but a pass at a desk."""
    return (procedure, step) in FIRST.keys() | AGAIN.keys()


def verdicts(
    desk: Desk, fates: Mapping[int, Fate], returns: Returns
) -> dict[int, Verdict]:
    """Return the verdict on every case of a list at a desk.

    Args:
        desk: where the list lies.
        fates: case → fate, of all open cases of the list.
        returns: case → the returns it has behind it; none when absent.
    """
    _procedure, step = desk
    found = {}
    for case, fate in fates.items():
        behind = returns.get(case, ())
        sent_from = {from_step for from_step, _to in behind}
        sent_to = {to for _from, to in behind}
        verdict = FIRST.get(desk, {}).get(fate) if step not in sent_from else None
        if step in sent_to:
            verdict = AGAIN.get(desk, {}).get(fate, verdict)
        found[case] = verdict or PASS
    return _anew(desk, found)


def facts(desk: Desk, fates: Mapping[int, Fate]) -> Deviations:
    """Return what is recorded differently, by case."""
    told = FACTS.get(desk, {})
    return {case: told[fate] for case, fate in fates.items() if fate in told}


def _anew(desk: Desk, found: dict[int, Verdict]) -> dict[int, Verdict]:
    """Send the others to the wall again when a list loses somebody to an objection."""
    again = ANEW.get(desk)
    if again is None or all(verdict is PASS for verdict in found.values()):
        return found
    return {pk: again if one is PASS else one for pk, one in found.items()}
