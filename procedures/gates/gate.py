"""What a gate is: a pure function of facts that returns nothing or a refusal.

Knows facts, rulebook and day; no database, no screen, no figure of law.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol, cast

from procedures.facts import CaseFacts
from registry.refusals import Refusal
from workflows.rulebook import Rulebook, StepRule, Value

Check = Callable[[CaseFacts, Rulebook, date], Refusal | None]


class Gate(Protocol):
    """A check that says which facts it reads, so that no others are loaded."""

    __name__: str
    needs: frozenset[str]

    def __call__(
        self, facts: CaseFacts, rulebook: Rulebook, today: date, /
    ) -> Refusal | None:
        """Return why the case may not pass, or None."""


def gate(needs: Iterable[str] = ()) -> Callable[[Check], Gate]:
    """Declare a gate and the facts it reads; see `procedures.load.LOADERS`."""

    def declare(check: Check) -> Gate:
        declared = cast(Gate, check)
        declared.needs = frozenset(needs)
        return declared

    return declare


def refuse(code: str, text: str, basis: Value | StepRule, **figures: object) -> Refusal:
    """Return a refusal whose article and grade come from the rulebook."""
    return Refusal(
        code=code,
        text=text % figures,
        source=basis.law if isinstance(basis, StepRule) else basis.article,
        grade=basis.grade,
    )


def key_at(rulebook: Rulebook, key: str, step: str) -> str:
    """Return the key of a value that a step may have of its own."""
    own = f"{key}_at_{step}"
    return own if own in rulebook.values else key
