"""What may not be begun or decided: said before the button, with its article."""

from collections.abc import Callable
from datetime import date

import pytest

from permissions.posts import Post
from tests.e2e import forms
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.world import World
from workflows import clock
from workflows.models import Batch, Entry

pytestmark = pytest.mark.chromium
NEW = "/batches/new/?procedure=household_exit"


def test_a_household_on_a_list_is_not_put_on_a_second_one(
    world: World, office: Callable[..., Office]
) -> None:
    busy, free = world.households(2, registered=True)
    world.open("household_exit", [busy])
    person = office(width=390).at(Post.VILLAGE_COMMITTEE)

    person.go(NEW)

    offered = person.page.locator("[data-rows] tr").all_inner_texts()
    assert [free.head_name in row for row in offered] == [True]
    person.page.locator("summary", has_text="现在不能办的").click()
    why = person.page.locator("details li", has_text=busy.head_name).inner_text()
    assert "433124110226-退-2018-01" in why or "在办" in why, why


def test_no_list_is_opened_on_a_day_without_a_rulebook(
    world: World, office: Callable[..., Office]
) -> None:
    world.households(1, registered=True)
    clock.set_training_day(date(2015, 6, 1))
    person = office().at(Post.VILLAGE_COMMITTEE)

    person.go(NEW)

    assert "今天不能开批" in person.text
    assert person.button("开批").is_disabled()


def test_an_empty_list_is_not_opened(
    world: World, office: Callable[..., Office]
) -> None:
    world.households(1, registered=True)
    person = office().at(Post.VILLAGE_COMMITTEE)
    person.go(NEW)

    person.press("开批", status=422)

    assert "没有开成" in person.text
    assert not Batch.objects.exists()


def test_nobody_decides_on_his_brother(
    world: World, office: Callable[..., Office]
) -> None:
    batch = world.open("household_exit", world.households(2, registered=True))
    world.until(batch, "verify")
    world.fill(batch)
    clock.set_training_day(world.day)
    brother, other = [case.household for case in batch.cases.order_by("pk")]
    person = office(width=390).at(Post.WORK_TEAM)
    person.go("/account/")
    person.put("number", brother.number)
    person.put("relation", "sibling")
    person.press("登记")
    written = Entry.objects.count()

    desk = Desk(person=person, number=batch.pk, day=world.day, fillers=forms.LEAVING)
    desk.open()
    row = person.page.locator("table.cx-desk tbody tr", has_text=brother.head_name)
    assert "回避" in row.inner_text()
    desk.check()

    stopped = person.page.locator(".govuk-error-summary").inner_text()
    assert "有 1 户不符合条件" in stopped
    assert brother.head_name in stopped
    assert other.head_name not in stopped
    assert person.button("签名并提交").is_disabled()
    assert Entry.objects.count() == written


def test_rare_characters_are_shown_as_they_are(
    world: World, office: Callable[..., Office]
) -> None:
    names = {one.head_name for one in world.households(3, registered=True)}
    assert {"石㛃生", "龙𬱖"} <= names
    person = office(width=390).at(Post.TOWNSHIP_CLERK)

    for name in ("石㛃生", "龙𬱖"):
        person.go("/roster/?place=433124110226")
        assert name in person.text
        person.put("q", name)
        person.press("查找")
        assert name in person.text
