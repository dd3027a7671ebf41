"""What the product imports it asks for by name, and every version is pinned."""

import re
import sys
from importlib.metadata import packages_distributions

from tests.house.sources import PACKAGES, ROOT, imports, modules

REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(text: str) -> set[str]:
    return {normal(name) for name in re.findall(r"^([A-Za-z][\w.-]*)", text, re.M)}


def test_every_library_we_import_stands_in_the_requirements() -> None:
    ours = {*PACKAGES, *sys.stdlib_module_names}
    tops = {module.split(".")[0] for path in modules() for module in imports(path)}
    makers = packages_distributions()

    unnamed = {
        top
        for top in tops - ours
        if not {normal(maker) for maker in makers[top]} & named(REQUIREMENTS)
    }

    assert unnamed == set()


def test_every_requirement_is_pinned() -> None:
    pinned = named((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    wanted = named((ROOT / "requirements-dev.txt").read_text(encoding="utf-8"))

    assert (named(REQUIREMENTS) | wanted) - pinned == set()


def test_the_other_project_called_viewflow_is_not_asked_for() -> None:
    assert not re.search(r"^viewflow\b", REQUIREMENTS, re.M)
