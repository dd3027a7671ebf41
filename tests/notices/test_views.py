"""Pages of papers: within the territory they work, outside they are not there."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from notices.models import Objection, Outcome, Paper
from notices.objections import file_objection
from notices.press import render
from permissions.models import Appointment
from permissions.posts import Post
from tests.notices import press_jobs, reading
from tests.notices.contexts import AT
from tests.notices.factories import complaint, notice, official, photo
from tests.permissions.factories import NEXT_TOWNSHIP, NEXT_VILLAGE

pytestmark = pytest.mark.django_db

NOW = AT + timedelta(days=4)


def clock() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def still_clock(settings: Settings) -> None:
    settings.CLOCK = "tests.notices.test_views.clock"


def browser(hat: Appointment) -> Client:
    """Return a browser in which this officer is logged in."""
    client = Client()
    client.force_login(hat.officer)
    return client


def filed(paper: Paper) -> Objection:
    made = file_objection(paper, complaint(), by=official(), now=NOW)
    assert isinstance(made, Objection)
    return made


PAGES = ["paper/{code}/", "paper/{code}.pdf", "objections/new/{code}/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("post", "code", "status"),
    [
        (Post.VILLAGE_COMMITTEE, None, 200),
        (Post.TOWNSHIP_CLERK, None, 200),
        (Post.COUNTY_LEADER, None, 200),
        (Post.VILLAGE_COMMITTEE, NEXT_VILLAGE, 404),
        (Post.TOWNSHIP_CLERK, NEXT_TOWNSHIP, 404),
        (Post.SYSTEM_ADMIN, None, 404),
    ],
)
def test_a_paper_is_there_for_its_territory_only(
    page: str, post: Post, code: str | None, status: int
) -> None:
    paper = notice()
    hat = official(post, code) if code else official(post)
    answer = browser(hat).get(f"/{page.format(code=paper.pk)}")

    assert answer.status_code == status


def test_the_pdf_is_made_on_demand_and_named_by_its_code() -> None:
    paper = notice()
    answer = browser(official()).get(f"/paper/{paper.pk}.pdf?download=1")

    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{paper.pk}.pdf"'
    )
    assert "龙立春" in reading.text(answer.content)


def test_a_pdf_that_cannot_be_made_is_said_and_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = notice()
    monkeypatch.setattr(render, "render_pdf", press_jobs.foreseen)
    answer = browser(official()).get(f"/paper/{paper.pk}.pdf", follow=True)

    assert "暂时排不出版" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.attempts == 1


def test_a_printed_paper_leaves_the_queue() -> None:
    paper = notice()
    answer = browser(official()).post(
        "/paper/printed/", {"code": paper.pk}, follow=True
    )

    assert "已标记打印 1 份" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.printed_at == NOW


def test_a_reader_marks_nothing() -> None:
    paper = notice()
    answer = browser(official(Post.AUDITOR)).post("/paper/printed/", {"code": paper.pk})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("post", "code", "status"),
    [
        (Post.VILLAGE_COMMITTEE, None, 200),
        (Post.COUNTY_CLERK, None, 200),
        (Post.VILLAGE_COMMITTEE, NEXT_VILLAGE, 404),
    ],
)
def test_a_photo_is_there_for_its_territory_only(
    post: Post, code: str | None, status: int
) -> None:
    picture = photo(official())
    hat = official(post, code) if code else official(post)

    assert browser(hat).get(picture.get_absolute_url()).status_code == status


@pytest.mark.parametrize(
    "address", ["paper/X/", "photo/1/", "objections/", "paper/X.pdf"]
)
def test_nothing_is_shown_without_a_log_in(client: Client, address: str) -> None:
    answer = client.get(f"/{address}")

    assert (answer.status_code, "login" in answer.headers["Location"]) == (302, True)


TYPED = {
    "channel": "phone",
    "received_at": "2018-11-13T10:00",
    "content": "该户有门面出租",
    "objector": "麻谷雨",
    "contact": "13800000000",
}


def test_an_objection_is_entered_through_the_page() -> None:
    paper = notice()
    page = browser(official()).post(f"/objections/new/{paper.pk}/", TYPED, follow=True)

    text = page.content.decode()
    assert "异议已登记并告知受理" in text
    assert "依法保密" in text
    assert "麻谷雨" not in text


def test_what_is_missing_is_said_and_what_was_typed_is_kept() -> None:
    paper = notice()
    wrong = {**TYPED, "objector": "", "received_at": "2018-12-01T10:00"}
    page = browser(official()).post(f"/objections/new/{paper.pk}/", wrong)

    text = page.content.decode()
    assert page.status_code == 422
    assert "收到时间不能晚于现在" in text
    assert "缺反映人姓名" in text
    assert "该户有门面出租" in text
    assert Objection.objects.count() == 0


def test_a_township_officer_sees_assigns_and_answers() -> None:
    objection = filed(notice())
    hat = official(Post.TOWNSHIP_CLERK)
    office = browser(hat)
    base = f"/objection/{objection.pk}/"

    assert "麻谷雨" in office.get(base).content.decode()
    office.post(f"{base}assign/", {"handler": hat.officer_id})
    page = office.post(
        f"{base}answer/", {"outcome": "rejected", "finding": "已转让"}, follow=True
    )

    assert "已答复" in page.content.decode()
    objection.refresh_from_db()
    assert (objection.outcome, objection.handler) == (Outcome.REJECTED, hat.officer)
    assert "麻谷雨" in reading.text(office.get(f"{base}record.pdf").content)


@pytest.mark.parametrize("act", ["assign", "answer", "withdraw"])
def test_a_village_officer_handles_no_objection(act: str) -> None:
    objection = filed(notice())
    village = browser(official())
    base = f"/objection/{objection.pk}/"

    assert village.post(f"{base}{act}/").status_code == 404
    assert "书面答复" not in village.get(base).content.decode()
    assert "麻谷雨" not in reading.text(village.get(f"{base}record.pdf").content)


def test_a_record_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    objection = filed(notice())
    monkeypatch.setattr(render, "render_pdf", press_jobs.foreseen)
    answer = browser(official(Post.TOWNSHIP_CLERK)).get(
        f"/objection/{objection.pk}/record.pdf", follow=True
    )

    assert "登记表暂时排不出版" in answer.content.decode()


def test_the_author_is_told_why_he_may_not_answer() -> None:
    hat = official(Post.TOWNSHIP_CLERK)
    objection = filed(notice(by=hat))
    answer = browser(hat).post(
        f"/objection/{objection.pk}/answer/", {"outcome": "upheld", "finding": "查明"}
    )

    assert answer.status_code == 422
    assert "公示的经办人不得办理" in answer.content.decode()
    objection.refresh_from_db()
    assert objection.is_open


def test_an_objection_taken_back_is_closed() -> None:
    objection = filed(notice())
    browser(official(Post.TOWNSHIP_LEADER)).post(
        f"/objection/{objection.pk}/withdraw/", {"reason": "误会"}
    )
    objection.refresh_from_db()

    assert objection.outcome == Outcome.WITHDRAWN


@pytest.mark.parametrize(("query", "shown"), [("", False), ("?v=all", True)])
def test_the_register_shows_open_objections_or_all(query: str, shown: bool) -> None:
    objection = filed(notice())
    hat = official(Post.TOWNSHIP_CLERK)
    objection.outcome, objection.answered_at = Outcome.REJECTED, NOW
    objection.save()

    text = browser(hat).get(f"/objections/{query}").content.decode()
    assert (objection.number in text) is shown
