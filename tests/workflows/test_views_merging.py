"""Villages merged on a page: shown first, confirmed as shown, told on both places."""

from typing import Any

import pytest

from permissions.posts import Post
from registry.models import Change, Household, Place
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, VILLAGE, World, officer
from workflows import clock

TOWN = "433124110000"
NEW = "433124110900"
SENT = {
    "town": TOWN,
    "villages": [VILLAGE, NEIGHBOUR],
    "into": "new",
    "name": "新寨村",
    "code": NEW,
    "document": "花政函〔2018〕12号",
    "document_on": "2018-10-20",
    "on": "2018-11-01",
}


@pytest.fixture
def clerk(world: World) -> Any:
    clock.set_training_day(world.day)
    return browser(world.hats[Post.COUNTY_CLERK])


@pytest.fixture
def homes(world: World) -> list[Household]:
    return world.households(3, registered=True)


def send(client: Any, do: str = "check", **changed: Any) -> Any:
    return client.post(url("merge_villages"), SENT | {"do": do} | changed)


def test_a_merger_is_shown_before_anything_is_written(
    world: World, homes: list[Household], clerk: Any
) -> None:
    page = send(clerk)

    shown = page.content.decode()
    assert page.context["households"] == len(homes)
    assert world.hats[Post.VILLAGE_COMMITTEE].officer.full_name in shown
    assert "没有，可以合村" in shown
    assert not Place.objects.filter(pk=NEW).exists()
    assert {home.place_id for home in Household.objects.all()} == {VILLAGE}


def test_what_was_shown_is_confirmed_and_told_on_both_places(
    homes: list[Household], clerk: Any
) -> None:
    seal = send(clerk).context["seal"]

    answer = send(clerk, "merge", seal=seal)

    assert answer.url == url("place", NEW)
    assert {home.place_id for home in Household.objects.all()} == {NEW}
    old = clerk.get(url("place", VILLAGE)).content.decode()
    new = clerk.get(url("place", NEW)).content.decode()
    said = "（2018年11月1日，花政函〔2018〕12号（2018年10月20日））"
    assert "已并入" in old
    assert url("place", NEW) in old
    assert said in old
    assert "由以下村合并而成：" in new
    assert new.count(said) == 2
    assert Change.objects.last().reason == "花政函〔2018〕12号（2018年10月20日）"


@pytest.mark.usefixtures("homes")
def test_what_was_not_shown_is_not_confirmed(clerk: Any) -> None:
    seal = send(clerk).context["seal"]

    unseen = send(clerk, "merge")
    changed = send(clerk, "merge", seal=seal, name="大寨村")

    for page in (unseen, changed):
        assert "内容有变，请核对以后再确认" in page.content.decode()
    assert not Place.objects.filter(pk=NEW).exists()


def test_groups_of_one_name_are_pointed_out_and_renamed(
    homes: list[Household], clerk: Any
) -> None:
    Household.objects.update(group="一组")
    Household.objects.filter(pk=homes[0].pk).update(place_id=NEIGHBOUR)
    first = send(clerk)
    assert [line.old.clashes for line in first.context["groups"]] == [True, True]

    told = {f"group:{NEIGHBOUR}:一组": "五组"}
    second = send(clerk, **told)
    send(clerk, "merge", seal=second.context["seal"], **told)

    assert [line.old.clashes for line in second.context["groups"]] == [False, False]
    groups = Household.objects.order_by("pk").values_list("group", flat=True)
    assert list(groups) == ["五组", "一组", "一组"]


def test_a_list_under_way_stops_it_and_is_linked(
    world: World, homes: list[Household], clerk: Any
) -> None:
    batch = world.open("natural_change", homes[:1])

    page = send(clerk)
    stopped = send(clerk, "merge", seal=page.context["seal"])

    for one in (page, stopped):
        assert [r.code for r in one.context["outlook"].refused] == ["lists_open"]
    assert url("batch", batch.pk) in page.content.decode()
    assert not Place.objects.filter(pk=NEW).exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"villages": [VILLAGE]}, "villages_few"),
        ({"on": "2018-11-06"}, "merger_early"),
        ({"code": "433124105900"}, "other_township"),
    ],
)
@pytest.mark.usefixtures("homes")
def test_what_cannot_be_is_refused(clerk: Any, changed: Any, code: str) -> None:
    page = send(clerk, **changed)

    assert [refusal.code for refusal in page.context["outlook"].refused] == [code]


@pytest.mark.parametrize(
    "changed",
    [{"name": ""}, {"code": "12"}, {"document": ""}, {"villages": ["433125100001"]}],
)
def test_what_is_missing_is_asked_for(clerk: Any, changed: Any) -> None:
    page = send(clerk, **changed)

    assert page.status_code == 422
    assert "outlook" not in page.context


def test_a_village_that_stays_keeps_its_name(
    homes: list[Household], clerk: Any
) -> None:
    kept = {"into": VILLAGE, "villages": [NEIGHBOUR], "name": "", "code": ""}
    seal = send(clerk, **kept).context["seal"]

    send(clerk, "merge", seal=seal, **kept)

    assert Place.objects.get(pk=NEIGHBOUR).merged_into_id == VILLAGE
    page = clerk.get(url("ledger", VILLAGE)).content.decode()
    assert "以下村已并入本村：" in page
    assert {home.place_id for home in Household.objects.all()} == {VILLAGE}


@pytest.mark.parametrize("post", [p for p in Post if p.acts and p not in Post.COUNTY])
def test_nobody_below_the_county_merges(world: World, post: Post) -> None:
    client = browser(world.hats[post])

    assert client.get(url("merge_villages")).status_code == 404
    assert send(client).status_code == 404
    assert "合村" not in client.get(url("place", TOWN)).content.decode()


def test_the_next_county_finds_none_of_these_villages(world: World) -> None:
    clock.set_training_day(world.day)
    stranger = browser(officer(Post.COUNTY_CLERK, "433125000000", name="外县"))

    page = send(stranger)

    assert page.context["town"] is None
    assert "outlook" not in page.context
