"""Identification from the application to the register, on a desktop screen."""

from collections.abc import Callable

import pytest

from registry.codes import Standing
from registry.models import Household
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.road import IDENTIFICATION, Road
from tests.world import TODAY, World
from workflows.models import Batch, Case

pytestmark = pytest.mark.chromium


def test_a_household_comes_on_the_register(
    world: World, office: Callable[..., Office]
) -> None:
    stays, refused, returned = world.households(3)
    road = Road(
        office=office(),
        procedure="household_identification",
        day=TODAY,
        steps=IDENTIFICATION,
    )

    def outvoted(desk: Desk) -> None:
        desk.vote(refused.head_name, (10, 28, 0))
        desk.except_(refused.head_name, "refuse", reason="评议没有通过")

    def sent_back(desk: Desk) -> None:
        desk.except_(
            returned.head_name, "return", to="verify", reason="务工收入没有凭据"
        )

    road.exceptions = {"民主评议": outvoted, "乡镇审核": sent_back}
    road.open([stays.head_name, refused.head_name, returned.head_name])
    road.walk()

    states = dict(Case.objects.values_list("household__head_name", "state"))
    assert states[stays.head_name] == "registered"
    assert states[refused.head_name] == "refused"
    assert Batch.objects.get(parent=road.number).step == "verify"
    assert Household.objects.get(pk=stays.pk).status == Standing.REGISTERED
