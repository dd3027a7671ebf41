"""A list at its desk: shown, typed, checked, signed once, and lost in a race."""

from datetime import timedelta

import pytest

from notices.press import render
from permissions.posts import Post
from tests.notices import press_jobs
from tests.workflows.pages import (
    at_desk,
    browser,
    exception,
    sign,
    submit,
    untouched,
    url,
)
from tests.world import NEIGHBOUR, World, officer
from workflows import clock
from workflows.models import Batch, Case, Entry

EXIT = "household_exit"


def ready(world: World, count: int = 2) -> Batch:
    """Return an exit list at its first desk with right facts recorded."""
    batch = world.open(EXIT, world.households(count, registered=True))
    world.fill(batch)
    return batch


def cases(batch: Batch) -> list[Case]:
    return list(batch.cases.filter(closed_on=None).order_by("pk"))


def test_the_desk_shows_every_household_and_what_is_missing(world: World) -> None:
    batch = world.open(EXIT, world.households(2, registered=True))

    page = at_desk(world, batch).get(url("batch", batch.pk))

    assert page.templates[0].name == "workflows/desk.html"
    assert len(page.context["rows"]) == 2
    assert page.context["shared"]


def test_whoever_may_not_act_reads(world: World) -> None:
    batch = ready(world)

    page = browser(world.hats[Post.TOWNSHIP_CLERK]).get(url("batch", batch.pk))

    assert page.templates[0].name == "workflows/reading.html"


@pytest.mark.parametrize("page", ["batch", "check", "publicity"])
def test_outside_the_territory_there_is_no_such_page(world: World, page: str) -> None:
    batch = ready(world)
    neighbour = officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村")

    assert browser(neighbour).get(url(page, batch.pk)).status_code == 404


def test_a_list_is_checked_signed_and_goes_on(world: World) -> None:
    batch = ready(world)
    client = at_desk(world, batch)

    checked = submit(client, batch)
    signed = sign(client, batch)
    shown = client.get(signed.url)

    batch.refresh_from_db()
    assert checked.url == url("check", batch.pk)
    assert batch.step == "verify"
    assert shown.templates[0].name == "workflows/done.html"
    assert shown.context["counts"]["pass"] == 2


def test_exceptions_reach_the_check_page_and_add_up(world: World) -> None:
    batch = ready(world, 3)
    _first, second, third = cases(batch)
    client = at_desk(world, batch)

    submit(
        client,
        batch,
        **exception(second, "refuse", reason="未过半数"),
        **exception(third, "aside", reason="户主外出"),
    )
    page = client.get(url("check", batch.pk))

    counts = {one.kind: one.households for one in page.context["counts"]}
    assert counts == {"pass": 1, "return": 0, "refuse": 1, "aside": 1}
    assert [row.case for row in page.context["exceptions"]] == [second, third]


def test_what_is_missing_stops_the_signature(world: World) -> None:
    batch = world.open(EXIT, world.households(2, registered=True))
    client = at_desk(world, batch)

    submit(client, batch)
    page = client.get(url("check", batch.pk))
    answer = sign(client, batch)

    batch.refresh_from_db()
    assert not page.context["may_sign"]
    assert answer.status_code == 422
    assert batch.step == "propose"


@pytest.mark.parametrize(
    "wrong", [{"password": "guess"}, {"sure": ""}, {"digest": "0" * 64}]
)
def test_a_signature_that_is_not_one_changes_nothing(
    world: World, wrong: dict[str, str]
) -> None:
    batch = ready(world)
    client = at_desk(world, batch)

    submit(client, batch)
    answer = sign(client, batch, **wrong)

    batch.refresh_from_db()
    assert answer.status_code == 422
    assert answer.context["problems"]
    assert batch.step == "propose"


def test_a_second_press_is_the_same_act(world: World) -> None:
    batch = ready(world)
    client = at_desk(world, batch)
    submit(client, batch)
    page = client.get(url("check", batch.pk))
    sent = {
        "key": page.context["key"],
        "digest": page.context["digest"],
        "sure": "1",
        "password": "pass-word-2018",
    }

    first = client.post(url("check", batch.pk), sent)
    again = client.post(url("check", batch.pk), sent)

    assert first.url == again.url
    passed = Entry.objects.filter(batch=batch, act=Entry.Act.PASS, step="propose")
    assert passed.count() == 2


def test_a_lost_race_names_who_acted_and_keeps_what_was_typed(world: World) -> None:
    batch = ready(world)
    mine = cases(batch)[0]
    client = at_desk(world, batch)
    page = untouched(client, batch)
    world.act(batch)

    answer = client.post(
        url("batch", batch.pk), page | exception(mine, "refuse", reason="我不同意")
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert world.hats[Post.VILLAGE_COMMITTEE].officer.full_name in text
    assert "我不同意" in text
    assert [one.case for one in answer.context["differences"]] == [mine]


def test_a_race_lost_on_the_check_page_is_a_conflict_too(world: World) -> None:
    batch = ready(world)
    client = at_desk(world, batch)
    submit(client, batch)
    page = client.get(url("check", batch.pk))
    world.act(batch)

    answer = client.post(url("check", batch.pk), {"digest": page.context["digest"]})

    assert answer.status_code == 409


def test_saving_keeps_verdicts_until_the_next_visit(world: World) -> None:
    batch = ready(world)
    mine = cases(batch)[1]
    client = at_desk(world, batch)

    submit(client, batch, do="save", **exception(mine, "aside", reason="户主外出"))
    page = client.get(url("batch", batch.pk))

    kinds = [row.verdict.kind.value for row in page.context["rows"]]
    assert kinds == ["pass", "aside"]


def test_an_act_is_recalled_while_nobody_has_gone_on(world: World) -> None:
    batch = ready(world)
    world.act(batch)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    clock.set_training_day(world.day)

    answer = client.post(
        url("recall", batch.pk), {"reason": "填错", "version": batch.version}
    )

    follow_up = Batch.objects.get(parent=batch)
    assert answer.url == url("batch", follow_up.pk)
    assert follow_up.step == "propose"


def test_a_recall_without_a_reason_says_so(world: World) -> None:
    batch = ready(world)
    world.act(batch)
    clock.set_training_day(world.day)

    answer = browser(world.hats[Post.VILLAGE_COMMITTEE]).post(
        url("recall", batch.pk), {"version": batch.version}, follow=True
    )

    assert "理由" in answer.content.decode()
    assert not Batch.objects.filter(parent=batch).exists()


def test_a_stale_recall_is_a_conflict(world: World) -> None:
    batch = ready(world)
    old = batch.version
    world.act(batch)
    clock.set_training_day(world.day)

    answer = browser(world.hats[Post.VILLAGE_COMMITTEE]).post(
        url("recall", batch.pk), {"reason": "填错", "version": old}
    )

    assert answer.status_code == 409


def test_one_household_is_held_released_and_withdrawn(world: World) -> None:
    batch = ready(world)
    case = cases(batch)[0]
    client = at_desk(world, batch)

    for name, held in (("hold", True), ("release", False)):
        client.post(url(name, case.pk), {"reason": "异议未了"})
        case.refresh_from_db()
        assert case.held is held
    client.post(url("withdraw", case.pk), {"reason": "户主要求"})

    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_the_desk_leads_to_the_record_of_the_list(world: World) -> None:
    batch = ready(world)

    page = at_desk(world, batch).get(url("batch", batch.pk) + "?view=record")

    assert page.templates[0].name == "workflows/reading.html"
    assert page.context["may_withdraw"]


def test_another_post_cannot_hold(world: World) -> None:
    batch = ready(world)
    clock.set_training_day(world.day)
    hat = world.hats[Post.TOWNSHIP_CLERK]

    answer = browser(hat).post(url("hold", cases(batch)[0].pk), {"reason": "不服"})

    assert answer.status_code == 404


def test_a_sheet_for_signature_is_printed_before_the_act(world: World) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    client = at_desk(world, batch)

    answer = client.post(url("print_sheet", batch.pk, "sign_in"))
    page = client.get(answer.url)

    assert page.context["sheets"][0].paper is not None


def test_a_sheet_of_another_step_is_not_printed(world: World) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))

    answer = at_desk(world, batch).post(url("print_sheet", batch.pk, "ballot"))

    assert answer.status_code == 404


def test_the_training_clock_lends_nobody_more_guesses(world: World) -> None:
    batch = ready(world)
    client = at_desk(world, batch)
    submit(client, batch)
    for _guess in range(5):
        sign(client, batch, password="wrong")
    world.day += timedelta(days=30)
    clock.set_training_day(world.day)

    answer = sign(client, batch)

    batch.refresh_from_db()
    assert answer.status_code == 422
    assert batch.step == "propose"


def test_a_draft_that_cannot_be_made_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = ready(world)
    monkeypatch.setattr(render, "render_pdf", press_jobs.foreseen)
    answer = at_desk(world, batch).get(url("draft", batch.pk, "minutes"), follow=True)

    assert "草稿暂时排不出版" in answer.content.decode()


def test_a_draft_is_shown_and_kept_nowhere(world: World) -> None:
    batch = ready(world)

    answer = at_desk(world, batch).get(url("draft", batch.pk, "minutes"))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
