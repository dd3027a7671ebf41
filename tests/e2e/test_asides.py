"""Beside the desk: taking back, stopping one household, letting it go on."""

from collections.abc import Callable

import pytest

from permissions.posts import Post
from tests.e2e import forms
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.world import World
from workflows import clock
from workflows.models import Batch, Case

pytestmark = pytest.mark.chromium


def begun(world: World, step: str, *, count: int = 2) -> Batch:
    batch = world.open("household_exit", world.households(count, registered=True))
    world.until(batch, step)
    clock.set_training_day(world.day)
    return batch


def test_an_act_is_taken_back_before_the_next_desk_has_acted(
    world: World, office: Callable[..., Office]
) -> None:
    batch = begun(world, "propose")
    person = office(width=390).at(Post.VILLAGE_COMMITTEE)
    desk = Desk(person=person, number=batch.pk, day=world.day, fillers=forms.LEAVING)
    world.fill(batch)
    desk.open()
    desk.check()
    draft = person.button("看草稿").get_attribute("href")
    assert person.context.request.get(str(draft)).body().startswith(b"%PDF")
    desk.sign()

    person.press("看这个批次")
    person.page.locator("#recall-reason").fill("会议人数抄错，重新登记")
    person.follow(person.page.locator("form[action$='/recall/'] button"))

    assert "已撤回" in person.text
    again = Batch.objects.get(parent=batch)
    assert again.step == "propose"
    assert f"/batch/{again.pk}/" in person.page.url


def test_a_household_takes_its_case_back(
    world: World, office: Callable[..., Office]
) -> None:
    batch = begun(world, "verify")
    case = batch.cases.order_by("pk").first()
    person = office().at(Post.VILLAGE_COMMITTEE)
    person.go(f"/batch/{batch.pk}/")
    row = person.page.locator("tbody tr", has_text=case.household.head_name)
    row.locator("summary").click()
    row.locator("[name=reason]").fill("户主申请撤回")
    person.follow(row.locator("button", has_text="户主撤回申请"))

    assert "已登记撤回申请" in person.text
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


@pytest.mark.parametrize("width", [1280, 390])
def test_one_household_waits_and_the_others_go_on(
    world: World, office: Callable[..., Office], width: int
) -> None:
    batch = begun(world, "verify")
    waits, goes = [case.household.head_name for case in batch.cases.order_by("pk")]
    world.fill(batch)
    person = office(width=width).at(Post.WORK_TEAM)
    desk = Desk(person=person, number=batch.pk, day=world.day, fillers=forms.LEAVING)
    desk.open()
    desk.except_(waits, "aside", reason="户主外出，回来再核")
    desk.submit()

    assert "暂缓" in person.text
    held = Case.objects.get(household__head_name=waits)
    assert held.batch.parent_id == batch.pk
    assert held.batch.step == "verify"
    batch.refresh_from_db()
    assert batch.step == "appraise"
    assert Case.objects.get(household__head_name=goes).batch_id == batch.pk
