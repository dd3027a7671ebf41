"""The work list: what is mine, how much of it, and at what price."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from permissions.posts import Post
from tests.workflows.pages import at_desk, browser, url
from tests.world import NEIGHBOUR, World, officer
from workflows import clock, queries
from workflows.models import Batch
from workflows.views import paging

EXIT = "household_exit"
STATEMENTS = 14
MOST_STATEMENTS = 15  # the design's promise


@pytest.fixture(autouse=True)
def november(world: World) -> None:
    clock.set_training_day(world.day)


def batches(world: World, count: int) -> list[Batch]:
    """Open as many exit batches of one household each."""
    return [world.open(EXIT, [one]) for one in world.households(count, registered=True)]


def test_what_waits_for_me_stands_on_my_list(world: World) -> None:
    (batch,) = batches(world, 1)

    page = at_desk(world, batch).get("/")

    assert page.status_code == 200
    assert [row.pk for row in page.context["page"].rows] == [batch.pk]
    assert page.context["counts"].todo == 1


def test_what_waits_for_another_post_does_not(world: World) -> None:
    batches(world, 1)

    page = browser(world.hats[Post.TOWNSHIP_CLERK]).get("/")

    assert page.context["page"].rows == []


def test_the_neighbour_village_sees_nothing_of_it(world: World) -> None:
    batches(world, 1)
    neighbour = officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村")

    page = browser(neighbour).get("/")

    assert page.context["page"].rows == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_price_does_not_depend_on_the_number(
    world: World, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    first, *_rest = batches(world, count)
    client = at_desk(world, first)
    client.get("/")

    with django_assert_num_queries(STATEMENTS):
        page = client.get("/")

    assert len(page.context["page"].rows) == count


@pytest.mark.parametrize("post", [Post.COUNTY_LEADER, Post.COUNTY_CLERK])
def test_the_county_s_list_keeps_the_promise(
    world: World,
    post: Post,
    settings: Settings,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    settings.TRAINING = False  # an office reads no training clock
    client = browser(world.hats[post])
    client.get("/")

    with django_assert_max_num_queries(MOST_STATEMENTS):
        client.get("/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=十八洞", True),
        ("q=没有这一户", False),
        ("procedure=household_exit", True),
        ("procedure=household_identification", False),
        ("step=propose", True),
        ("step=appraise", False),
        ("place=433124110226", True),
        ("place=433124110225", False),
        ("place=nonsense", True),
        ("after=nonsense", True),
    ],
)
def test_filters_narrow_the_list(world: World, query: str, found: bool) -> None:
    (batch,) = batches(world, 1)

    page = at_desk(world, batch).get(f"/?{query}")

    assert bool(page.context["page"].rows) is found


@pytest.mark.parametrize("view", ["todo", "returned", "posted", "done", "late"])
def test_every_tab_opens(world: World, view: str) -> None:
    page = browser(world.hats[Post.VILLAGE_COMMITTEE]).get(f"/?v={view}")

    assert page.status_code == 200


def test_pages_follow_one_another_without_a_gap(world: World) -> None:
    made = batches(world, 5)
    rows = queries.todo(world.hats[Post.VILLAGE_COMMITTEE])
    seen: list[int] = []
    after = ""

    for _turn in range(3):
        page = paging.by_due(rows, after, size=2)
        seen += [row.pk for row in page.rows]
        after = page.next

    assert seen == [batch.pk for batch in made]
    assert after == ""


def test_the_training_clock_moves_by_a_button(world: World) -> None:
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    before = clock.today()

    answer = client.post(url("clock"), {"to": "day", "next": "/roster/"})

    assert answer.url == "/roster/"
    assert (clock.today() - before).days == 1


def test_moving_the_training_clock_ends_what_is_over(world: World) -> None:
    batch = world.open("household_identification", world.households(1))
    while batch.clock_until is None:
        world.step(batch)
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])

    client.post(url("clock"), {"to": "deadline"})

    batch.refresh_from_db()
    assert batch.clock_until is None
    assert batch.step == "close_first"


def test_the_training_clock_does_not_lead_to_other_sites(world: World) -> None:
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])

    answer = client.post(url("clock"), {"next": "https://elsewhere.example/"})

    assert answer.url == "/"


def test_in_production_there_is_no_training_clock(world: World, settings: Any) -> None:
    settings.TRAINING = False

    answer = browser(world.hats[Post.VILLAGE_COMMITTEE]).post(url("clock"))

    assert answer.status_code == 404
