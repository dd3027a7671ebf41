"""What cannot be printed is named before anything is written."""

import pytest

from notices import glyphs
from notices.glyphs import Missing


@pytest.mark.parametrize(
    "name", ["石㛃", "龙𬱖", "王䶮", "陈㐱", "㺄䒕", "阿依古丽·买买提"]
)
def test_rare_names_of_the_general_table_print(name: str) -> None:
    assert glyphs.missing(name) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("石𰻝", ["𰻝"]),
        ("石\u202e春", ["\u202e"]),
        ("石\u200b春", ["\u200b"]),
        ("石\ud800", ["\ud800"]),
        ("石\ue863", ["\ue863"]),
        ("石\x00", ["\x00"]),
        ("𰻝𰻝\u200b", ["𰻝", "\u200b"]),
    ],
)
def test_what_has_no_glyph_or_no_shape_is_found_once(
    text: str, expected: list[str]
) -> None:
    assert glyphs.missing(text) == expected


def test_a_line_break_is_no_missing_glyph() -> None:
    assert glyphs.missing("一\n二") == []


def test_the_person_is_named_beside_the_character() -> None:
    context = {"head": "石春", "members": [{"name": "石𰻝"}], "rows": ({"head": "𰻝"},)}

    assert list(glyphs.missing_in(context)) == [
        Missing("石𰻝", "𰻝"),
        Missing("𰻝", "𰻝"),
    ]


@pytest.mark.parametrize(
    ("character", "shown"), [("𰻝", "𰻝（U+30EDD）"), ("\u202e", "U+202E")]
)
def test_an_invisible_character_is_shown_by_its_number(
    character: str, shown: str
) -> None:
    assert Missing("石", character).shown == shown
