"""Case, batch and task are projections of the ledger; a tampered one is found."""

import pytest

from tests.workflows.test_acting import at_appraisal, ids
from tests.world import World
from workflows.actions import Kind, Verdict, hold, release
from workflows.flow import waiting_task
from workflows.models import Batch, Case
from workflows.replay import differences


def test_nothing_differs_in_a_clean_history(world: World) -> None:
    batch = at_appraisal(world)
    world.until(batch, "close_village")

    assert list(differences()) == []


def test_a_state_written_past_the_machine_is_found(world: World) -> None:
    at_appraisal(world)
    Case.objects.filter(pk=Case.objects.first().pk).update(state="approved")

    assert len(list(differences())) == 1


@pytest.mark.parametrize(
    "change", [{"step": "approve"}, {"clock_until": "2018-11-30"}, {"head": "0" * 64}]
)
def test_a_batch_put_elsewhere_is_found(world: World, change: dict[str, str]) -> None:
    batch = at_appraisal(world)
    Batch.objects.filter(pk=batch.pk).update(**change)

    assert list(differences())


def test_a_hold_is_told_again_on_every_list_the_case_comes_to(world: World) -> None:
    batch = at_appraisal(world, 2)
    first, second = ids(batch)
    hold(first, by=world.hat(batch), reason="核对人口", now=world.now)
    hold(second, by=world.hat(batch), reason="外出", now=world.now)
    release(second, by=world.hat(batch), reason="已回", now=world.now)
    batch.refresh_from_db()
    world.act(batch, {first: Verdict(kind=Kind.ASIDE, reason="核对人口")})

    assert Case.objects.get(pk=first).held
    assert list(differences()) == []


@pytest.mark.parametrize("change", [{"held": True}, {"held_reason": "无"}])
def test_a_hold_nobody_wrote_down_is_found(
    world: World, change: dict[str, object]
) -> None:
    batch = at_appraisal(world)
    Case.objects.filter(pk=ids(batch)[0]).update(**change)

    assert len(list(differences())) == 1


def test_a_lost_task_is_found(world: World) -> None:
    batch = at_appraisal(world)
    waiting_task(batch).delete()

    assert list(differences())
