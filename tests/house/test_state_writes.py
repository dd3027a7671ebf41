"""What a case is in law is written by one package, and there by few modules."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.house.sources import modules, name, tree

# Paper, Objection, ImportRun and Export have a state of their own; no case is known down there.
WRITERS = [
    "workflows/actions/*.py",
    "workflows/machine.py",
    "notices/*.py",
    "registry/sheets/*.py",
    "registry/exports/*.py",
]
DOORKEEPERS = {"access"}
FETCHES = re.compile(r"\bCase\.objects\.get\(|get_object_or_404\(\s*[A-Z]")
WRITING_CALLS = {"update", "update_or_create", "bulk_update"}


def writes(path: Path) -> Iterator[int]:
    """Yield the lines that write an attribute or column named state."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords}
            if node.func.attr in WRITING_CALLS and "state" in named:
                yield node.lineno


def test_the_state_of_a_case_is_written_by_the_actions_only() -> None:
    strangers = [
        f"{name(path)}:{line}"
        for path in modules()
        if not any(fnmatch(name(path), writer) for writer in WRITERS)
        for line in writes(path)
    ]

    assert strangers == []


def test_pages_fetch_by_number_through_the_door_that_asks_for_the_place() -> None:
    """Anywhere else, a number typed into the address reaches a stranger's case."""
    strangers = [
        name(path)
        for path in modules("workflows", "notices", "procedures")
        if "views" in name(path) and path.stem not in DOORKEEPERS
        if FETCHES.search(path.read_text(encoding="utf-8"))
    ]

    assert strangers == []
