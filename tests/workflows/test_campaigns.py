"""A campaign: ordered by the county, sorted out in villages, handed to procedures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Paper, Photo
from permissions.posts import Post
from procedures.look_back import KIND
from procedures.rehearsal.rehearse import sheet
from registry.codes import Standing
from registry.models import Household
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, TODAY, VILLAGE, World, officer
from workflows import clock
from workflows.actions.campaigning import (
    Minutes,
    Order,
    open_campaign,
    open_from_rosters,
    proposals,
    record_meeting,
)
from workflows.errors import Trespass
from workflows.models import Batch, Campaign, CampaignMeeting, RosterEntry
from workflows.procedure import named

COUNTY = "433124000000"
ORDER = Order(
    title="2018年回头看",
    document="",
    basis="方案",
    plan="",
    begins=date(2018, 11, 1),
    ends=date(2018, 12, 31),
    scope=(COUNTY,),
)


def ordered(world: World, **changed: Any) -> Campaign:
    made = try_order(world, **changed)
    assert isinstance(made, Campaign), made
    return made


def try_order(world: World, **changed: Any) -> Any:
    order = replace(ORDER, **changed)
    by = world.hats[Post.COUNTY_CLERK]
    return open_campaign(KIND, order, by=by, now=world.now)


def minutes(world: World, homes: dict[Household, str], **changed: Any) -> Minutes:
    by = world.hats[Post.VILLAGE_COMMITTEE]
    shot = sheet("会", about="campaign/1", place=VILLAGE, by=by, now=world.now)
    right = Minutes(
        group="",
        held_on=TODAY,
        place_text="村部",
        chair="石念群",
        recorder="龙守信",
        due=20,
        present=18,
        attendees=["石念群"],
        summary="",
        sorted={home.pk: (roster, "走访查实") for home, roster in homes.items()},
        photos=[shot],
    )
    return replace(right, **changed)


def met(world: World, campaign: Campaign, said: Minutes) -> Any:
    by = world.hats[Post.VILLAGE_COMMITTEE]
    return record_meeting(campaign, by.place, said, by=by, now=world.now)


def codes(answer: Any) -> list[str]:
    assert isinstance(answer, list), answer
    return [refusal.code for refusal in answer]


def test_a_meeting_puts_households_on_four_rosters_and_its_minutes_name_them(
    world: World,
) -> None:
    wrong, well = world.households(2, registered=True)
    (poor,) = world.households(1, seed=8)
    campaign = ordered(world)
    homes = {wrong: "remove", well: "exit", poor: "add"}

    meeting = met(world, campaign, minutes(world, homes))

    assert isinstance(meeting, CampaignMeeting)
    paper = Paper.objects.get(about=meeting.about)
    shown = {
        one["title"]: [row["head"] for row in one["rows"]]
        for one in paper.context["rosters"]
    }
    assert shown == {
        "应剔除": [wrong.head_name],
        "应正常退出": [well.head_name],
        "应新纳入": [poor.head_name],
        "应返贫": [],
    }


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"scope": ()}, "campaign_scope"),
        ({"scope": ("433123000000",)}, "campaign_scope"),
        ({"ends": date(2018, 10, 1)}, "campaign_period"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    world: World, changed: dict[str, Any], expected: str
) -> None:
    assert codes(try_order(world, **changed)) == [expected]
    assert not Campaign.objects.exists()


def test_the_same_title_is_ordered_once(world: World) -> None:
    ordered(world)

    assert codes(try_order(world)) == ["campaign_twice"]


def test_only_the_county_orders(world: World) -> None:
    by = world.hats[Post.TOWNSHIP_CLERK]

    with pytest.raises(Trespass):
        open_campaign(KIND, ORDER, by=by, now=world.now)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"held_on": date(2018, 10, 31)}, ["meeting_period"]),
        ({"held_on": date(2018, 11, 6)}, ["meeting_ahead"]),
        ({"present": 21}, ["meeting_present"]),
        ({"photos": []}, ["photos_missing"]),
        ({"sorted": {}}, ["roster_empty"]),
        ({"sorted": {10_000: ("remove", "查实")}}, ["roster_unknown"]),
    ],
)
def test_minutes_that_make_no_sense_are_refused(
    world: World, changed: dict[str, Any], expected: list[str]
) -> None:
    (home,) = world.households(1, registered=True)
    said = minutes(world, {home: "remove"}, **changed)

    assert codes(met(world, ordered(world), said)) == expected
    assert not RosterEntry.objects.exists()


@pytest.mark.parametrize(
    ("roster", "reason", "expected"),
    [
        ("remove", "", "roster_reason"),
        ("add", "查实", "roster_standing"),
        ("relapsed", "查实", "roster_standing"),
        ("sold", "查实", "roster_unknown"),
    ],
)
def test_a_registered_household_is_not_added_and_not_without_reason(
    world: World, roster: str, reason: str, expected: str
) -> None:
    (home,) = world.households(1, registered=True)
    said = minutes(world, {home: "remove"}, sorted={home.pk: (roster, reason)})

    assert codes(met(world, ordered(world), said)) == [expected]


def test_a_village_outside_the_scope_does_not_meet(world: World) -> None:
    (home,) = world.households(1, registered=True)
    campaign = ordered(world, scope=(NEIGHBOUR,))

    answer = met(world, campaign, minutes(world, {home: "remove"}))

    assert codes(answer) == ["meeting_scope"]


def test_a_later_meeting_sorts_a_household_anew(world: World) -> None:
    (home,) = world.households(1, registered=True)
    campaign = ordered(world)
    met(world, campaign, minutes(world, {home: "remove"}))
    met(world, campaign, minutes(world, {home: "exit"}))

    assert proposals(campaign, VILLAGE, "household_removal") == {}
    assert set(proposals(campaign, VILLAGE, "household_exit")) == {home.pk}


def test_what_was_handed_over_is_no_proposal_and_keeps_its_trace(
    world: World,
) -> None:
    first, second = world.households(2, registered=True)
    campaign = ordered(world)
    met(world, campaign, minutes(world, {first: "remove", second: "remove"}))

    batch = open_from_rosters(
        campaign,
        named("household_removal"),
        [first],
        by=world.hats[Post.VILLAGE_COMMITTEE],
        key=world.key(),
        now=world.now,
    )

    assert isinstance(batch, Batch)
    assert set(proposals(campaign, VILLAGE, "household_removal")) == {second.pk}
    assert RosterEntry.objects.get(household=first).batch == batch
    world.until(batch, "investigate")


def test_the_page_proposes_the_roster_and_opens_the_list(world: World) -> None:
    well, other = world.households(2, registered=True)
    campaign = ordered(world)
    met(world, campaign, minutes(world, {well: "exit"}))
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    asked = {"procedure": "household_exit", "campaign": campaign.pk}
    page = client.get(url("open_batch"), asked)
    assert page.context["ticked"] == {well.pk}

    client.post(url("open_batch"), {**asked, "household": [well.pk, other.pk]})

    batch = Batch.objects.get()
    assert batch.cases.count() == 2
    assert RosterEntry.objects.get().batch == batch


def test_a_meeting_is_typed_on_its_page_and_read_again(world: World) -> None:
    (home,) = world.households(1, registered=True)
    campaign = ordered(world)
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    shot = sheet(
        "会",
        about="x/1",
        place=VILLAGE,
        by=world.hats[Post.VILLAGE_COMMITTEE],
        now=world.now,
    )
    typed = {
        "held_on": "2018-11-05",
        "place_text": "村部",
        "chair": "石念群",
        "recorder": "龙守信",
        "due": "20",
        "present": "18",
        "attendees": "石念群、龙守信，石念群",
        f"roster-{home.pk}": "remove",
        f"reason-{home.pk}": "有车",
    }
    address = url("new_campaign_meeting", campaign.pk)

    refused = client.post(address, typed)
    with shot.file.open() as stored:
        upload = SimpleUploadedFile("s.jpg", stored.read(), "image/jpeg")
    done = client.post(address, typed | {"photos": upload}, follow=True)

    assert refused.status_code == 422
    assert [one.code for one in refused.context["refused"]] == ["photos_missing"]
    assert done.context["meeting"].attendees == ["石念群", "龙守信"]
    assert done.context["rosters"][0][1][0].reason == "有车"


def test_nothing_is_kept_of_a_refused_page(world: World) -> None:
    campaign = ordered(world)
    world.households(1, registered=True)
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    broken = SimpleUploadedFile("s.jpg", b"no picture", "image/jpeg")

    page = client.post(
        url("new_campaign_meeting", campaign.pk),
        {"held_on": "2018-11-05", "present": "30", "due": "20", "photos": broken},
    )

    assert page.status_code == 422
    assert set(page.context["form"].errors) >= {"chair", "attendees", "present"}
    assert not Photo.objects.exists()


def test_the_next_county_sees_no_campaign_of_this_one(world: World) -> None:
    campaign = ordered(world)
    clock.set_training_day(world.day)
    stranger = browser(officer(Post.COUNTY_CLERK, "433123101201", name="外县"))

    assert not stranger.get(url("campaigns")).context["rows"]
    assert stranger.get(url("campaign", campaign.pk)).status_code == 404


def test_a_campaign_page_costs_the_same_for_many_households(world: World) -> None:
    homes = world.households(8, registered=True)
    campaign = ordered(world)
    met(world, campaign, minutes(world, dict.fromkeys(homes[:1], "remove")))
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.COUNTY_CLERK])
    client.get(url("campaign", campaign.pk))

    def price() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url("campaign", campaign.pk))
        assert page.context["lines"][0].counts["remove"] == RosterEntry.objects.count()
        return len(captured)

    few = price()
    RosterEntry.objects.bulk_create(
        RosterEntry(
            meeting=CampaignMeeting.objects.get(),
            household=home,
            roster="remove",
            reason="查实",
        )
        for home in homes[1:]
    )

    assert price() == few <= 20


def test_who_was_removed_leaves_every_count_but_that_of_removals(
    world: World,
) -> None:
    left, stayed = world.households(2, registered=True)
    gone = world.open("household_exit", [left, stayed])
    world.until(gone, "")
    removal = world.open("household_removal", [left])
    world.until(removal, "")
    left.refresh_from_db()
    assert left.status == Standing.REMOVED
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.COUNTY_CLERK])

    def done(slug: str) -> tuple[int, int]:
        page = client.get(url("place", COUNTY), {"procedure": slug})
        return page.context["tally"].sum.done, page.context["tally"].sum.total

    assert done("household_exit") == (1, 1)
    assert done("household_removal") == (1, 1)
    assert done("household_identification") == (0, 0)
    assert gone.cases.filter(household=left).count() == 1
