"""Every paper prints: all names, nothing personal, the same bytes each time."""

import hashlib
import re
import subprocess
import sys
from typing import Any

import pytest
from weasyprint.urls import FatalURLFetchingError

from notices import frozen, kinds, marks
from notices.press.fetch import LockedFetcher
from notices.press.render import render_pdf
from tests.notices import reading
from tests.notices.contexts import AT, HEADS, HOUSEHOLDS, LISTS, OBJECTIONS, context
from tests.notices.ledger_contexts import VILLAGES

CODE = "ABCDEFGHIJKLMNOP"
NUMBER = "十村公示〔2018〕3号"

PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
NAMING_PLACES = {"township_book", "county_file", "prefecture_base"}


def printed(kind: str, households: int = 3, **how: Any) -> bytes:
    facts = frozen.checked(kind, context(kind, households))
    return render_pdf(kind, facts, number=NUMBER, code=CODE, issued_at=AT, **how)


@pytest.mark.parametrize("kind", sorted(LISTS))
@pytest.mark.parametrize("rows", [1, 12, 40])
def test_a_list_prints_every_row_and_nothing_personal(kind: str, rows: int) -> None:
    pdf = printed(kind, rows)
    names = VILLAGES if kind in NAMING_PLACES else HEADS

    assert [name for name in names[:rows] if name not in reading.text(pdf)] == []
    assert not PERSONAL.search(reading.spaced(pdf))


@pytest.mark.parametrize("kind", sorted([*HOUSEHOLDS, *OBJECTIONS, "file_index"]))
def test_a_household_paper_prints_its_head_its_number_and_its_code(kind: str) -> None:
    pdf = printed(kind)

    for wanted in ("石㛃", NUMBER, CODE):
        assert wanted in reading.text(pdf)
    assert not PERSONAL.search(reading.spaced(pdf))


@pytest.mark.parametrize("kind", ["first_publicity", "exit_confirmation"])
def test_every_page_bears_the_checkpoint_of_the_ledger(kind: str) -> None:
    pdf = printed(kind, 40, witness="128:9f3a1c205b77e0aa01c2d3e45f607182:2018-11-12")

    for page in reading.page_texts(pdf):
        assert "账本校验点128（2018-11-12）" in page
        assert "9f3a1c205b77e0aa01c2d3e45f607182" in page
    assert "账本" not in reading.text(printed(kind, 40))


@pytest.mark.parametrize(
    ("kind", "households", "expected"),
    [
        ("first_publicity", 1, 1),
        ("first_publicity", 12, 2),
        ("first_publicity", 40, 2),
        ("announcement", 12, 3),
        ("ballot", 12, 1),
        ("tally", 12, 1),
        ("township_list", 12, 3),
        ("approval_list", 40, 4),
        ("application", 0, 1),
        ("worksheet", 0, 1),
        ("verification", 0, 2),
        ("exit_confirmation", 0, 1),
        ("household_card", 0, 1),
        ("not_eligible", 0, 1),
        ("objection_record", 0, 1),
    ],
)
def test_a_paper_has_its_number_of_pages(
    kind: str, households: int, expected: int
) -> None:
    assert reading.pages(printed(kind, households)) == expected


def test_the_heads_of_a_long_table_stand_on_every_page() -> None:
    for page in reading.page_texts(printed("tally", 40)):
        assert "户主姓名" in page


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_every_page_leads_to_the_check_page(kind: str) -> None:
    pdf = printed(kind)

    assert reading.qr_codes(pdf) == [marks.check_url(CODE)] * reading.pages(pdf)


@pytest.mark.parametrize("watermark", ["演练", "草稿"])
def test_a_watermark_lies_on_every_page(watermark: str) -> None:
    pages = reading.page_texts(printed("first_publicity", 40, watermark=watermark))

    assert [watermark in page for page in pages] == [True] * 2


def test_a_paper_without_watermark_has_none() -> None:
    text = reading.text(printed("first_publicity"))

    assert "演练" not in text
    assert "草稿" not in text


def test_another_process_in_another_country_prints_the_same_bytes() -> None:
    program = (
        "import django; django.setup();"
        "from tests.notices.test_render import digests; print(digests())"
    )
    environment = {
        "PYTHONHASHSEED": "7",
        "TZ": "America/New_York",
        "LANG": "C",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout.strip() == str(digests())


def digests() -> dict[str, str]:
    """Return the SHA-256 of a paper of every kind."""
    every = sorted(kinds.KINDS)
    return {kind: hashlib.sha256(printed(kind, 12)).hexdigest() for kind in every}


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,a", "paper:x.css"],
)
def test_a_paper_loads_nothing_but_its_own_code(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        LockedFetcher().fetch(address)


def test_markup_in_a_name_is_text() -> None:
    facts = context("township_list", 1)
    facts["rows"][0]["head"] = "<b>石</b>{{7*7}}"
    pdf = render_pdf(
        "township_list",
        frozen.checked("township_list", facts),
        number=NUMBER,
        code=CODE,
        issued_at=AT,
    )

    assert "<b>石</b>{{7*7}}" in reading.text(pdf)


def test_blank_forms_print_with_lines_to_write_on() -> None:
    facts = context("application")
    facts |= dict.fromkeys(
        ("labourers", "income_year", "income_per_head", "applied_on", "size")
    )
    facts |= dict.fromkeys(("head", "group", "cause", "request", "addressee"), "")
    pdf = render_pdf(
        "application",
        frozen.checked("application", facts),
        number=NUMBER,
        code=CODE,
        issued_at=AT,
    )

    assert "None" not in reading.text(pdf)
    assert reading.pages(pdf) == 1
