"""A step is named in its procedure and nowhere else, or the engine knows the law."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.house.sources import PACKAGES, files, modules, name, tree
from workflows import procedure
from workflows.machine import steps_of

STEPS = sorted(
    {step.name for p in procedure.registered() for step in steps_of(p.case_class)}
)
# Besides the procedures that declare it: what the household signs or is told.
MODULES_PER_STEP = 3
# What a household gives bears the name of the step that asks for it.
ALSO_A_FACT = {"consent"}
# What a command is told to do may be called as some step is.
OWN_WORDS = {"notices/management/commands/papers.py": {"verify"}}
ENGINE = [package for package in PACKAGES if package != "procedures"]


DECLARING = {p.case_class.__module__ for p in procedure.registered()}


def declares(path: Path) -> bool:
    return f"{path.parent.name}.{path.stem}" in DECLARING


def strings(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def namers(*packages: str) -> dict[str, list[str]]:
    """Return step → the modules that name it as a value, declarations left out."""
    found = defaultdict(list)
    for path in modules(*packages):
        if not declares(path) and "rehearsal" not in path.parts:
            own = OWN_WORDS.get(name(path), set())
            for step in strings(path) & set(STEPS) - own:
                found[step].append(name(path))
    return dict(found)


def test_there_are_steps_to_look_for() -> None:
    assert {"township_review", "approve"} <= set(STEPS)


def test_the_engine_names_no_step() -> None:
    assert namers(*ENGINE) == {}


def test_a_step_is_named_in_few_places() -> None:
    many = {
        step: where
        for step, where in namers("procedures").items()
        if len(where) > MODULES_PER_STEP and step not in ALSO_A_FACT
    }

    assert many == {}


@pytest.mark.parametrize("step", STEPS)
def test_no_template_asks_which_step_it_is(step: str) -> None:
    question = re.compile(rf"{{%[^%]*[\"']{step}[\"'][^%]*%}}")

    assert [
        name(path)
        for path in files("templates", suffix=".html")
        if question.search(path.read_text(encoding="utf-8"))
    ] == []
