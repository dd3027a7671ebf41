"""Exports as officers see them: asked for, agreed to, fetched, written down."""

import csv
import io
import logging
from typing import Any

import pytest
from pytest_django import Settings

from permissions.posts import Post
from registry.exports import making
from registry.identity import unseal
from registry.models import Export, ExportFetch, ExportState, Household
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, VILLAGE, World, officer
from workflows import clock, exports

WISH = {"layout": "roster", "form": "csv", "purpose": "年度核对"}


@pytest.fixture(autouse=True)
def november(world: World, settings: Settings) -> None:
    clock.set_training_day(world.day)
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }


@pytest.fixture
def homes(world: World) -> list[Household]:
    return world.households(3, registered=True)


@pytest.fixture
def village(world: World) -> Any:
    return browser(world.hats[Post.VILLAGE_COMMITTEE])


@pytest.fixture
def leader(world: World) -> Any:
    return browser(world.hats[Post.COUNTY_LEADER])


def ask(client: Any, **how: Any) -> Export:
    answer = client.post(url("export_new"), WISH | how)
    assert answer.status_code == 302, answer.context["refused"]
    return Export.objects.get()


def hint(client: Any) -> list[bool]:
    """Return whether work list and list of exports say that one waits for him."""
    pages = (url("worklist"), url("export_list"))
    return ["有 1 个导出等您同意" in client.get(one).content.decode() for one in pages]


def test_a_list_is_exported_for_a_purpose_and_fetched(
    homes: list[Household], village: Any, world: World
) -> None:
    export = ask(village)

    page = village.get(url("export", export.pk)).content.decode()
    file = village.get(url("export_file", export.pk))

    assert url("export_file", export.pk) in page
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows[3:]] == [home.number for home in homes]
    hat = world.hats[Post.VILLAGE_COMMITTEE]
    assert hat.officer.full_name in rows[1][0]
    assert (export.rows, export.purpose) == (3, "年度核对")
    assert ExportFetch.objects.get().officer == hat.officer


def test_without_a_purpose_nothing_is_asked(village: Any) -> None:
    empty = village.post(url("export_new"), WISH | {"purpose": ""})
    short = village.post(url("export_new"), WISH | {"purpose": "看看"})

    assert (empty.status_code, short.status_code) == (422, 422)
    assert list(empty.context["form"].errors) == ["purpose"]
    assert [r.code for r in short.context["refused"]] == ["purpose_missing"]
    assert not Export.objects.exists()


@pytest.mark.usefixtures("homes")
def test_whole_numbers_wait_for_the_county(village: Any, leader: Any) -> None:
    export = ask(village, clear="on")
    assert export.state == ExportState.ASKED
    assert village.get(url("export_file", export.pk)).status_code == 422

    assert leader.get(url("export", export.pk)).context["may_agree"]
    leader.post(url("export_agree", export.pk), {"do": "agree"})

    export.refresh_from_db()
    assert export.state == ExportState.READY
    text = village.get(url("export_file", export.pk)).content.decode("utf-8-sig")
    head = Household.objects.first().head
    assert unseal(head.id_cipher) in text


@pytest.mark.usefixtures("homes")
def test_a_county_says_no(village: Any, leader: Any) -> None:
    export = ask(village, clear="on")

    leader.post(url("export_agree", export.pk), {"do": "refuse"})

    export.refresh_from_db()
    assert export.state == ExportState.REFUSED
    assert village.get(url("export_file", export.pk)).status_code == 422


@pytest.mark.usefixtures("homes")
def test_who_asked_does_not_agree_himself_and_no_township_agrees(
    world: World, leader: Any
) -> None:
    export = ask(leader, clear="on")
    township = browser(world.hats[Post.TOWNSHIP_CLERK])

    for client in (leader, township):
        assert client.post(url("export_agree", export.pk)).status_code == 404
    clerk = browser(officer(Post.COUNTY_CLERK, VILLAGE, name="另一位"))
    assert clerk.post(url("export_agree", export.pk)).status_code == 302


@pytest.mark.usefixtures("homes")
def test_whoever_may_agree_is_told_and_nobody_else(
    world: World, village: Any, leader: Any
) -> None:
    ask(village, clear="on")
    told = {post: hint(browser(hat)) for post, hat in world.hats.items()}
    abroad = hint(browser(officer(Post.COUNTY_CLERK, "433125000000", name="外县")))

    county = {Post.COUNTY_LEADER, Post.COUNTY_CLERK}
    assert {post for post, said in told.items() if all(said)} == county
    assert {post for post, said in told.items() if any(said)} == county
    assert not any(abroad)
    page = leader.get(url("export_list"), {"waiting": 1}).content.decode()
    assert "只列等您同意的" in page


def test_the_hint_goes_once_somebody_agreed(
    world: World, homes: list[Household], leader: Any
) -> None:
    clerk = browser(world.hats[Post.COUNTY_CLERK])
    export = ask(clerk)
    Export.objects.update(total=501, rows=501)
    assert (hint(leader), hint(clerk)) == ([True] * 2, [False] * 2)

    leader.post(url("export_agree", export.pk), {"do": "agree"})

    assert not any(hint(leader))
    page = leader.get(url("export_list"), {"waiting": 1}).content.decode()
    assert "没有等您同意的导出" in page


@pytest.mark.usefixtures("homes")
def test_a_file_is_handed_only_to_him_who_asked(village: Any, leader: Any) -> None:
    export = ask(village)

    assert leader.get(url("export", export.pk)).status_code == 200
    assert leader.get(url("export_file", export.pk)).status_code == 404
    stranger = browser(officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村"))
    assert stranger.get(url("export", export.pk)).status_code == 404
    assert stranger.get(url("export_file", export.pk)).status_code == 404
    assert not stranger.get(url("export_list")).context["page"].rows


@pytest.mark.usefixtures("homes")
def test_a_number_is_in_no_log_and_no_address(
    village: Any, leader: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    numbers = {
        unseal(person.id_cipher)
        for home in Household.objects.all()
        for person in home.members.all()
    }

    export = ask(village, clear="on")
    leader.post(url("export_agree", export.pk), {"do": "agree"})
    file = village.get(url("export_file", export.pk))

    said = caplog.text + str(file.headers) + url("export_file", export.pk)
    assert [n for n in numbers if n in file.content.decode("utf-8-sig")]
    assert not [number for number in numbers if number in said]


@pytest.mark.usefixtures("homes")
def test_a_killed_worker_s_export_is_made_by_the_next(village: Any) -> None:
    export = ask(village)
    stale = clock.wall() - 2 * making.PATIENCE
    Export.objects.update(state=ExportState.WRITING, touched_at=stale)

    assert exports.resume(clock.wall()) == 1

    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.READY, 2)
    Export.objects.update(state=ExportState.WRITING, touched_at=stale, attempts=3)
    assert exports.resume(clock.wall()) == 0
    assert Export.objects.get().state == ExportState.FAILED
