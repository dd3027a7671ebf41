"""Hold, release, withdraw, recall, and the clock that closes a publicity."""

from datetime import timedelta

import pytest

from notices.models import Paper, PaperState
from permissions.posts import Post
from registry.refusals import Refusal
from tests.workflows.test_acting import EXIT, at_appraisal, ids
from tests.world import World
from workflows import tasks
from workflows.actions import Refused, hold, recall, release, withdraw
from workflows.errors import Stale, Trespass
from workflows.models import Batch, Case, Entry


def test_a_held_household_cannot_pass_until_it_is_released(world: World) -> None:
    batch = at_appraisal(world, 2)
    first = ids(batch)[0]
    by = world.hat(batch)
    hold(first, by=by, reason="核对人口", now=world.now)
    batch.refresh_from_db()

    refused = world.act(batch)
    release(first, by=by, reason="已核对", now=world.now)
    batch.refresh_from_db()
    world.act(batch)

    assert isinstance(refused, Refused)
    assert [r.code for r in refused.cases[first]] == ["case_held"]
    assert batch.step == "confirm"


def test_a_hold_needs_a_reason_and_the_post_of_the_desk(world: World) -> None:
    batch = at_appraisal(world, 1)
    first = ids(batch)[0]

    unreasoned = hold(first, by=world.hat(batch), reason=" ", now=world.now)

    assert isinstance(unreasoned, Refusal)
    with pytest.raises(Trespass):
        hold(first, by=world.hats[Post.WORK_TEAM], reason="停", now=world.now)


def test_a_household_may_withdraw_and_its_list_goes_on(world: World) -> None:
    batch = at_appraisal(world, 2)
    first, second = ids(batch)

    withdraw(first, by=world.hat(batch), reason="户主撤回", now=world.now)

    batch.refresh_from_db()
    assert Case.objects.get(pk=first).state == "withdrawn"
    assert (ids(batch), batch.is_open) == ([second], True)


def test_a_batch_whose_last_household_withdraws_ends(world: World) -> None:
    batch = at_appraisal(world, 1)

    withdraw(ids(batch)[0], by=world.hat(batch), reason="户主撤回", now=world.now)

    batch.refresh_from_db()
    assert (batch.step, batch.is_open) == ("", False)


def test_a_closed_case_cannot_be_withdrawn_again(world: World) -> None:
    batch = at_appraisal(world, 2)
    first, by = ids(batch)[0], world.hat(batch)
    withdraw(first, by=by, reason="户主撤回", now=world.now)

    again = withdraw(first, by=by, reason="户主撤回", now=world.now)

    assert isinstance(again, Refusal)
    assert again.code == "case_closed"


def test_an_act_can_be_recalled_until_the_next_desk_acts(world: World) -> None:
    batch = at_appraisal(world, 2)
    by = world.hat(batch)
    world.act(batch)

    follow_up = recall(
        batch.pk, by=by, reason="票数录错", version=batch.version, now=world.now
    )

    assert isinstance(follow_up, Batch)
    batch.refresh_from_db()
    assert (follow_up.step, ids(follow_up) != [], batch.is_open) == (
        "appraise",
        True,
        False,
    )


def test_a_recall_withdraws_the_papers_of_the_act(world: World) -> None:
    batch = at_appraisal(world, 2)
    by = world.hat(batch)
    done = world.act(batch)

    recall(batch.pk, by=by, reason="票数录错", version=batch.version, now=world.now)

    states = Paper.objects.filter(code__in=done.papers).values_list("state", flat=True)
    assert set(states) == {PaperState.WITHDRAWN}


def test_nobody_recalls_what_another_office_did(world: World) -> None:
    batch = at_appraisal(world, 1)
    world.act(batch)

    with pytest.raises(Trespass):
        recall(
            batch.pk,
            by=world.hats[Post.TOWNSHIP_CLERK],
            reason="错",
            version=batch.version,
            now=world.now,
        )


def test_a_recall_that_comes_too_late_is_stale(world: World) -> None:
    batch = at_appraisal(world, 1)
    by = world.hat(batch)
    world.act(batch)
    seen = batch.version
    world.step(batch)

    with pytest.raises(Stale):
        recall(batch.pk, by=by, reason="错", version=seen, now=world.now)


def test_the_clock_moves_a_batch_the_day_after_the_last_day(world: World) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "post_village")
    world.step(batch)
    last = batch.clock_until
    world.day = last
    early = tasks.tick(world.now)
    world.day = last + timedelta(days=1)

    moved = (tasks.tick(world.now), tasks.tick(world.now))

    assert (early, moved) == (0, (1, 0))
    assert Entry.objects.filter(batch=batch, act=Entry.Act.CLOCK).count() == 1
