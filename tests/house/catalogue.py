"""The English catalogue as its tests read it, and what the source asks of it."""

import re
import shutil
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.house.sources import PACKAGES, ROOT

CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
# As `make strings` calls it: papers are in Chinese for every reader.
IGNORED = ("templates/papers",)
LINE = re.compile(r'^(?:(?P<key>msg[a-z_]+)(?:\[\d\])? )?(?P<text>".*")$')


@dataclass(slots=True)
class Message:
    """One entry: what stands in the source, and what an English reader sees."""

    flags: str = ""
    context: str = ""
    source: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)


def messages(path: Path = CATALOGUE) -> list[Message]:
    """Return every entry of a catalogue, its header left out."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    found = [_message(block) for block in blocks]
    return [one for one in found if one.source and one.source[0]]


def _message(block: str) -> Message:
    message, current = Message(), []
    for line in block.splitlines():
        if line.startswith("#,"):
            message.flags += line
        elif match := LINE.match(line):
            text = literal_eval(match["text"])
            if match["key"] == "msgctxt":
                message.context = text
                continue
            if match["key"]:
                english = match["key"] == "msgstr"
                current = message.english if english else message.source
                current.append("")
            current[-1] += text
    return message


def obsolete(path: Path = CATALOGUE) -> Iterator[str]:
    """Yield the lines that gettext keeps of strings no longer in the source."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line.startswith("#~"))


def extract(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> list[Message]:
    """Collect the strings of a copy of the source: gettext writes beside templates."""
    only = shutil.ignore_patterns("fonts", "data", "__pycache__")
    for name in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=only)
    (folder / "locale").mkdir()
    settings.LOCALE_PATHS = []
    monkeypatch.chdir(folder)
    call_command(
        "makemessages", locale=["en"], ignore_patterns=list(IGNORED), verbosity=0
    )
    return messages(folder / "locale/en/LC_MESSAGES/django.po")
