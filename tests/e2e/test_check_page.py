"""A telephone in the village: the code is scanned, the page says what the sheet is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from notices import marks, papers, tasks
from notices.models import Paper
from tests.e2e.browsing import PHONE
from tests.e2e.person import Person
from tests.notices import reading
from tests.notices.contexts import AT
from tests.notices.factories import draft, notice, official

pytestmark = [pytest.mark.chromium, pytest.mark.usefixtures("lasting_db")]


@pytest.fixture
def passer_by(chromium: Browser, live_server: Any) -> Iterator[Person]:
    """Somebody with a telephone who never logged in."""
    person = Person(chromium, live_server.url, width=PHONE)
    yield person
    person.context.close()
    assert person.faults == []


def scanned(paper: Paper) -> str:
    """Return the path in the QR code on the sheet, as a telephone reads it."""
    return urlsplit(reading.qr_codes(tasks.pdf(paper))[0]).path


def valid() -> str:
    return scanned(notice())


def superseded() -> str:
    by = official()
    old = notice(by=by)
    papers.issue([draft(households=2)], by=by, at=AT + timedelta(days=1))
    return scanned(old)


def withdrawn() -> str:
    by = official()
    paper = notice(by=by)
    papers.withdraw([paper.pk], by=by, at=AT, reason="名单有误")
    return scanned(paper)


def unknown() -> str:
    return f"/v/{marks.new_code()}-AAAAAAAA/"


@pytest.mark.parametrize(
    ("paper", "said", "advice"),
    [
        (valid, "有效", "对名单有意见"),
        (superseded, "已被替换", "现行有效的一张"),
        (withdrawn, "已撤销", "怎样核对手里的纸"),
        (unknown, "查不到", "可能的原因"),
    ],
)
def test_the_scanned_code_leads_to_the_answer(
    passer_by: Person, paper: Callable[[], str], said: str, advice: str
) -> None:
    page = passer_by.page
    page.goto(paper())

    assert said in page.locator("h1").first.inner_text()
    assert advice in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_the_roll_answers_without_any_server(chromium: Browser, tmp_path: Path) -> None:
    paper = notice()
    sheet, roll = tmp_path / "sheet.pdf", tmp_path / "roll.html"
    sheet.write_bytes(tasks.pdf(paper))
    call_command("papers", "roll", paper.place_id, str(roll), stdout=StringIO())
    context = chromium.new_context(
        offline=True, viewport={"width": PHONE, "height": 844}
    )
    page = context.new_page()
    page.goto(roll.as_uri())

    page.fill("#code", marks.check_url(paper.code))
    assert "有效\n第一次公示　" in page.inner_text("#said")
    page.fill("#code", "A" * 16)
    assert "没有这个校验码" in page.inner_text("#said")
    page.set_input_files("#file", str(sheet))
    page.locator("#said.ok").wait_for(state="attached")
    sheet.write_bytes(sheet.read_bytes()[:-1])
    page.set_input_files("#file", [])
    page.set_input_files("#file", str(sheet))
    page.locator("#said.bad").wait_for(state="attached")
    context.close()
