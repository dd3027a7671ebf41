"""A village's worth of paper: from the work list to the file, and pages from the browser.

The worker is played by the test; the browser has our faces, so that its print can be
read back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, sync_playwright

from notices import print_run
from notices.models import Paper, Printing, PrintJob
from notices.press import fontconfig
from permissions.posts import Post
from tests.e2e.browsing import CHROMIUM, QUIET
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.notices import reading
from tests.world import World
from workflows import clock
from workflows.models import Batch

pytestmark = pytest.mark.chromium
A4 = (595, 842)
TO_PRINT = "section[aria-labelledby=prn]"
# What belongs to the screen: the frame, the buttons, the addresses behind links.
CHROME = (
    "换岗",
    "退出登录",
    "English",
    "筛选",
    "新开批次",
    "打印中心",
    "(/",
    "跳到正文",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Debian's browser with the faces of our papers."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        given = os.environ | {"FONTCONFIG_FILE": str(fontconfig.configure())}
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, env=given
        )
        yield browser
        browser.close()


def a_list(world: World, households: int) -> Batch:
    """Return an exit's list that hangs in the village, its papers not yet printed."""
    batch = world.open("household_exit", world.households(households, registered=True))
    world.until(batch, "post_village")
    clock.set_training_day(world.day)
    return batch


def work_off() -> None:
    """Do what the worker does: make the file of every job that waits."""
    for job in PrintJob.objects.filter(state="waiting"):
        print_run.run_job.call(job.pk)


def file_of(person: Person, job: PrintJob) -> bytes:
    """Return the file as the browser gets it."""
    answer = person.context.request.get(f"/print/{job.pk}.pdf")
    return answer.body()


def printed_page(person: Person) -> tuple[list[tuple[int, int]], list[str]]:
    """Return sizes and texts of the pages the browser would print."""
    pdf = person.page.pdf(prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(pdf)
    sizes = [(round(page.get_width()), round(page.get_height())) for page in document]
    return sizes, reading.page_texts(pdf)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_village_is_printed_from_the_work_list_and_counted(
    world: World, office: Callable[..., Office], width: int
) -> None:
    a_list(world, 4)
    waiting = Paper.objects.filter(issuer_id=world.village, printed_at=None).count()
    person = office(width=width).at(Post.VILLAGE_COMMITTEE)
    person.go("/")
    assert f"{waiting} 份" in person.page.locator(TO_PRINT).inner_text()

    person.press("生成打印文件", within=TO_PRINT)
    work_off()
    job = PrintJob.objects.order_by("-total").first()
    assert job is not None
    person.go(job.get_absolute_url())

    assert "可以打印" in person.text
    pages = reading.page_texts(file_of(person, job))
    assert len(pages) == job.pages
    assert "打印清单" in pages[0]
    person.put("copies", 2)
    person.press("登记已打印")
    assert "每份打印 2 份" in person.text
    assert Printing.objects.filter(job=job, copies=2).count() == job.total


def test_a_reprint_says_so_on_every_page(
    world: World, office: Callable[..., Office]
) -> None:
    a_list(world, 2)
    person = office().at(Post.VILLAGE_COMMITTEE)
    person.go("/")
    person.press("生成打印文件", within=TO_PRINT)
    work_off()
    job = PrintJob.objects.order_by("-total")[0]
    person.go(job.get_absolute_url())
    person.press("登记已打印")

    person.press("重印")
    work_off()

    again = PrintJob.objects.latest("pk")
    texts = reading.page_texts(file_of(person, again))
    assert all("副本1" in text for text in texts)


def test_the_page_of_a_job_follows_the_worker_by_itself(
    world: World, office: Callable[..., Office]
) -> None:
    batch = a_list(world, 2)
    person = office().at(Post.VILLAGE_COMMITTEE)
    paper = Paper.objects.filter(about=batch.about, issuer_id=world.village)[0]
    person.go(paper.get_absolute_url())
    person.press("生成打印文件")
    assert "排队中" in person.text

    work_off()

    person.button("打开打印文件").wait_for()


def pages_to_print(world: World, batch: Batch) -> dict[str, str]:
    """Return what is printed from the browser, and what its first page must say."""
    case: Any = batch.cases.select_related("household").first()
    number = Paper.objects.filter(about=batch.about)[0].number
    return {
        "/": "工作台",
        f"/roster/?place={world.village}": "名册",
        f"/household/{case.household_id}/": case.household.head_name,
        f"/batch/{batch.pk}/?view=record": "名单",
        f"/v/?no={number}": "有效",
    }


def test_pages_printed_from_the_browser_are_plain_a4(
    world: World, office: Callable[..., Office]
) -> None:
    batch = a_list(world, 30)
    person = office().at(Post.VILLAGE_COMMITTEE)

    for address, said in pages_to_print(world, batch).items():
        person.go(address)
        sizes, texts = printed_page(person)
        assert set(sizes) == {A4}, address
        assert said in texts[0], address
        found = [word for word in CHROME if any(word in text for text in texts)]
        assert found == [], address


def test_a_long_table_repeats_its_heads_on_paper(
    world: World, office: Callable[..., Office]
) -> None:
    a_list(world, 45)
    person = office().at(Post.VILLAGE_COMMITTEE)
    person.go(f"/roster/?place={world.village}")

    texts = printed_page(person)[1]

    assert len(texts) > 1
    assert all("建档状态" in text for text in texts)
    assert "打印" in texts[-1]
