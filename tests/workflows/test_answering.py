"""By when an objection is answered: shown, told to the township, then to the county."""

from datetime import timedelta

import pytest

from permissions.posts import Post
from tests.workflows.pages import browser, url
from tests.workflows.test_views_anew import filed, hanging
from tests.world import World
from workflows import answering, clock

USUAL, LAST = 7, 28  # 20 working days from 5 November 2018 are four weeks


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (USUAL, set()),
        (USUAL + 1, {Post.TOWNSHIP_CLERK, Post.TOWNSHIP_LEADER}),
        (LAST, {Post.TOWNSHIP_CLERK, Post.TOWNSHIP_LEADER}),
        (LAST + 1, Post.TOWNSHIP | Post.COUNTY),
    ],
)
def test_the_township_is_told_first_and_then_the_county(
    world: World, days: int, told: set[Post]
) -> None:
    batch = hanging(world, 1)
    objection = filed(world, batch, None)
    today = world.day + timedelta(days=days)

    found = {
        post: [one.objection for one in answering.overdue(hat, today=today)]
        for post, hat in world.hats.items()
    }

    assert {post for post, rows in found.items() if rows} == told
    assert all(rows in ([], [objection]) for rows in found.values())


def test_the_work_list_and_the_notice_say_by_when(world: World) -> None:
    batch = hanging(world, 1)
    objection = filed(world, batch, None)
    clock.set_training_day(world.day + timedelta(days=LAST + 1))
    county = browser(world.hats[Post.COUNTY_CLERK])

    listed = county.get(url("worklist")).content.decode()
    shown = county.get(url("publicity", batch.pk)).content.decode()

    assert objection.number in listed
    assert "最迟 12月3日，过期由县级督办" in shown


def test_the_desk_cites_the_last_day_once_it_is_over(world: World) -> None:
    batch = hanging(world, 1)
    filed(world, batch, None)
    clock.set_training_day(world.day + timedelta(days=LAST + 1))

    shown = browser(world.hats[Post.SUPERVISION_COMMITTEE]).get(
        url("publicity", batch.pk)
    )

    assert "已过最迟答复日 2018-12-03，由县级督办" in shown.content.decode()
