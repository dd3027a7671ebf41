"""A township's spreadsheet: checked, marked, corrected, accepted by the county."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytest_django import Settings

from permissions.posts import Post
from registry.models import Household, ImportRun
from tests.e2e.browsing import DESKTOP, PHONE
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.registry.sheets import books
from tests.world import VILLAGE, World

pytestmark = pytest.mark.chromium

NUMBER = f"{VILLAGE}0801"
SPOILT = books.WIFE_ID[:15] + "000"


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings, tmp_path: Path) -> None:
    """No worker runs beside the live server: a file is checked when it is taken in."""
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }


def workbook(**of_wife: Any) -> dict[str, Any]:
    """Return a household of three as the national system exports it."""
    household = {**books.HOUSEHOLD, "户编号": NUMBER, "工资性收入": 350_000}
    members = [
        {**told, "户编号": NUMBER}
        for told in (books.HEAD, {**books.WIFE, **of_wife}, books.SON)
    ]
    content = books.xlsx(books.national([household], members))
    return {"name": "石春生家.xlsx", "mimeType": "", "buffer": content}


def upload(person: Person, file: dict[str, Any]) -> None:
    person.go("/roster/")
    person.press("表格导入")
    person.press("上传表格")
    person.put("workbook", file)
    person.press("上传，开始检查")


def marked(person: Person) -> Any:
    """Return the downloaded copy as another program reads it."""
    with person.page.expect_download() as waiting:
        person.button("下载标了问题的表").click()
    return openpyxl.load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_spreadsheet_is_corrected_and_accepted(
    office: Callable[..., Office], world: World, width: int
) -> None:
    windows = office(width=width)
    clerk = windows.at(Post.TOWNSHIP_CLERK)
    upload(clerk, workbook(证件号码=SPOILT))
    assert "号码末尾是0且校验位不符" in clerk.text
    assert SPOILT not in clerk.page.content()

    sheet = marked(clerk)["人口信息"]
    place = books.PERSON_HEADERS.index("证件号码") + 1
    cell = sheet.cell(row=3, column=place)
    assert (cell.value, cell.fill.fgColor.rgb) == (SPOILT, "FFF8C8C4")
    assert "请设为文本格式后重填" in cell.comment.text

    upload(clerk, workbook())
    assert "写入档案须县级经办确认" in clerk.text
    run = ImportRun.objects.latest("pk")
    county = windows.at(Post.COUNTY_CLERK)
    county.go(f"/import/{run.pk}/")
    county.put("explanation", "在外承包工程，附合同")
    county.press("保存说明")
    county.press("确认，写入勾选的村")
    assert "已导入" in county.text
    assert Household.objects.get(number=NUMBER).size == 3


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    office: Callable[..., Office], world: World
) -> None:
    clerk = office().at(Post.TOWNSHIP_CLERK)
    file = {"name": "名册.xlsx", "mimeType": "", "buffer": b"%PDF-1.7"}
    upload(clerk, file)

    assert "不是表格文件" in clerk.text


def test_a_blank_is_handed_out(office: Callable[..., Office], world: World) -> None:
    clerk = office().at(Post.COUNTY_CLERK)
    clerk.go("/imports/")
    with clerk.page.expect_download() as waiting:
        clerk.button("户信息和人口信息").click()

    book = openpyxl.load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book.sheetnames == ["户信息", "人口信息", "填表说明", "代码"]
