"""What is out of reach, what costs a reason, what everybody may see."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from notices import marks, papers
from notices.models import Paper
from permissions.appointments import appoint
from permissions.models import Appointment
from permissions.posts import Post
from permissions.separation import Nomination
from registry.identity import unseal
from registry.models import Person as Member
from tests.e2e.office import PASSWORD, Office
from tests.world import NEIGHBOUR, VILLAGE, World, officer
from workflows import clock

pytestmark = pytest.mark.chromium
NOT_FOUND = 404


def test_a_place_outside_ones_own_does_not_exist(
    world: World, office: Callable[..., Office]
) -> None:
    batch = world.open("household_exit", world.households(1, registered=True))
    case = batch.cases.get()
    neighbour = officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村")
    person = office(width=390).window()
    person.log_in(neighbour.officer.username, PASSWORD)

    for address in (
        f"/place/{VILLAGE}/",
        f"/roster/?place={VILLAGE}",
        f"/household/{case.household_id}/",
        f"/batch/{batch.pk}/",
        f"/batch/{batch.pk}/check/",
    ):
        person.go(address, status=NOT_FOUND)
        assert "不在您任职的地区" in person.text


def test_a_full_number_costs_a_reason_and_is_written_down(
    world: World, office: Callable[..., Office]
) -> None:
    (home,) = world.households(1)
    member = Member.objects.filter(household=home).order_by("relation", "birth").first()
    number = unseal(member.id_cipher)
    person = office(width=390).at(Post.TOWNSHIP_CLERK)
    person.go(f"/household/{home.pk}/")
    assert number not in person.page.content()

    def ask(reason: str) -> None:
        person.page.locator("summary", has_text="查看完整证件号").click()
        person.put("person", str(member.pk))
        person.put("reason", reason)
        person.press("查看")

    ask("　 ")
    assert number not in person.page.content()
    ask("核对医保参保信息")
    assert number in person.text

    person.go(f"/household/{home.pk}/")
    assert number not in person.page.content()
    assert "核对医保参保信息" in person.text


def test_anybody_checks_a_sheet_without_logging_in(
    world: World, office: Callable[..., Office]
) -> None:
    homes = world.households(1, registered=True)
    batch = world.open("household_exit", homes)
    world.until(batch, "post_village")
    clock.set_training_day(world.day)
    old = Paper.objects.get(kind="village_publicity")
    person = office(width=390).window()

    def look(code: str, mac: str) -> str:
        person.go(f"/v/{code}-{mac}/")
        assert homes[0].number not in person.page.content()
        return person.heading

    assert "有效" in look(old.pk, marks.mac(old.pk))
    assert "查不到" in look(old.pk, "0" * len(marks.mac(old.pk)))
    assert "查不到" in look("A" * 16, marks.mac("A" * 16))

    again = papers.Draft(
        kind=old.kind,
        issuer_code=old.issuer_id,
        place_code=old.place_id,
        about=old.about,
        context=old.context,
    )
    (new,) = papers.issue(
        [again], by=world.hats[Post.WORK_TEAM], at=world.now, training=True
    )
    assert "已被替换" in look(old.pk, marks.mac(old.pk))
    person.press(new.number)
    assert "有效" in person.heading

    person.go("/v/")
    person.put("no", new.number)
    person.press("查验")
    assert "有效" in person.heading


def test_an_officer_with_two_posts_changes_his_hat(
    world: World, office: Callable[..., Office]
) -> None:
    clerk, leader = world.hats[Post.TOWNSHIP_CLERK], world.hats[Post.TOWNSHIP_LEADER]
    nomination = Nomination(
        officer=clerk.officer,
        post=Post.TOWNSHIP_LEADER,
        place=leader.place,
        since=world.day,
        until=world.day + timedelta(days=60),
        acting_for=leader.officer,
        document="代理任命",
    )
    acting = appoint(nomination, by=None, now=world.now)
    assert isinstance(acting, Appointment)
    person = office(width=390).window()
    person.log_in(clerk.officer.username, PASSWORD)
    assert "哪个岗位" in person.heading

    person.press(clerk.title)
    assert clerk.title in person.text
    person.press("换岗", within=".cx-top")
    person.press(acting.title)
    assert acting.title in person.text
