"""What was typed comes back: after a pause, after leaving, after the clock moved."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from procedures.models import Visit
from tests.e2e import forms
from tests.e2e.office import Office
from tests.e2e.pictures import photo
from tests.e2e.test_mistakes import at_visit, refused
from tests.world import World

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_is_kept_while_it_is_typed(
    world: World, office: Callable[..., Office], width: int
) -> None:
    person = at_visit(world, office(width=width), "visit")
    address = urlsplit(person.page.url).path
    person.put("visit-note", "屋顶漏雨")
    person.page.locator("[data-kept]", has_text="已自动暂存").wait_for()

    person.go("/")
    person.go(address)

    assert "已恢复您" in person.text
    assert person.value("visit-note") == "屋顶漏雨"


def test_a_page_left_in_haste_is_kept(
    world: World, office: Callable[..., Office]
) -> None:
    person = at_visit(world, office(), "visit")
    address = urlsplit(person.page.url).path
    person.put("visit-note", "屋顶漏雨")

    person.go("/")
    person.page.wait_for_timeout(500)
    person.go(address)

    assert person.value("visit-note") == "屋顶漏雨"


def test_the_next_day_leaves_a_half_typed_page_alone(
    world: World, office: Callable[..., Office]
) -> None:
    person = at_visit(world, office(script=False), "visit")
    person.put("visit-note", "屋顶漏雨")

    person.next_day()

    assert person.value("visit-note") == "屋顶漏雨"
    assert "已恢复您" in person.text
    person.press("不要了，清除")
    assert person.value("visit-note") == ""


@pytest.mark.parametrize("script", [True, False])
def test_a_photo_outlives_a_mistake(
    world: World, office: Callable[..., Office], script: bool
) -> None:
    person = at_visit(world, office(script=script), "visit")
    forms.visit(person, world.day, people=1)
    person.put("visit-photo", photo())

    refused(person, "2 人", "不要这张")
    assert person.page.locator(".cx-kept img").evaluate("one => one.naturalWidth > 0")
    forms.visit(person, world.day)
    person.put("visit-photo", [])
    person.save()

    assert Visit.objects.get().photo is not None
