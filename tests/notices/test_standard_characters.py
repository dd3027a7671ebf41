"""The 8,105 characters of 通用规范汉字表 (国发〔2013〕23号) print, each by a glyph.

`standard_characters.txt` holds them in the order of the table, read out of the field
kTGH of the Unicode Consortium's Unihan database (as Debian's unicode-data 15.0 has it).
"""

from pathlib import Path
from textwrap import wrap

import pytest

from notices import frozen, glyphs
from notices.press.render import render_pdf
from tests.notices import reading
from tests.notices.contexts import AT, context
from tests.notices.test_render import CODE, NUMBER

TABLE = Path(__file__).with_name("standard_characters.txt")
NAME = 20
# What WeasyPrint says when it draws an empty box.
BOX = ".notdef glyph rendered"


def standard() -> str:
    return "".join(TABLE.read_text(encoding="utf-8").split())


def printed(kind: str, names: list[str]) -> bytes:
    facts = context(kind, 1)
    rows = [{**facts["rows"][0], "head": name} for name in names]
    checked = frozen.checked(kind, {**facts, "rows": rows})
    return render_pdf(kind, checked, number=NUMBER, code=CODE, issued_at=AT)


def test_the_table_has_its_8105_characters_in_three_levels() -> None:
    characters = standard()

    assert len(set(characters)) == len(characters) == 8105
    assert [characters[n] for n in (0, 3500, 6500, 8104)] == ["一", "乂", "亍", "蠼"]


def test_no_character_of_the_table_is_refused() -> None:
    assert glyphs.missing(standard()) == []


@pytest.mark.parametrize("kind", ["announcement", "first_publicity"])
def test_every_character_of_the_table_prints_as_itself(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    pdf = printed(kind, wrap(standard(), NAME))

    assert sorted(set(standard()) - set(reading.text(pdf))) == []
    assert BOX not in caplog.text
    assert {face[:3] for face in reading.faces(pdf)} == {"GW-"}


def test_a_character_without_a_glyph_would_be_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    printed("announcement", ["石𰻝"])

    assert BOX in caplog.text
