"""Lists and places: batches, opening one, publicity, papers, errors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from notices.models import Paper
from permissions.posts import Post
from registry.models import Household
from tests.workflows.pages import PASSWORD, at_desk, browser, url
from tests.world import NEIGHBOUR, World, officer
from workflows import clock
from workflows.models import Batch
from workflows.views import paging

EXIT = "household_exit"
DAY = timedelta(days=1)
IDENTIFICATION = "household_identification"


@pytest.fixture(autouse=True)
def november(world: World) -> None:
    clock.set_training_day(world.day)


@pytest.fixture
def village(world: World) -> Any:
    return browser(world.hats[Post.VILLAGE_COMMITTEE])


@pytest.fixture
def neighbour(world: World) -> Any:
    return browser(officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村"))


def test_a_place_counts_what_lies_below_it(world: World) -> None:
    batch = world.open(EXIT, world.households(3, registered=True))
    world.step(batch)
    township = browser(world.hats[Post.TOWNSHIP_CLERK])

    page = township.get(url("places"), follow=True)

    rows = {row.place.code: row for row in page.context["tally"].rows}
    assert rows[world.village].moving == 3
    assert page.context["tally"].sum.total == 3


@pytest.mark.parametrize("post", [Post.COUNTY_CLERK, Post.VILLAGE_COMMITTEE])
def test_places_of_every_level_open(world: World, post: Post) -> None:
    page = browser(world.hats[post]).get(url("places"), follow=True)

    assert page.status_code == 200


def test_the_place_above_does_not_exist_for_a_village(
    world: World, village: Any
) -> None:
    assert village.get(url("place", "433124110000")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_price_of_the_list_of_batches_does_not_depend_on_the_number(
    world: World,
    village: Any,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for home in world.households(count, registered=True):
        world.open(EXIT, [home])
    village.get(url("batches"))

    with django_assert_num_queries(9):
        page = village.get(url("batches"))

    assert len(page.context["page"].rows) == count


def test_a_list_is_opened_for_the_ticked_households(world: World, village: Any) -> None:
    homes = world.households(3, registered=True)
    page = village.get(url("open_batch") + f"?procedure={EXIT}")

    answer = village.post(
        url("open_batch"),
        {
            "procedure": EXIT,
            "household": [homes[0].pk, homes[2].pk],
            "key": page.context["key"],
        },
    )

    batch = Batch.objects.get()
    assert answer.url == url("batch", batch.pk)
    assert set(batch.cases.values_list("household_id", flat=True)) == {
        homes[0].pk,
        homes[2].pk,
    }


def test_who_cannot_be_listed_is_shown_with_the_reason(
    world: World, village: Any
) -> None:
    world.households(2)

    page = village.get(url("open_batch") + f"?procedure={EXIT}")

    assert page.context["fit"] == []
    assert all(why for _home, why in page.context["unfit"])


def test_an_empty_list_is_refused(world: World, village: Any) -> None:
    world.households(1, registered=True)

    answer = village.post(url("open_batch"), {"procedure": EXIT})

    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_without_a_rulebook_in_force_no_list_is_opened(
    world: World, village: Any
) -> None:
    homes = world.households(1, registered=True)
    clock.set_training_day(world.day.replace(year=2025))

    page = village.get(url("open_batch") + f"?procedure={EXIT}")
    answer = village.post(
        url("open_batch"), {"procedure": EXIT, "household": [homes[0].pk]}
    )

    assert page.context["no_rulebook"]
    assert answer.status_code == 422


def test_a_posted_notice_shows_its_days(world: World, village: Any) -> None:
    batch = world.open(IDENTIFICATION, world.households(2))
    while batch.clock_until is None:
        world.step(batch)
    clock.set_training_day(world.day)

    page = village.get(url("publicity", batch.pk))
    listed = village.get(url("publicities"))

    assert len(page.context["boxes"]) == 7
    assert page.context["boxes"][-1].day == batch.clock_until
    assert page.context["against"]
    assert [one.pk for one in listed.context["page"].rows] == [batch.pk]


def test_papers_are_paged_by_the_last_one_seen(world: World) -> None:
    batch = world.open(EXIT, world.households(5, registered=True))
    world.until(batch, "post_village")
    rows = Paper.objects.order_by("-issued_at", "code")
    every = [paper.pk for paper in rows]

    seen, after = [], ""
    while True:
        page = paging.by_issue(rows, after, size=2)
        seen += [paper.pk for paper in page.rows]
        if not (after := page.next):
            break

    assert len(every) > 2
    assert seen == every


def test_a_paper_issued_meanwhile_moves_no_page(world: World) -> None:
    batch = world.open(EXIT, world.households(5, registered=True))
    world.until(batch, "post_village")
    rows = Paper.objects.order_by("-issued_at", "code")
    first = paging.by_issue(rows, "", size=1)
    second = rows[1]

    Paper.objects.filter(pk=list(rows)[-1].pk).update(issued_at=world.now + DAY)

    assert paging.by_issue(rows, first.next, size=1).rows == [second]


@pytest.mark.parametrize("after", ["50", "2018-11-16.x", "2018-11-16T10:00:00.x", "."])
def test_a_page_nobody_was_sent_to_begins_at_the_top(
    world: World, village: Any, after: str
) -> None:
    assert village.get(url("papers") + f"?after={after}").status_code == 200


def test_papers_to_print_are_listed(world: World, village: Any) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.step(batch)

    waiting = village.get(url("papers") + "?v=print").context["page"].rows
    every = village.get(url("papers")).context["page"].rows

    assert waiting
    assert {paper.pk for paper in waiting} <= {paper.pk for paper in every}


def test_the_neighbour_sees_no_paper(world: World, neighbour: Any) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.step(batch)

    assert neighbour.get(url("papers")).context["page"].rows == []


def test_a_missing_page_is_shown_in_the_style(world: World, village: Any) -> None:
    page = village.get("/no-such-page/")

    assert page.status_code == 404
    assert page.templates[0].name == "workflows/error.html"


def test_an_expired_page_says_what_to_do(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.login(
        username=world.hats[Post.VILLAGE_COMMITTEE].officer.username, password=PASSWORD
    )

    page = strict.post(url("clock"), {"to": "day"})

    assert page.status_code == 403
    assert "刷新" in page.content.decode()


def test_the_desk_and_the_file_agree_on_the_household(world: World) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    page = at_desk(world, batch).get(url("batch", batch.pk))
    home = Household.objects.get()

    assert url("household", home.pk) in page.content.decode()
