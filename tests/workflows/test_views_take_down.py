"""Taking a notice off the wall: entered from its page, early or in time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notices.models import Posting
from permissions.posts import Post
from tests.procedures.forms.desk import PDF, photo, upload
from tests.workflows.pages import browser, url
from tests.workflows.test_views_anew import hanging
from tests.world import NEIGHBOUR, World, officer
from workflows import clock


def down(posting: Posting) -> str:
    return reverse("notices:take_down", args=[posting.pk])


def test_the_publicity_page_leads_to_it_and_shows_who_did_it(world: World) -> None:
    batch = hanging(world, 1)
    posting = Posting.objects.get()
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    clock.set_training_day(world.day + timedelta(days=8))
    at = f"{world.day + timedelta(days=7)}T18:30"

    before = client.get(url("publicity", batch.pk)).content.decode()
    answer = client.post(
        down(posting), {"at": at, "name": "石爬专", "photo": photo()}, follow=True
    )
    after = client.get(url("publicity", batch.pk)).content.decode()

    posting.refresh_from_db()
    assert down(posting) in before
    assert down(posting) not in after
    assert "石爬专" in after
    assert "石爬专" in answer.content.decode()
    assert posting.photos.filter(purpose="taken_down").count() == 1
    assert posting.taken_down_under == world.hats[Post.VILLAGE_COMMITTEE]


def test_a_sheet_taken_down_early_does_not_count(world: World) -> None:
    batch = hanging(world, 1)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    clock.set_training_day(world.day + timedelta(days=2))

    at = f"{world.day + timedelta(days=1)}T08:00"
    client.post(down(Posting.objects.get()), {"at": at, "name": "石爬专"})
    clock.set_training_day(world.day + timedelta(days=8))
    shown = client.get(url("publicity", batch.pk)).content.decode()

    assert "须重新公示" in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"at": "2018-12-24T08:00"}, "不能晚于现在"),
        ({"at": "2018-01-01T08:00"}, "不能早于张贴时间"),
        ({"name": ""}, "必填"),
        ({"at": "昨天"}, "撤下时间"),
        ({"photo": upload("扫描.jpg", PDF)}, "PDF"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    world: World, fields: dict[str, object], said: str
) -> None:
    hanging(world, 1)
    posting = Posting.objects.get()
    right = {"at": f"{world.day}T23:59", "name": "石爬专"}
    clock.set_training_day(world.day + timedelta(days=1))

    answer = browser(world.hats[Post.VILLAGE_COMMITTEE]).post(
        down(posting), right | fields
    )

    posting.refresh_from_db()
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert posting.taken_down_at is None


def test_the_neighbour_takes_nothing_down(world: World) -> None:
    hanging(world, 1)
    neighbour = officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村")

    assert browser(neighbour).get(down(Posting.objects.get())).status_code == 404
