"""Case, batch and task are projections of the ledger; a tampered one is found."""

import pytest

from tests.workflows.test_acting import at_appraisal
from tests.world import World
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


def test_a_lost_task_is_found(world: World) -> None:
    batch = at_appraisal(world)
    waiting_task(batch).delete()

    assert list(differences())
