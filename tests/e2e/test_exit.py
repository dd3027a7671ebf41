"""Exit from the group's proposal to the receipt, on a phone and without scripts."""

from collections.abc import Callable

import pytest

from registry.codes import Standing
from registry.models import Household
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.road import EXIT, Road
from tests.world import TODAY, World
from workflows.models import Batch, Case

pytestmark = pytest.mark.chromium


def road(office: Office) -> Road:
    return Road(office=office, procedure="household_exit", day=TODAY, steps=EXIT)


def test_a_household_leaves_on_a_phone(
    world: World, office: Callable[..., Office]
) -> None:
    leaves, unwilling, returned = world.households(3, registered=True)
    exit_ = road(office(width=390))

    def refuses_to_sign(desk: Desk) -> None:
        desk.except_(unwilling.head_name, "refuse", reason="户主不认可，拒绝签字")

    def sent_back(desk: Desk) -> None:
        desk.except_(returned.head_name, "return", to="verify", reason="收入须重新核实")

    exit_.exceptions = {"户主认可": refuses_to_sign, "县级复核": sent_back}
    exit_.open([leaves.head_name, unwilling.head_name, returned.head_name])
    exit_.walk()

    states = dict(Case.objects.values_list("household__head_name", "state"))
    assert states[leaves.head_name] == "delisted"
    assert states[unwilling.head_name] == "refused"
    assert Batch.objects.get(parent=exit_.number).step == "verify"
    assert Household.objects.get(pk=leaves.pk).status == Standing.EXITED
    assert Household.objects.get(pk=unwilling.pk).status == Standing.REGISTERED


def test_a_household_leaves_without_any_script(
    world: World, office: Callable[..., Office]
) -> None:
    leaves, *_rest = world.households(2, registered=True)
    exit_ = road(office(script=False, shared=True))

    exit_.open([leaves.head_name])
    exit_.walk()

    assert Household.objects.get(pk=leaves.pk).status == Standing.EXITED
