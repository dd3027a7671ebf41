"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, files, name

DOCUMENTS = list(files(suffix=".md"))
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)|src=\"([^\":]+)\"")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = [one or other for one, other in LINK.findall(text)]

    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_tell_every_setting(readme: str) -> None:
    settings = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    told = (ROOT / readme).read_text(encoding="utf-8")
    asked = re.findall(r"env\.\w+\(\s*\"(\w+)\"", settings)

    assert [one for one in asked if one not in told] == []


def test_the_threat_model_names_tests_that_exist() -> None:
    told = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    proofs = re.findall(r"`(tests/[^`]+)`", told)

    assert len(proofs) > 10
    assert [proof for proof in proofs if not (ROOT / proof).exists()] == []
