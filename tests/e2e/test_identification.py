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


def car_explained(desk: Desk, head: str) -> None:
    """The departments found a car that the household can explain."""
    desk.person.go(f"/case/{desk.row_of(head)}/comparison/")
    desk.person.fill(
        "comparison-hits-0",
        kind="vehicle",
        department="公安局车管所",
        detail="名下登记面包车一辆",
        found_on=desk.day.isoformat(),
        explanation="车已于2016年报废，有注销证明",
        evidence=photo("scrapped"),
        decision="explained",
    )
    desk.person.save()


def brother_recused(desk: Desk, head: str) -> None:
    """One of those present is a brother and does not vote on this household."""
    desk.person.fill(
        "meeting-recused-0", name="石谷生", case=desk.row_of(head), reason="户主之兄"
    )
    desk.vote(head, (35, 1, 1))


def outvoted(desk: Desk, head: str) -> None:
    """A household is voted down."""
    desk.vote(head, (10, 28, 0))
    desk.except_(head, "refuse", reason="评议没有通过")


def test_a_household_comes_on_the_register(
    world: World, office: Callable[..., Office]
) -> None:
    stays, refused, returned = [one.head_name for one in world.households(3)]
    road = Road(
        office=office(),
        procedure="household_identification",
        day=TODAY,
        steps=IDENTIFICATION,
    )

    def appraisal(desk: Desk) -> None:
        brother_recused(desk, stays)
        outvoted(desk, refused)

    def review(desk: Desk) -> None:
        desk.except_(returned, "return", to="verify", reason="务工收入没有凭据")

    road.exceptions = {
        "信息比对": lambda desk: car_explained(desk, stays),
        "民主评议": appraisal,
        "乡镇审核": review,
    }
    road.open([stays, refused, returned])
    road.walk()

    states = dict(Case.objects.values_list("household__head_name", "state"))
    assert (states[stays], states[refused]) == ("registered", "refused")
    assert Batch.objects.get(parent=road.number).step == "verify"
    assert Hit.objects.get().decision == "explained"
    assert Recused.objects.get().name == "石谷生"
    assert Household.objects.get(head_name=stays).status == Standing.REGISTERED
