"""Two windows at one desk: the slower one reads who was faster, and loses nothing."""

from collections.abc import Callable

import pytest

from permissions.posts import Post
from tests.e2e import forms
from tests.e2e.desk import Desk
from tests.e2e.office import PASSWORD, Office
from tests.world import VILLAGE, World, officer
from workflows import clock
from workflows.models import Entry

pytestmark = pytest.mark.chromium
CONFLICT = 409


def two_at_the_appraisal(
    world: World, windows: Office
) -> tuple[Desk, Desk, tuple[str, str]]:
    """Return the desks of two officers of one village committee, and the heads."""
    second = officer(Post.VILLAGE_COMMITTEE, VILLAGE, name="龙慢慢")
    batch = world.open("household_exit", world.households(2, registered=True))
    world.until(batch, "appraise")
    clock.set_training_day(world.day)
    slow = windows.window()
    slow.log_in(second.officer.username, PASSWORD)
    desks = [
        Desk(person=one, number=batch.pk, day=world.day, fillers=forms.LEAVING)
        for one in (windows.at(Post.VILLAGE_COMMITTEE), slow)
    ]
    heads = [case.household.head_name for case in batch.cases.order_by("pk")]
    return desks[0], desks[1], (heads[0], heads[1])


def held(desk: Desk) -> None:
    """Type the meeting and its ballots."""
    desk.open()
    forms.authorised(desk.person, desk.day)
    desk.vote_all()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_desk_that_was_overtaken_names_who_acted_and_keeps_what_was_typed(
    world: World, office: Callable[..., Office], width: int
) -> None:
    fast, slow, (head, _other) = two_at_the_appraisal(world, office(width=width))
    held(slow)
    slow.except_(head, "refuse", reason="会上意见不一")
    slow.person.put("meeting-place_text", "老村部火塘边")
    held(fast)
    fast.submit()
    written = Entry.objects.count()

    slow.person.press("核对并提交", status=CONFLICT)

    for words in ("石同志", "民主评议", "没有生效", "会上意见不一"):
        assert words in slow.person.text
    slow.person.page.locator("summary", has_text="您填的其他内容").click()
    assert "老村部火塘边" in slow.person.text
    assert Entry.objects.count() == written


def test_a_signature_that_comes_too_late_is_not_taken(
    world: World, office: Callable[..., Office]
) -> None:
    fast, slow, (head, _other) = two_at_the_appraisal(world, office())
    held(fast)
    fast.check()
    slow.open()
    slow.except_(head, "return", to="verify", reason="收入没有算清")
    slow.check()
    fast.sign()
    written = Entry.objects.count()

    slow.sign(status=CONFLICT)

    assert "石同志" in slow.person.text
    assert "收入没有算清" in slow.person.text
    assert Entry.objects.count() == written


def test_a_wrong_password_signs_nothing(
    world: World, office: Callable[..., Office]
) -> None:
    desk, _slow, _heads = two_at_the_appraisal(world, office())
    held(desk)
    desk.check()
    written = Entry.objects.count()

    desk.sign("not-the-password", status=422)

    assert "密码不对" in desk.person.text
    assert Entry.objects.count() == written
    desk.sign()
    assert "已提交" in desk.person.heading
