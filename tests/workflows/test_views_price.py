"""What a page costs does not depend on how many households stand on it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.posts import Post
from registry.models import Household
from tests.workflows.pages import browser, url
from tests.world import World
from workflows import clock
from workflows.models import Batch

EXIT = "household_exit"


def price(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def a_list(world: World, homes: list[Household]) -> Batch:
    batch = world.open(EXIT, homes)
    world.until(batch, "verify")
    return batch


@pytest.mark.parametrize("page", ["worklist", "batches", "papers", "roster", "place"])
def test_a_list_of_many_costs_what_a_list_of_few_costs(world: World, page: str) -> None:
    homes = world.households(6, registered=True)
    address = url(page, world.village) if page == "place" else url(page)
    client = browser(world.hats[Post.WORK_TEAM])
    a_list(world, homes[:1])
    clock.set_training_day(world.day)
    price(client, address)
    few = price(client, address)

    for home in homes[1:]:
        a_list(world, [home])
    clock.set_training_day(world.day)

    assert price(client, address) == few


def test_a_recorded_list_of_many_costs_what_one_of_few_costs(world: World) -> None:
    homes = world.households(6, registered=True)
    few, many = a_list(world, homes[:1]), a_list(world, homes[1:])
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.TOWNSHIP_CLERK])
    price(client, url("batch", few.pk))

    assert price(client, url("batch", many.pk)) == price(client, url("batch", few.pk))


def test_a_file_costs_the_same_for_a_large_family(world: World) -> None:
    homes = sorted(world.households(8, registered=True), key=lambda home: home.size)
    small, large = homes[0], homes[-1]
    assert small.size < large.size
    clock.set_training_day(world.day)
    client = browser(world.hats[Post.VILLAGE_COMMITTEE])
    price(client, url("household", small.pk))

    assert price(client, url("household", large.pk)) == price(
        client, url("household", small.pk)
    )
