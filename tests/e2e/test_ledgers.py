"""A village's roster on paper and in a spreadsheet, through the browser."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from notices import print_run
from notices.models import PrintJob
from permissions.posts import Post
from registry.models import Export
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.notices import reading
from tests.world import World
from workflows.exports import make_export

pytestmark = pytest.mark.chromium
ILLNESSES = ("慢性病", "大病", "残疾", "因病", "因残")


def fetched(person: Person, address: str) -> bytes:
    """Return a file as the browser gets it."""
    answer = person.context.request.get(address)
    assert answer.ok, answer.status
    return answer.body()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_village_roster_is_printed(
    world: World, office: Callable[..., Office], width: int
) -> None:
    homes = world.households(12, registered=True)
    person = office(width=width).at(Post.VILLAGE_COMMITTEE)
    person.go(f"/place/{world.village}/")
    person.press("档案")
    assert "12" in person.page.locator(".cx-counts").inner_text()

    person.press("出具并打印")
    job = PrintJob.objects.get()
    print_run.run_job.call(job.pk)
    person.go(job.get_absolute_url())

    assert "可以打印" in person.text
    [page] = reading.page_texts(fetched(person, f"/print/{job.pk}.pdf"))
    assert all(home.number in page and home.head_name in page for home in homes)
    people = [person for home in homes for person in home.members.all()]
    assert not [one for one in people if one.masked_id[:14] in page]
    assert not [word for word in ILLNESSES if word in page]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_village_roster_is_exported_and_agreed_to(
    world: World, office: Callable[..., Office], width: int
) -> None:
    homes = world.households(3, registered=True)
    at = office(width=width)
    clerk, leader = at.at(Post.VILLAGE_COMMITTEE), at.at(Post.COUNTY_LEADER)
    clerk.go("/roster/")
    clerk.press("导出名册")
    clerk.put("purpose", "年度核对")
    clerk.put("clear", value=True)

    clerk.press("申请导出")
    export = Export.objects.get()
    leader.go(f"/export/{export.pk}/")
    leader.press("同意导出")
    make_export.call(export.pk)
    clerk.go(f"/export/{export.pk}/")

    clerk.button("下载文件").wait_for()
    book = openpyxl.load_workbook(
        io.BytesIO(fetched(clerk, f"/export/{export.pk}/file/"))
    )
    rows = list(book.active.iter_rows(min_row=4, values_only=True))
    assert [row[3] for row in rows] == [home.number for home in homes]
    clerk.go(f"/export/{export.pk}/")
    assert "下载记录" in clerk.text
