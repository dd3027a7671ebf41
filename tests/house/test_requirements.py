"""What the product imports it asks for by name, and every version is pinned."""

import re
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions

from tests.house.sources import PACKAGES, ROOT, imports, modules

# What an office that signs installs besides stands in a file of its own.
RUNNING = "".join(
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-sign.txt")
)
TESTING = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(text: str) -> set[str]:
    return {normal(name) for name in re.findall(r"^([A-Za-z][\w.-]*)", text, re.M)}


def unnamed(folders: Sequence[str], wanted: set[str]) -> set[str]:
    """Return the libraries imported in these folders that nobody asks for."""
    ours = {*PACKAGES, "tests", "bench", *sys.stdlib_module_names}
    paths = modules(*folders)
    tops = {module.split(".")[0] for path in paths for module in imports(path)} - ours
    makers = packages_distributions()
    return {top for top in tops if not {normal(m) for m in makers[top]} & wanted}


def test_every_library_we_import_stands_in_the_requirements() -> None:
    assert unnamed(PACKAGES, named(RUNNING)) == set()


def test_every_library_of_the_tests_stands_in_the_requirements() -> None:
    assert unnamed(["tests", "bench"], named(RUNNING) | named(TESTING)) == set()


def test_every_requirement_is_pinned() -> None:
    pinned = named((ROOT / "constraints.txt").read_text(encoding="utf-8"))

    assert (named(RUNNING) | named(TESTING)) - pinned == set()


def test_the_other_project_called_viewflow_is_not_asked_for() -> None:
    assert not re.search(r"^viewflow\b", RUNNING, re.M)
