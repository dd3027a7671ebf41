"""The register of procedures: what the engine knows of each, by its slug.

Procedures register themselves at start-up; the engine never imports one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise

from workflows.machine import Step, final_state, steps_of

if TYPE_CHECKING:
    from notices.papers import Draft
    from permissions.models import Appointment
    from permissions.recusal import Bond
    from registry.models import Household
    from registry.refusals import Refusal
    from workflows.comparing.handing import Outcome
    from workflows.flow import BatchFlow
    from workflows.models import Batch, Case, Entry
    from workflows.road import Road
    from workflows.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForms:
    """The forms in which a step's facts are typed at its desk.

    Attributes:
        batch: forms filled once for the list (a meeting, a posting).
        row: the form whose fields stand in each household's row (votes).
        case: forms with a page of their own per household (a visit).
    """

    batch: tuple[type[Any], ...] = ()
    row: type[Any] | None = None
    case: tuple[type[Any], ...] = ()


class Record(Protocol):
    """What is on record about a list at a step; each kind of fact is read once."""

    batch: Batch

    @property
    def road(self) -> Road:
        """Return what the ledger says of these cases."""

    @property
    def bonds(self) -> Iterable[Bond]:
        """Return which officers declared these households their relatives'."""

    def then(self, entries: Iterable[Entry]) -> Record:
        """Return the record as an act leaves it that has just written these lines."""


class FactsLoader(Protocol):
    """Return what gates read, for all cases at once, in a constant number of queries."""

    def __call__(
        self, record: Any, *, rulebook: Rulebook, today: date
    ) -> Mapping[int, Any]: ...


class PaperWriter(Protocol):
    """Build the papers of some kinds from the record; nothing is typed twice."""

    def __call__(
        self,
        kinds: Sequence[str],
        record: Any,
        cases: Sequence[Case],
        *,
        by: Appointment,
        now: datetime,
    ) -> list[Draft]: ...


def not_concerned(outcomes: Sequence[Outcome]) -> None:
    """Let a comparison pass a procedure that asks for none."""


def nothing_besides(household: Household, today: date) -> list[str]:
    """Say nothing: most procedures leave no mark on a file once they are over."""
    return []


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """All that differs between procedures, in one record.

    Attributes:
        slug: stored with batches and cases; never renamed.
        letter: the character in batch numbers (识, 退).
        record: opens the record of a list at a step, for gates and papers.
        states: every legal state in the words people read.
        eligible: why a household may not enter now; empty when it may.
        settle: what passing the last step does to the register, or why it cannot.
        refusal_paper: kind issued to a household that is refused.
        by_wish: the household may end it because it no longer wants it.
        removes: its end takes households out of every count.
        compared: write down what a comparison with departments found out.
        assesses: its facts tell what a household lives on; the file shows the newest.
        remarks: what the file says of a household besides, in words.
    """

    slug: str
    title: str | Promise
    letter: str
    case_class: type[Case]
    flow_class: type[BatchFlow]
    record: Callable[[Batch, Sequence[Case], Step], Record]
    facts: FactsLoader
    forms: Mapping[str, StepForms]
    papers: PaperWriter
    states: Mapping[str, str | Promise]
    eligible: Callable[[Sequence[Household], date], Mapping[int, list[Refusal]]]
    settle: Callable[[Sequence[Case], Appointment, date], list[Refusal]]
    refusal_paper: str = ""
    by_wish: bool = True
    removes: bool = False
    compared: Callable[[Sequence[Outcome]], None] = not_concerned
    assesses: bool = True
    remarks: Callable[[Household, date], list[str]] = nothing_besides
    steps: tuple[Step, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", steps_of(self.case_class))

    def step(self, name: str) -> Step:
        """Return a step by name; raises KeyError for an unknown one."""
        for found in self.steps:
            if found.name == name:
                return found
        raise KeyError(name)

    @property
    def final_state(self) -> str:
        return final_state(self.case_class)


_procedures: dict[str, Procedure] = {}


def register(procedure: Procedure) -> None:
    """Add a procedure; raises ValueError when its slug is taken."""
    if procedure.slug in _procedures:
        raise ValueError(f"procedure {procedure.slug} registered twice")
    _procedures[procedure.slug] = procedure


def named(slug: str) -> Procedure:
    """Return a procedure; raises KeyError for an unknown one."""
    return _procedures[slug]


def registered() -> tuple[Procedure, ...]:
    """Return every procedure in order of registration."""
    return tuple(_procedures.values())
