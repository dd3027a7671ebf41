"""Identification from the application to the register, on a desktop screen."""

from collections.abc import Callable

import pytest

from procedures.models import Hit, Recused
from registry.codes import Standing
from registry.models import Household
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.pictures import photo
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

    def explained(desk: Desk) -> None:
        """The departments found a car that the household can explain."""
        person = desk.person
        person.go(f"/case/{desk.row_of(stays.head_name)}/comparison/")
        person.fill(
            "comparison-hits-0",
            kind="vehicle",
            department="公安局车管所",
            detail="名下登记面包车一辆",
            found_on=desk.day.isoformat(),
            explanation="车已于2016年报废，有注销证明",
            evidence=photo("scrapped"),
            decision="explained",
        )
        person.save()

    def outvoted(desk: Desk) -> None:
        """One present is a brother; another household is voted down."""
        person = desk.person
        person.fill(
            "meeting-recused-0",
            name="石谷生",
            case=desk.row_of(stays.head_name),
            reason="户主之兄",
        )
        desk.vote(stays.head_name, (35, 1, 1))
        desk.vote(refused.head_name, (10, 28, 0))
        desk.except_(refused.head_name, "refuse", reason="评议没有通过")

    def sent_back(desk: Desk) -> None:
        desk.except_(
            returned.head_name, "return", to="verify", reason="务工收入没有凭据"
        )

    road.exceptions = {
        "信息比对": explained,
        "民主评议": outvoted,
        "乡镇审核": sent_back,
    }
    road.open([stays.head_name, refused.head_name, returned.head_name])
    road.walk()

    states = dict(Case.objects.values_list("household__head_name", "state"))
    assert states[stays.head_name] == "registered"
    assert states[refused.head_name] == "refused"
    assert Batch.objects.get(parent=road.number).step == "verify"
    assert Hit.objects.get().decision == "explained"
    assert Recused.objects.get().name == "石谷生"
    assert Household.objects.get(pk=stays.pk).status == Standing.REGISTERED
