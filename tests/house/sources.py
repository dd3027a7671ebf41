"""The files of the house, as its tests read them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "config",
    "procedures",
    "workflows",
    "notices",
    "permissions",
    "registry",
)
# Made by a machine, like every folder whose name begins with a dot but one.
SKIPPED = {"var", "__pycache__"}
KEPT = ".ci"


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Yield every file below these folders (of the whole house when none is named)."""
    for folder in folders or ("",):
        for where, below, names in os.walk(ROOT / folder):
            below[:] = sorted(part for part in below if is_ours(part))
            yield from (Path(where, n) for n in sorted(names) if n.endswith(suffix))


def is_ours(folder: str) -> bool:
    """Return whether people write what lies in a folder of this name."""
    return folder not in SKIPPED and (folder == KEPT or not folder.startswith("."))


def modules(*folders: str) -> Iterator[Path]:
    """Yield the Python modules that people wrote: migrations are left out."""
    for path in files(*(folders or PACKAGES), suffix=".py"):
        if "migrations" not in path.parts:
            yield path


def name(path: Path) -> str:
    """Return the path as a reader would write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> set[str]:
    """Return every module that a module names in an import, wherever it stands."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found
