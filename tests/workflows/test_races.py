"""Several officers, or one impatient one, at the same moment, on PostgreSQL."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from permissions.posts import Post
from tests.workflows.test_acting import EXIT, ids
from tests.world import World, officer
from workflows.actions import PASS, Done, Kind, Verdict, act, recall
from workflows.errors import Stale
from workflows.models import Batch, Entry
from workflows.replay import differences

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer"
    ),
]

ROUNDS = 8
OFFICERS = 4


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Start all calls at one moment; return results or what they raised."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return call()
        except Stale as stale:
            return stale
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def submit(
    world: World, batch: Batch, key: str, *, refuse: bool = False
) -> Callable[[], Any]:
    """Return a call that acts on the batch as it is on the page now."""
    verdict = Verdict(kind=Kind.REFUSE, reason="不同意") if refuse else PASS
    given = {
        "batch_id": batch.pk,
        "step": batch.step,
        "verdicts": dict.fromkeys(ids(batch), verdict),
        "by": world.hat(batch),
        "key": key,
        "version": batch.version,
        "now": world.now,
    }
    return lambda: act(**given)


def ready(world: World) -> Batch:
    """Return a batch of one household whose confirmation is recorded."""
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "confirm")
    return batch


@pytest.fixture
def race(lasting_db: None) -> tuple[World, Batch]:
    """Return a committed world and a batch before its confirmation."""
    world = World.build()
    return world, ready(world)


def test_of_several_different_submits_one_wins_each_round(
    race: tuple[World, Batch],
) -> None:
    world, batch = race
    for number in range(ROUNDS):
        world.wait(batch)
        world.fill(batch, {})
        before = batch.version

        answers = together(
            [submit(world, batch, f"{number}-{n}") for n in range(OFFICERS)]
        )

        kinds = Counter(type(answer) for answer in answers)
        assert kinds == {Done: 1, Stale: OFFICERS - 1}
        batch.refresh_from_db()
        assert batch.version > before
        if not batch.step:
            break
    assert list(differences()) == []


def test_an_impatient_finger_acts_once(race: tuple[World, Batch]) -> None:
    world, batch = race
    world.fill(batch, {})

    answers = together([submit(world, batch, "same") for _n in range(OFFICERS)])

    assert Counter(answer.replayed for answer in answers) == {
        False: 1,
        True: OFFICERS - 1,
    }
    assert Entry.objects.filter(batch=batch, step="confirm").count() == 1


def test_an_act_and_its_recall_cannot_both_win(race: tuple[World, Batch]) -> None:
    world, batch = race
    world.step(batch)
    world.fill(batch, {})
    village = world.hats[Post.VILLAGE_COMMITTEE]
    version, now = batch.version, world.now

    answers = together(
        [
            submit(world, batch, "act"),
            lambda: recall(
                batch.pk, by=village, reason="撤回", version=version, now=now
            ),
        ]
    )

    assert Counter(type(answer) for answer in answers)[Stale] == 1
    assert list(differences()) == []


def test_two_officers_who_disagree_leave_one_decision(
    race: tuple[World, Batch],
) -> None:
    world, batch = race
    world.fill(batch, {})
    officer(Post.VILLAGE_COMMITTEE, world.village, name="石同志")

    answers = together(
        [submit(world, batch, "yes"), submit(world, batch, "no", refuse=True)]
    )

    assert Counter(type(answer) for answer in answers) == {Done: 1, Stale: 1}
    assert list(differences()) == []


def test_two_lists_of_one_village_shed_households_at_once(lasting_db: None) -> None:
    world = World.build()
    homes = world.households(4, registered=True)
    lists = [world.open(EXIT, homes[:2]), world.open(EXIT, homes[2:])]
    aside = Verdict(kind=Kind.ASIDE, reason="户主外出")
    calls = []
    for number, batch in enumerate(lists):
        world.fill(batch)
        given = {
            "batch_id": batch.pk,
            "step": batch.step,
            "verdicts": {ids(batch)[0]: aside, ids(batch)[1]: PASS},
            "by": world.hat(batch),
            "key": f"shed-{number}",
            "version": batch.version,
            "now": world.now,
        }
        calls.append(partial(act, **given))

    answers = together(calls)

    assert Counter(type(answer) for answer in answers) == {Done: 2}
    rounds = Batch.objects.values_list("round", flat=True)
    assert sorted(rounds) == [1, 2, 3, 4]
    assert list(differences()) == []
