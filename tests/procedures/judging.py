"""How a gate test reads: the code a gate answers, or the sentence it says."""

from datetime import date

from procedures.facts import CaseFacts
from procedures.gates import Gate
from tests.procedures.facts import TODAY, book
from workflows.rulebook import Rulebook


def code(
    gate: Gate,
    facts: CaseFacts,
    *,
    rulebook: Rulebook | None = None,
    today: date = TODAY,
) -> str | None:
    """Return the code of the refusal, None when the gate holds."""
    found = gate(facts, rulebook or book(), today)
    return found.code if found else None


def said(
    gate: Gate,
    facts: CaseFacts,
    *,
    rulebook: Rulebook | None = None,
    today: date = TODAY,
) -> tuple[str, str]:
    """Return the sentence an officer reads and the basis under it."""
    found = gate(facts, rulebook or book(), today)
    assert found is not None
    return str(found), found.basis
