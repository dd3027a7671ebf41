"""Every Chinese string has its English one, and the two say the same things."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.house.catalogue import Message, extract, messages, obsolete

MESSAGES = messages()
HAN = re.compile("[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-0# +]*\d*(\w)|(%%)|\{(\w+)\}")
TAG = re.compile(r"<[^>]+>")


def said(part: re.Pattern[str], text: str) -> list[object]:
    return sorted(part.findall(text))


def differing(message: Message, part: re.Pattern[str]) -> bool:
    wanted = {tuple(said(part, text)) for text in message.source}
    return {tuple(said(part, text)) for text in message.english} != wanted


def test_the_catalogue_was_read() -> None:
    found = {one.source[0]: one.english for one in MESSAGES}

    assert found["民主评议"] == ["Democratic appraisal"]
    assert found["%(households)s 户"] == [
        "%(households)s household",
        "%(households)s households",
    ]


def test_every_string_has_its_english() -> None:
    missing = [one.source[0] for one in MESSAGES if not all(one.english)]

    assert missing == []


def test_no_translation_is_a_guess() -> None:
    assert [one.source[0] for one in MESSAGES if "fuzzy" in one.flags] == []
    assert list(obsolete()) == []


def test_no_string_is_translated_twice() -> None:
    """A doubled message stops the set-up."""
    times = Counter((one.context, one.source[0]) for one in MESSAGES)

    assert [string for string, count in times.items() if count > 1] == []


def test_singular_and_plural_are_both_there() -> None:
    uneven = [one for one in MESSAGES if len(one.english) != len(one.source)]

    assert uneven == []


@pytest.mark.parametrize("part", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_both_languages_carry_the_same(part: re.Pattern[str]) -> None:
    wrong = [one.source[0] for one in MESSAGES if differing(one, part)]

    assert wrong == []


def test_no_chinese_is_left_in_the_english() -> None:
    left = [text for one in MESSAGES for text in one.english if HAN.search(text)]

    assert left == []


def test_the_catalogue_holds_what_the_source_says(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run `make strings` and translate what it adds."""
    extracted = extract(tmp_path, settings, monkeypatch)
    written = {(one.context, *one.source) for one in extracted}
    known = {(one.context, *one.source) for one in MESSAGES}

    assert (written - known, known - written) == (set(), set())
