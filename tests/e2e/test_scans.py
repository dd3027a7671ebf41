"""Signed confirmations come back as one scanned heap and carry the exit's sign-off."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from notices import tasks
from notices.models import SIGNED_SHEET, Paper, Photo
from permissions.posts import Post
from procedures.models import SignOff
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.notices import scanning
from tests.notices.scanning import bound, sheet, turned
from tests.world import World
from workflows.models import Batch

pytestmark = pytest.mark.chromium
KIND = "exit_confirmation"
HOUSEHOLDS = 4


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings) -> None:
    """No worker runs beside the live server: the heap is read when it is taken in."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }


def at_consent(world: World) -> Batch:
    """Return a list of exits whose households are to sign."""
    batch = world.open("household_exit", world.households(HOUSEHOLDS, registered=True))
    world.until(batch, "consent")
    batch.refresh_from_db()
    return batch


def signed(batch: Batch) -> dict[str, Any]:
    """Return the heap: askew, upside down, one code torn off, one sheet twice."""
    chance = random.Random(20181105)
    cases = [case.about for case in batch.cases.order_by("pk")]
    papers = list(Paper.objects.filter(kind=KIND, about__in=cases).order_by("-code"))
    images = [
        turned(0, 4)(scanning.thumbed(sheet(tasks.pdf(p)), chance), chance)
        for p in papers
    ]
    torn = sheet(tasks.pdf(papers[0]))
    torn.paste("white", (0, torn.height - 260, torn.width, torn.height))
    content = bound([torn, *images[1:], images[1].rotate(180)])
    return {"name": "脱贫确认书.pdf", "mimeType": "application/pdf", "buffer": content}


def upload(person: Person, batch: Batch) -> None:
    """Print the forms at the desk, bring the heap back."""
    person.go(f"/batch/{batch.pk}/")
    person.press("出具空白表")
    assert "签字收回 0/4" in person.text
    person.press("拍照、扫描收回")
    person.put("files", signed(batch))
    person.press("上传，开始识别")


def settle(person: Person) -> None:
    """Say whose the torn sheet is, then confirm what was matched."""
    assert "认不出" in person.text
    assert "重复" in person.text
    person.follow(person.page.locator(".cx-sheet", has_text="处理").first)
    person.page.locator("select[name=paper]").select_option(index=1)
    person.press("对上这份文书")
    assert "都收回来了" in person.text
    person.press("确认勾选的页，存入档案")
    assert f"已确认 {HOUSEHOLDS} 页" in person.text


def sign_off(desk: Desk) -> None:
    """Say who signed and when; the photo lies there already."""
    desk.open()
    assert f"签字收回 {HOUSEHOLDS}/{HOUSEHOLDS}" in desk.person.text
    links = desk.person.page.locator("ul.cx-pages a").all()
    for link in [str(one.get_attribute("href")) for one in links]:
        desk.person.go(link)
        desk.person.fill(
            "consent", signed_on=desk.day.isoformat(), by_whom="head", thumb=True
        )
        desk.person.save()
    desk.open()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_heap_of_confirmations_carries_the_sign_off(
    width: int, world: World, office: Callable[..., Office]
) -> None:
    batch = at_consent(world)
    person = office(width=width).at(Post.WORK_TEAM)

    upload(person, batch)
    settle(person)
    desk = Desk(person=person, number=batch.pk, day=world.day, fillers={})
    sign_off(desk)
    desk.submit()

    batch.refresh_from_db()
    assert batch.step == "post_village"
    used = set(SignOff.objects.values_list("photo_id", flat=True))
    returned = Photo.objects.filter(purpose=SIGNED_SHEET, paper__kind=KIND)
    assert used == set(returned.values_list("pk", flat=True))


def test_a_heap_comes_back_without_any_script(
    world: World, office: Callable[..., Office]
) -> None:
    batch = at_consent(world)
    person = office(script=False).at(Post.WORK_TEAM)

    upload(person, batch)
    settle(person)

    assert Photo.objects.filter(purpose=SIGNED_SHEET).count() == HOUSEHOLDS
