"""Migrations are named, linear, reversible and know no present-day model."""

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.sources import PACKAGES, files, imports, name, tree

MIGRATIONS = [
    path
    for path in files(*PACKAGES, suffix=".py")
    if path.parent.name == "migrations" and path.stem != "__init__"
]
ONE_WAY = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}


def is_one_way(call: ast.Call) -> bool:
    """Return whether a data operation lacks its way back."""
    operation = getattr(call.func, "attr", "")
    if operation not in ONE_WAY:
        return False
    named = {keyword.arg for keyword in call.keywords}
    return len(call.args) < 2 and ONE_WAY[operation] not in named


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_a_migration_is_named_by_what_it_changes(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem)
    assert "_auto_" not in path.stem
    assert not re.fullmatch(r"\d{4}_(initial|alter|update|migration)", path.stem)


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_a_migration_can_be_undone(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]

    assert [ast.unparse(call) for call in calls if is_one_way(call)] == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_a_data_migration_asks_for_the_models_of_its_time(path: Path) -> None:
    if "RunPython" not in path.read_text(encoding="utf-8"):
        return

    ours = {f"{package}.models" for package in PACKAGES}

    assert not {module for module in imports(path) if module.startswith(tuple(ours))}


@pytest.mark.django_db
@pytest.mark.parametrize("label", [p for p in PACKAGES if p != "config"])
def test_an_app_has_one_head(label: str) -> None:
    loader = MigrationLoader(connection)

    assert len(loader.graph.leaf_nodes(label)) == 1
