"""Addresses and forms nobody's page would send: an answer each, never a fault of ours."""

from typing import Any

import pytest

from permissions.posts import Post
from tests.workflows.pages import browser, url
from tests.workflows.test_acting import at_appraisal
from tests.world import World
from workflows import clock
from workflows.models import Batch, Receipt

HUGE = "9" * 30
ENDLESS = "9" * 5000


@pytest.fixture
def village(world: World) -> Any:
    clock.set_training_day(world.day)
    return browser(world.hats[Post.VILLAGE_COMMITTEE])


NONSENSE = ["0", "0000", "-1", "x", "9999", "10000", HUGE, ENDLESS, "²"]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("worklist", ["after", "v", "place", "q"]),
        ("batches", ["after", "procedure", "q"]),
        ("papers", ["after", "q"]),
        ("roster", ["after", "status"]),
        ("publicities", ["after"]),
    ],
)
def test_a_list_asked_for_nonsense_is_a_list(
    village: Any, page: str, names: list[str]
) -> None:
    for name in names:
        for value in NONSENSE:
            answer = village.get(url(page), {name: value})
            assert answer.status_code == 200, (name, value)


def test_a_list_from_nowhere_is_a_list(village: Any) -> None:
    for value in NONSENSE:
        for day in ("", "2018-11-05", "x"):
            answer = village.get(url("worklist"), {"after": f"{day}.{value}"})
            assert answer.status_code == 200, (day, value)


def test_a_place_has_figures_for_any_year(village: Any, world: World) -> None:
    for year in NONSENSE:
        page = village.get(url("place", world.village), {"year": year})
        assert page.status_code == 200, year


def test_a_recall_of_no_version_is_late(village: Any, world: World) -> None:
    batch = at_appraisal(world, 1)

    for version in NONSENSE:
        sent = {"version": version, "reason": "错"}
        late = village.post(url("recall", batch.pk), sent)
        assert late.status_code == 409, version


def test_the_key_of_another_act_opens_nothing(village: Any, world: World) -> None:
    batch = at_appraisal(world, 1)
    key, before = Receipt.objects.order_by("-pk")[0].key, Batch.objects.count()
    (home,) = world.households(1, seed=8, registered=True)
    sent = {"procedure": batch.procedure, "household": str(home.pk), "key": key}

    answer = village.post(url("open_batch"), sent)

    assert answer.status_code == 302
    assert Batch.objects.count() == before


def test_no_such_household_is_an_empty_list(village: Any) -> None:
    for ticked in NONSENSE:
        sent = {"procedure": "household_exit", "household": ticked, "key": "k" * 100}
        assert village.post(url("open_batch"), sent).status_code == 422, ticked
