"""Every paper says all its facts, in the words it said them in before.

`make docs` writes the texts anew; a difference is a change of what a reader sees, and
the kind's version goes up with it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from notices import kinds
from tests.notices import reading
from tests.notices.contexts import LISTS, of_size
from tests.notices.gallery import GOLDEN, TARGET, drawn, index, ordered, spoken

EVERY = pytest.mark.parametrize("kind", sorted(kinds.KINDS))
# Words that choose what is printed and are not printed themselves.
UNSAID = {"made_by", "kind", "from_text", "year", "county", "township", "village"}


def facts(value: Any, key: str = "") -> Iterator[str]:
    """Yield every fact of a context as it stands on paper."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from facts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from facts(item, key)
    elif isinstance(value, Decimal):
        yield f"{value:,.2f}"
    elif isinstance(value, str) and key not in UNSAID:
        yield re.sub(r"\s", "", value)


@EVERY
def test_a_paper_says_what_it_said(kind: str) -> None:
    written = (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")

    assert spoken(kind) == written


@EVERY
def test_no_fact_of_a_paper_is_lost(kind: str) -> None:
    pages = reading.page_texts(drawn(kind, 12))
    # A fact may go on from one page to the next, past the foot of the first.
    text = "".join(pages) + "".join(page.split("校验码")[0] for page in pages)
    amounts = text.replace(",", "")

    lost = {
        fact
        for fact in facts(of_size(kind, 12))
        if fact not in text
        and fact.rstrip("0").rstrip(".").replace(",", "") not in amounts
    }
    assert lost == set()


@EVERY
def test_a_paper_has_no_missing_glyph(kind: str) -> None:
    shown = re.findall(r"\[([^\]]*)\]\s*TJ", reading.parts(drawn(kind, 3)))
    glyphs = [run for line in shown for run in re.findall(r"<([0-9a-f]+)>", line)]

    assert glyphs
    assert not [run for run in glyphs if "0000" in re.findall("....", run)]


@EVERY
def test_a_paper_has_its_pictures(kind: str) -> None:
    sizes = (1, 12, 40) if kind in LISTS else (1, 5, 12)

    assert all((TARGET / f"{kind}-{size}-1.png").exists() for size in sizes)


def test_the_page_of_pictures_shows_each_of_them() -> None:
    names = [path.name for path in Path(TARGET).glob("*.png")]

    assert (TARGET / "README.md").read_text("utf-8") == index(ordered(names))
