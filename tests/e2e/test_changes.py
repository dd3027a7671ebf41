"""A family's change from the report to the county's entry, on the screens."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from permissions.posts import Post
from registry.models import Household, Person
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.person import Person as Window
from tests.e2e.pictures import photo
from tests.e2e.road import Filling, Road, nothing, pages
from tests.world import TODAY, World

pytestmark = pytest.mark.chromium

REST: tuple[tuple[str, Post, Filling], ...] = (
    ("申报变动", Post.VILLAGE_COMMITTEE, nothing),
    ("入户核实", Post.WORK_TEAM, pages),
    ("乡镇审核", Post.TOWNSHIP_CLERK, nothing),
    ("县级录入", Post.COUNTY_CLERK, nothing),
)
BORN = TODAY - timedelta(days=9)


def road(office: Office) -> Road:
    return Road(office=office, procedure="natural_change", day=TODAY, steps=REST)


def report(window: Window, event: str, evidence: str, day: date) -> None:
    """变动情况: what happened, who says so, which paper proves it."""
    window.fill(
        "change",
        event=event,
        happened_on=day.isoformat(),
        reporter="石谷雨",
        reporter_is="村民委员会主任",
        evidence=evidence,
        evidence_number="R430123456",
        photo=photo("change"),
    )


def signed(window: Window, day: date) -> None:
    """户主签字: the sheet came back signed."""
    window.fill(
        "signature",
        signed_on=day.isoformat(),
        by_whom="head",
        thumb=True,
        photo=photo("signature"),
    )


def reporting(desk: Desk, told: dict[str, Callable[[Window], None]]) -> None:
    """Fill in the three pages of the only household, one after the other."""
    links = desk.person.page.locator("ul.cx-pages a").all()
    for link in [str(one.get_attribute("href")) for one in links]:
        desk.person.go(link)
        told[link.strip("/").split("/")[-1]](desk.person)
        desk.person.save()
    desk.open()


def test_a_birth_is_entered_from_a_phone(
    world: World, office: Callable[..., Office]
) -> None:
    home = next(h for h in world.households(4, registered=True) if h.size > 1)
    change = road(office(width=390))
    village = change.office.at(Post.VILLAGE_COMMITTEE)

    village.go(f"/household/{home.pk}/")
    village.press("家庭成员自然增减")
    assert village.page.locator(f"#h{home.pk}").is_checked()
    village.press("开批")
    change.number = int(re.findall(r"/batch/(\d+)/", village.page.url)[0])
    child = {
        "name": "石小满",
        "relation": "41",
        "sex": "1",
        "birth": BORN.isoformat(),
        "nationality": "06",
    }
    told: dict[str, Callable[[Window], None]] = {
        "change": lambda window: report(window, "birth", "出生医学证明", BORN),
        "persons": lambda window: window.fill("persons-newcomers-0", **child),
        "signature": lambda window: signed(window, TODAY),
    }
    change.exceptions["申报变动"] = lambda desk: reporting(desk, told)
    change.walk()

    baby = Person.objects.get(name="石小满")
    assert (baby.household_id, baby.joined_on) == (home.pk, BORN)
    village.go(f"/household/{home.pk}/")
    assert "须重新测算人均纯收入" in village.text


def test_a_widow_becomes_head_without_any_script(
    world: World, office: Callable[..., Office]
) -> None:
    home = next(h for h in world.households(6, registered=True) if h.size == 3)
    head, *others = home.members.order_by("relation", "birth", "pk")
    change = road(office(script=False, shared=True))
    relations = {p.pk: "02" if n == 0 else "20" for n, p in enumerate(others)}

    def who_is_what(window: Window) -> None:
        window.put("persons-members-0-goes", True)
        for number, person in enumerate(others, 1):
            code = relations[person.pk]
            window.put(f"persons-members-{number}-relation", code)

    told: dict[str, Callable[[Window], None]] = {
        "change": lambda window: report(window, "death", "户口注销证明", BORN),
        "persons": who_is_what,
        "signature": lambda window: signed(window, TODAY),
    }
    change.exceptions["申报变动"] = lambda desk: reporting(desk, told)
    change.open([head.name])
    change.walk()

    found = Household.objects.get(pk=home.pk)
    assert (found.head_name, found.size) == (others[0].name, 2)
    assert Person.objects.get(pk=head.pk).left_on == BORN


def test_what_is_missing_is_said_before_anybody_signs(
    world: World, office: Callable[..., Office]
) -> None:
    home, *_rest = world.households(2, registered=True)
    change = road(office())
    change.open([home.head_name])
    village = change.office.at(Post.VILLAGE_COMMITTEE)

    village.go(f"/batch/{change.number}/")

    assert "没有登记变动情况" in village.text
    assert "家庭成员变更登记表还没有户主签字的照片" in village.text
