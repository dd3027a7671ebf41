"""Procedures are proved before anybody enters them, and a broken one is found."""

import dataclasses
import io
from typing import Any

import pytest
from django.core.management import call_command

from workflows import proof
from workflows.flow import Clock
from workflows.procedure import Procedure, named, registered

EXIT = "household_exit"

# Node names are stored in rows: they are schema. Written by hand.
NODES = {
    "household_exit": "propose verify appraise confirm consent post_village "
    "village_days close_village township_review post_township township_days "
    "close_township recheck approve announce delist",
    "household_removal": "analyse investigate notify appraise post_village "
    "village_days close_village township_review report approve announce remove",
    "household_identification": "apply nominate verify compare appraise examine "
    "post_first first_days close_first township_review post_second second_days "
    "close_second recheck approve announce register",
    "natural_change": "declare verify township_review enter",
}


@pytest.mark.parametrize("slug", sorted(NODES))
def test_every_registered_procedure_holds(slug: str) -> None:
    assert proof.faults(named(slug)) == []


@pytest.mark.parametrize("slug", sorted(NODES))
def test_stored_node_names_never_change(slug: str) -> None:
    flow = named(slug).flow_class

    assert " ".join(node.name for node in flow.line()) == NODES[slug]


@pytest.mark.parametrize("slug", sorted(NODES))
def test_stored_flow_names_never_change(slug: str) -> None:
    flow = named(slug).flow_class

    assert str(flow) == f"procedures/{slug}.{flow.__name__}"


def broken(**changes: Any) -> Procedure:
    """Return the exit with some of its steps changed."""
    procedure = dataclasses.replace(named(EXIT))
    steps = [
        dataclasses.replace(step, **changes.get(step.name, {}))
        for step in procedure.steps
    ]
    object.__setattr__(procedure, "steps", tuple(steps))
    return procedure


@pytest.mark.parametrize(
    "changes",
    [
        {"verify": {"source": "appraised"}},
        {"verify": {"target": "opened"}},
        {"verify": {"target": "refused"}},
        {"verify": {"returns": ("approve",)}},
        {"verify": {"apart": ("nobody",)}},
        {"verify": {"closing": True}},
        {"delist": {"closing": False}},
        {"verify": {"name": "other"}},
    ],
)
def test_a_contradiction_is_found(changes: dict[str, Any]) -> None:
    assert proof.faults(broken(**changes))


def test_each_clock_follows_the_step_that_posts() -> None:
    for procedure in registered():
        for node in procedure.flow_class.line():
            if isinstance(node, Clock):
                assert node.step.posts


def test_the_command_says_what_it_proved() -> None:
    out = io.StringIO()

    call_command("check_procedures", stdout=out)

    assert "贫困户退出: 环节 14" in out.getvalue()
