"""The one door to django-fsm: statutory steps as transitions of a case.

Knows what a step is; knows no step by name and no procedure.
Only the part of the interface common to django-fsm and django-fsm-2 is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django_fsm import (
    RETURN_VALUE,
    FSMField,
    FSMModelMixin,
    TransitionNotAllowed,
    transition,
)

from permissions.posts import Post

if TYPE_CHECKING:
    from workflows.models import Case

__all__ = [
    "CLOSED",
    "OPENED",
    "REFUSED",
    "RETURN_VALUE",
    "WITHDRAWN",
    "FSMField",
    "FSMModelMixin",
    "Step",
    "TransitionNotAllowed",
    "final_state",
    "step",
    "step_of",
    "steps_of",
    "transition",
]

OPENED = "opened"
REFUSED = "refused"
WITHDRAWN = "withdrawn"
CLOSED = frozenset({REFUSED, WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the statute as its transition declares it.

    Attributes:
        name: the verb, which is the transition's and the desk's name.
        title: the words of the law, shown to people.
        source, target: legal states before and after.
        post: who may act, at the ancestor place of the post's level.
        gates: pure functions that must hold for a household to pass.
        papers: kinds issued when households pass.
        forms: kinds printed at the desk for signature before the act.
        posts: the notice put up at this step; issued when a batch arrives here.
        returns: names of earlier steps a household may be sent back to.
        apart: names of earlier steps whose actor may not act here.
        law: where the step is ordered; the rulebook refines it.
        closing: whether passing this step ends the case.
    """

    name: str
    title: str | Promise
    source: str
    target: str
    post: Post
    gates: tuple[Callable[..., Any], ...] = ()
    papers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    posts: str = ""
    returns: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    law: str = ""
    closing: bool = field(default=False)


def step(
    title: str | Promise, *, source: str, target: str, post: Post, **details: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a statutory step: a transition that keeps its law in metadata."""

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        frozen: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in details.items()
        }
        declared = Step(
            name=method.__name__,
            title=title,
            source=source,
            target=target,
            post=post,
            **frozen,
        )
        wrap = transition(
            field="state", source=source, target=target, custom={"step": declared}
        )
        return wrap(method)

    return declare


def step_of(method: Any) -> Step:
    """Return the step a transition method declares."""
    (declared,) = method._django_fsm.transitions.values()  # noqa: SLF001 - the fsm's only road to its metadata
    found: Step = declared.custom["step"]
    return found


def steps_of(case_class: type[Case]) -> tuple[Step, ...]:
    """Return the steps of a procedure in the order of the statute.

    Raises:
        ValueError: when the steps do not form one straight line.
    """
    by_source: dict[str, Step] = {}
    for name in vars(case_class):
        method = getattr(case_class, name)
        if hasattr(method, "_django_fsm"):
            found = step_of(method)
            if found.source in by_source:
                raise ValueError(
                    f"{case_class.__name__}: two steps from {found.source}"
                )
            by_source[found.source] = found
    line: list[Step] = []
    state = OPENED
    while state in by_source:
        line.append(by_source.pop(state))
        state = line[-1].target
    if by_source:
        raise ValueError(f"{case_class.__name__}: {sorted(by_source)} off the line")
    return tuple(line)


def final_state(case_class: type[Case]) -> str:
    """Return the state in which a case has gone through every step."""
    return steps_of(case_class)[-1].target
