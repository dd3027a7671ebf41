"""What must be true of a procedure before a single household enters it.

Compares the two views of one order, flow and machine, and the rulebooks that
say which steps a path may not miss.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflows.flow import Clock, Desk
from workflows.machine import CLOSED, OPENED, Step, TransitionNotAllowed
from workflows.models import Case
from workflows.procedure import Procedure
from workflows.rulebook import Rulebook, shelf


def faults(procedure: Procedure) -> list[str]:
    """Return every way in which a procedure contradicts itself; empty is proof."""
    found = [*_order(procedure), *_ends(procedure), *_references(procedure)]
    found += _walks(procedure)
    for rulebook in shelf().all(procedure.slug):
        found += _rulebook(procedure, rulebook)
    return found


def paths(procedure: Procedure, rulebook: Rulebook) -> Iterator[list[Step]]:
    """Yield the steps from each entry of the flow to its end.

    A batch may enter at the first step, or, as a follow-up, at any step the
    rulebook requires.
    """
    desks = [
        node.step for node in procedure.flow_class.line() if isinstance(node, Desk)
    ]
    for place, entry in enumerate(desks):
        if place == 0 or rulebook.requires(entry.name):
            yield desks[place:]


def _order(procedure: Procedure) -> Iterator[str]:
    desks = [n for n in procedure.flow_class.line() if isinstance(n, Desk)]
    if [desk.step for desk in desks] != list(procedure.steps):
        yield f"{procedure.slug}: flow and machine name different steps"
    for node in procedure.flow_class.line():
        if isinstance(node, Desk) and node.name != node.step.name:
            yield f"{procedure.slug}: desk {node.name} is not named after its step"
        if isinstance(node, Clock) and not node.step.posts:
            yield f"{procedure.slug}: clock {node.name} follows no posting"
    yield from _chain(procedure)


def _chain(procedure: Procedure) -> Iterator[str]:
    state = OPENED
    for step in procedure.steps:
        if step.source != state:
            yield f"{procedure.slug}: {step.name} does not start from {state}"
        state = step.target


def _ends(procedure: Procedure) -> Iterator[str]:
    seen = {OPENED}
    for step in procedure.steps:
        if step.target in seen or step.target in CLOSED:
            yield f"{procedure.slug}: state {step.target} is reached twice"
        seen.add(step.target)
    if not procedure.steps[-1].closing:
        yield f"{procedure.slug}: the last step does not close the case"
    if any(step.closing for step in procedure.steps[:-1]):
        yield f"{procedure.slug}: a step before the last closes the case"


def _walks(procedure: Procedure) -> Iterator[str]:
    """Take every step from every desk's state in the machine itself.

    From each state the case must be able to go to the end of the line, to be
    refused, to be withdrawn, and to come back to every step it may return to.
    """
    ends = {procedure.final_state}
    for place, entry in enumerate(procedure.steps):
        case = procedure.case_class(state=entry.source)
        for step in procedure.steps[place:]:
            if not _taken(case, step.name):
                yield f"{procedure.slug}: {step.name} is not legal in {case.state}"
                break
        if case.state not in ends:
            yield f"{procedure.slug}: from {entry.source} no end is reached"
        yield from _exits(procedure, entry)


def _taken(case: Case, name: str) -> bool:
    try:
        getattr(case, name)()
    except (AttributeError, TransitionNotAllowed):
        return False
    return True


def _exits(procedure: Procedure, step: Step) -> Iterator[str]:
    for ending in ("refuse", "withdraw"):
        case = procedure.case_class(state=step.source)
        getattr(case, ending)()
        if case.state not in CLOSED:
            yield f"{procedure.slug}: {ending} from {step.source} does not end"
    known = {found.name: found for found in procedure.steps}
    for earlier in (known[name] for name in step.returns if name in known):
        case = procedure.case_class(state=step.source)
        case.send_back(earlier.source)
        name = earlier.name
        if not _taken(case, name) or case.state != earlier.target:
            yield f"{procedure.slug}: cannot go on from {name} after a return"


def _references(procedure: Procedure) -> Iterator[str]:
    earlier: set[str] = set()
    for step in procedure.steps:
        for name in (*step.returns, *step.apart):
            if name not in earlier:
                yield f"{procedure.slug}: {step.name} refers to {name}, not before it"
        earlier.add(step.name)
    for name in procedure.forms:
        if name not in earlier:
            yield f"{procedure.slug}: forms for an unknown step {name}"


def _rulebook(procedure: Procedure, rulebook: Rulebook) -> Iterator[str]:
    names = [step.name for step in procedure.steps]
    for name in sorted(set(rulebook.steps) ^ set(names)):
        yield f"{rulebook.slug}: step {name} is unknown or left out"
    if set(rulebook.steps) != set(names):
        return
    if not rulebook.requires(names[-1]):
        yield f"{rulebook.slug}: the last step {names[-1]} is not required"
    for path in paths(procedure, rulebook):
        rest = names[names.index(path[0].name) :]
        due = {name for name in rest if rulebook.requires(name)}
        for name in sorted(due - {step.name for step in path}):
            yield f"{rulebook.slug}: a path from {path[0].name} misses {name}"
