"""A comparison in two windows: list out, list in, a hit decided with a photo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from permissions.posts import Post
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.pictures import photo
from tests.workflows.comparing.scene import car, head, number, sheet
from tests.world import World
from workflows.models import Match, RoundDepartment

pytestmark = pytest.mark.chromium


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings) -> None:
    """No worker runs beside the live server: lists and files are done when asked."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }


def open_round(clerk: Person) -> None:
    clerk.go("/comparisons/new/")
    clerk.put("purpose", "四类对象清理")
    clerk.put("basis", "花扶〔2018〕3号")
    for label in ("花垣县", "建档立卡（未脱贫）", "公安·机动车登记名单"):
        clerk.page.get_by_label(label, exact=True).check(force=True)
    clerk.page.get_by_label("各户的查询授权书已归档").check(force=True)
    clerk.press("发起比对", within=".cx-bar")


def fetch(clerk: Person, address: str) -> bytes:
    clerk.go(address)
    with clerk.page.expect_download() as coming:
        clerk.page.get_by_role("button", name="领取密封名单").click()
    return coming.value.path().read_bytes()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_comparison_from_list_out_to_decision(
    width: int, world: World, office: Callable[..., Office]
) -> None:
    (home,) = world.households(1, registered=True)
    person = head(home)
    windows = office(width=width)
    clerk, leader = windows.at(Post.COUNTY_CLERK), windows.at(Post.COUNTY_LEADER)

    open_round(clerk)
    address = f"/comparison/{RoundDepartment.objects.get().round_id}/"
    leader.go(address)
    leader.press("批准发出")
    leader.press("查看密码")
    assert "打开密码" in leader.text
    assert fetch(clerk, address).startswith(b"\xd0\xcf\x11\xe0")

    clerk.go(address)
    clerk.page.locator("summary", has_text="收部门数据").click()
    rows = sheet("vehicles", [car(person)])
    clerk.put("workbook", {"name": "车辆.csv", "mimeType": "text/csv", "buffer": rows})
    clerk.press("上传并比对")
    clerk.go(address)
    assert "比中 1 条" in clerk.text

    clerk.go(f"/match/{Match.objects.get().pk}/")
    assert number(person) not in clerk.text
    clerk.put("decision", "explained")
    clerk.put("exception", "hand_tractor")
    clerk.put("explanation", "耕地用")
    clerk.put("evidence", photo())
    clerk.press("认定", within=".cx-bar")

    match = Match.objects.get()
    assert (match.decision, match.exception) == ("explained", "hand_tractor")
    clerk.go(f"{address}report/")
    assert "双龙镇" in clerk.text
