"""The print centre: from what waits to the file, and from the file to the count."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from notices import print_run, printing
from notices.models import JobState, Paper, Printing, PrintJob
from permissions.models import Appointment
from permissions.posts import Post
from tests.notices.contexts import AT
from tests.notices.factories import named_places, official
from tests.notices.test_printing import KIND, worksheets
from tests.permissions.factories import NEXT_VILLAGE, VILLAGE

pytestmark = pytest.mark.django_db

NOW = AT + timedelta(days=4)
CENTRE = "/print/"


def clock() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def still_clock(settings: Settings) -> None:
    settings.CLOCK = "tests.notices.test_print_views.clock"


@pytest.fixture
def clerk() -> Appointment:
    named_places()
    return official()


def browser(hat: Appointment) -> Client:
    client = Client()
    client.force_login(hat.officer)
    return client


def ready(by: Appointment, groups: tuple[str, ...] = ("第一组", "第二组")) -> PrintJob:
    """Return a job whose file is there."""
    codes = [one.pk for one in worksheets(by, groups)]
    (job,) = printing.ask(codes, by=by, at=NOW)
    print_run.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def text_of(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_what_waits_becomes_a_job_at_one_press(
    clerk: Appointment, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    worksheets(clerk)
    office = browser(clerk)
    assert "3 份" in text_of(office, CENTRE)

    with django_capture_on_commit_callbacks(execute=True):
        page = office.post(
            "/print/new/", {"group": f"{VILLAGE}:{KIND}", "copies": "2"}, follow=True
        )

    job = PrintJob.objects.get()
    assert page.redirect_chain == [(f"/print/{job.pk}/", 302)]
    assert (job.state, job.copies, job.asked_by) == (JobState.READY, 2, clerk)
    assert "没有待打印的文书" in text_of(office, CENTRE)


def test_everything_that_waits_can_be_asked_for_at_once(clerk: Appointment) -> None:
    worksheets(clerk)

    browser(clerk).post("/print/new/", {"every": "1", "duplex": "on"})

    assert PrintJob.objects.get().duplex


def test_ticked_papers_are_printed_and_strangers_are_not_there(
    clerk: Appointment,
) -> None:
    codes = [one.pk for one in worksheets(clerk)]
    stranger = browser(official(Post.VILLAGE_COMMITTEE, NEXT_VILLAGE))

    assert stranger.post("/print/new/", {"code": codes}).status_code == 404
    browser(clerk).post("/print/new/", {"code": codes[:2], "no_contents": "on"})

    job = PrintJob.objects.get()
    assert (job.total, job.contents) == (2, False)


def test_a_group_of_another_office_is_empty(clerk: Appointment) -> None:
    worksheets(clerk)
    stranger = browser(official(Post.VILLAGE_COMMITTEE, NEXT_VILLAGE))

    page = stranger.post("/print/new/", {"group": f"{VILLAGE}:{KIND}"}, follow=True)

    assert "没有新的文书要打印" in page.content.decode()
    assert not PrintJob.objects.exists()


def test_while_the_worker_is_at_it_the_page_asks_again(clerk: Appointment) -> None:
    codes = [one.pk for one in worksheets(clerk)]
    (job,) = printing.ask(codes, by=clerk, at=NOW)
    PrintJob.objects.update(state=JobState.RENDERING, done=1)

    text = text_of(browser(clerk), job.get_absolute_url())

    assert 'hx-trigger="every 2s"' in text
    assert "刷新进度" in text
    assert '<progress class="cx-progress" max="3" value="1">33%</progress>' in text


def test_a_finished_file_is_opened_and_its_printing_reported(
    clerk: Appointment,
) -> None:
    job = ready(clerk)
    office = browser(clerk)
    assert 'hx-trigger="every 2s"' not in text_of(office, job.get_absolute_url())

    file = office.get(f"/print/{job.pk}.pdf")
    page = office.post(f"/print/{job.pk}/printed/", {"copies": "2"}, follow=True)

    assert file.content.startswith(b"%PDF-1")
    assert file.headers["Content-Disposition"] == (
        f'inline; filename="print-{job.pk}.pdf"'
    )
    assert "登记：每份打印 2 份" in page.content.decode()
    assert Printing.objects.filter(copies=2, printed_by=clerk).count() == 2


def test_a_reported_file_is_closed(clerk: Appointment) -> None:
    job = ready(clerk)
    office = browser(clerk)
    office.post(f"/print/{job.pk}/printed/", {"copies": "1"})

    assert "已经关闭" in text_of(office, f"/print/{job.pk}.pdf")


@pytest.mark.parametrize("copies", ["", "0", "-1", "x", "99999", "²"])
def test_a_count_that_is_none_is_said(clerk: Appointment, copies: str) -> None:
    job = ready(clerk)

    page = browser(clerk).post(
        f"/print/{job.pk}/printed/", {"copies": copies}, follow=True
    )

    assert "份数应在 1 到 500 之间" in page.content.decode()
    assert not Printing.objects.exists()


def test_a_reprint_is_a_new_job_of_copies(clerk: Appointment) -> None:
    job = ready(clerk)
    office = browser(clerk)
    office.post(f"/print/{job.pk}/printed/", {"copies": "1"})

    page = office.post(f"/print/{job.pk}/again/", follow=True)

    again = PrintJob.objects.latest("pk")
    assert again.pk != job.pk
    assert set(again.sheets.values_list("copy", flat=True)) == {1}
    assert "副本 1" in page.content.decode()


def test_a_job_is_cancelled_and_asked_for_again(clerk: Appointment) -> None:
    job = ready(clerk)
    office = browser(clerk)

    page = office.post(f"/print/{job.pk}/drop/", follow=True)
    assert "文书回到待打印" in page.content.decode()
    office.post(f"/print/{job.pk}/again/")

    assert set(PrintJob.objects.latest("pk").sheets.values_list("copy", flat=True)) == {
        0
    }


def test_papers_that_became_void_are_said_beside_the_file(
    clerk: Appointment,
) -> None:
    job = ready(clerk)
    Paper.objects.filter(pk=job.sheets.all()[0].paper_id).update(state="withdrawn")

    text = text_of(browser(clerk), job.get_absolute_url())

    assert "文件里有 1 份已经失效，请勿发放" in text


def test_a_paper_tells_its_printings_and_its_job(clerk: Appointment) -> None:
    job = ready(clerk)
    office = browser(clerk)
    address = job.sheets.all()[0].paper.get_absolute_url()
    assert f"在 {job.pk} 号打印任务里" in text_of(office, address)

    office.post(f"/print/{job.pk}/printed/", {"copies": "3"})

    text = text_of(office, address)
    assert "正本　3 份" in text
    assert "重印（每页标副本）" in text


def test_a_reader_sees_the_job_and_changes_nothing(clerk: Appointment) -> None:
    job = ready(clerk)
    auditor = browser(official(Post.AUDITOR))

    assert "登记已打印" not in text_of(auditor, job.get_absolute_url())
    for act in ("printed", "again", "drop"):
        assert auditor.post(f"/print/{job.pk}/{act}/").status_code == 404


def price(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


CENTRE_PRICE, JOB_PRICE = 8, 9


def test_the_pages_cost_the_same_however_much_is_printed(clerk: Appointment) -> None:
    office = browser(clerk)
    few, many = ready(clerk, ("第一组",)), ready(clerk, ("第一组", "第二组", "第三组"))
    price(office, CENTRE)

    assert price(office, few.get_absolute_url()) == JOB_PRICE
    assert price(office, many.get_absolute_url()) == JOB_PRICE
    assert price(office, CENTRE) == CENTRE_PRICE
