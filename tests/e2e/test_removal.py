"""A removal from the county's campaign to the register, at a desk and on a phone."""

import re
from collections.abc import Callable

import pytest

from permissions.posts import Post
from registry.codes import Standing
from registry.models import Household
from tests.e2e.office import Office
from tests.e2e.pictures import photo
from tests.e2e.road import REMOVAL, Road
from tests.world import TODAY, World
from workflows.models import Batch, RosterEntry

pytestmark = pytest.mark.chromium
COUNTY, VILLAGE = Post.COUNTY_CLERK, Post.VILLAGE_COMMITTEE


def ordered(office: Office) -> str:
    """The county orders a look-back; returns the campaign's address."""
    clerk = office.at(COUNTY)
    clerk.go("/campaigns/")
    clerk.press("部署专项行动")
    clerk.put("title", "2018年精准识别回头看")
    clerk.put("document", "花扶领发〔2018〕3号")
    clerk.put("basis", "州自评报告二(五)")
    clerk.put("begins", "2018-11-01")
    clerk.put("ends", "2018-12-31")
    clerk.press("部署")
    return "/" + clerk.page.url.split("/", 3)[3]


def sorted_out(office: Office, campaign: str, rosters: dict[int, str]) -> None:
    """The village's analysis meeting puts households on the rosters."""
    clerk = office.at(VILLAGE)
    clerk.go(campaign)
    clerk.press("登记贫情分析会")
    for name, value in {
        "held_on": TODAY.isoformat(),
        "place_text": "村部会议室",
        "chair": "石念群",
        "recorder": "龙守信",
        "due": "20",
        "present": "18",
        "attendees": "石念群、龙守信、麻守正",
        "photos": photo("meeting"),
    }.items():
        clerk.put(name, value)
    for pk, roster in rosters.items():
        clerk.put(f"roster-{pk}", roster)
        clerk.put(f"reason-{pk}", "比对、走访查实")
    clerk.press("登记", within=".cx-bar")
    assert "应到 20 人，实到 18 人" in clerk.text


def handed_over(office: Office, campaign: str) -> int:
    """The removal roster becomes a list; returns its number."""
    clerk = office.at(VILLAGE)
    clerk.go(campaign)
    clerk.follow(clerk.page.locator("a[href*='household_removal']").first)
    assert "已替您勾选" in clerk.text
    clerk.press("开批")
    found = re.search(r"/batch/(\d+)/", clerk.page.url)
    assert found, clerk.text[:800]
    return int(found.group(1))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_household_is_removed_from_campaign_to_register(
    world: World, office: Callable[..., Office], width: int
) -> None:
    gone, leaves, stays = world.households(3, registered=True)
    (poor,) = world.households(1, seed=8)
    house = office(width=width)

    campaign = ordered(house)
    rosters = {gone.pk: "remove", leaves.pk: "exit", poor.pk: "add"}
    sorted_out(house, campaign, rosters)
    road = Road(office=house, procedure="household_removal", day=TODAY, steps=REMOVAL)
    road.number = handed_over(house, campaign)
    road.walk()

    standings = dict(Household.objects.values_list("pk", "status"))
    assert standings[gone.pk] == Standing.REMOVED
    assert {standings[leaves.pk], standings[stays.pk]} == {Standing.REGISTERED}
    went = dict(RosterEntry.objects.values_list("household_id", "batch_id"))
    assert went == {gone.pk: road.number, leaves.pk: None, poor.pk: None}
    assert Batch.objects.count() == 1
