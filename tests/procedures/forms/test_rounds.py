"""The desk shows what a round found and leaves it alone; typing stays possible."""

import pytest

from permissions.posts import Post
from procedures.forms.comparisons import ComparisonForm
from procedures.models import Comparison, Hit
from tests.workflows.comparing.scene import IDENTIFICATION, County, car, head
from tests.world import World
from workflows.models import Case


@pytest.fixture
def case(db: None) -> Case:
    """Return a case at the comparison whose head has a car, as a round found."""
    world = World.build()
    homes = world.households(1)
    batch = world.open(IDENTIFICATION, homes)
    world.until(batch, "compare")
    county = County(world=world)
    county.answer(county.released(county.open()), [car(head(homes[0]))])
    return Case.objects.select_related("batch__rulebook", "household").get()


def form(case: Case, **typed: object) -> ComparisonForm:
    world = World(village=case.place_id, day=case.opened_on)
    by = Comparison.objects.get().recorded_by
    assert by.held == Post.COUNTY_CLERK
    data = {
        "comparison-compared_on": "2018-11-05",
        "comparison-departments": ["公安", "财政"],
        "comparison-consent": "on",
        "comparison-hits-TOTAL_FORMS": "0",
        "comparison-hits-INITIAL_FORMS": "0",
    }
    now = Comparison.objects.get().recorded_at
    assert world.village
    return ComparisonForm(
        subject=case, step="compare", by=by, now=now, data={**data, **typed}
    )


def test_a_round_lies_ready_at_the_desk(case: Case) -> None:
    shown = form(case)

    assert shown.is_complete
    assert shown.instance.departments == ["公安"]
    assert "比中 1 条" in str(shown.formsets[0].hint)
    assert ("公安", "车辆类型：小型轿车（待处理）") in shown.summary()


def test_saving_the_form_leaves_the_hits_of_a_round(case: Case) -> None:
    typed = form(case)

    assert typed.is_valid(), typed.errors
    typed.save()

    assert Hit.objects.get().match is not None
    assert set(Comparison.objects.get().departments) == {"公安", "财政"}
