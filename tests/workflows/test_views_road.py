"""Both procedures from the first desk to the last, through the pages alone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflows.pages import at_desk, sign, submit, url
from tests.world import World
from workflows.models import Batch, Case
from workflows.procedure import named

ROADS = [
    ("household_identification", False),
    ("household_exit", True),
    ("household_removal", True),
]


def opened(world: World, slug: str, *, registered: bool, count: int = 2) -> Batch:
    return world.open(slug, world.households(count, registered=registered))


@pytest.mark.parametrize(("slug", "registered"), ROADS)
def test_every_desk_is_shown_and_signed(
    world: World, slug: str, registered: bool
) -> None:
    batch = opened(world, slug, registered=registered)
    seen = []

    while batch.step:
        world.wait(batch)
        world.fill(batch)
        client = at_desk(world, batch)
        seen.append(batch.step)
        assert submit(client, batch).url == url("check", batch.pk), batch.step
        assert "/done/" in sign(client, batch).url, batch.step
        batch.refresh_from_db()

    rulebook = batch.bound_rulebook
    steps = [s.name for s in named(slug).steps if rulebook.requires(s.name)]
    assert seen == steps


@pytest.mark.parametrize(("slug", "registered"), ROADS)
def test_every_page_of_facts_opens_and_says_what_is_wrong(
    world: World, slug: str, registered: bool
) -> None:
    batch = opened(world, slug, registered=registered, count=1)
    case = Case.objects.get(batch=batch)

    while batch.step:
        world.wait(batch)
        client = at_desk(world, batch)
        for form in named(slug).forms[batch.step].case if _has_forms(batch) else ():
            address = url("case_fact", case.pk, form.slug)
            assert client.get(address).status_code == 200, address
            empty = client.post(address, {"do": "save"})
            assert empty.status_code in {302, 422}, address
        world.step(batch)


def _has_forms(batch: Batch) -> bool:
    return batch.step in named(batch.procedure).forms


@pytest.mark.parametrize("count", [1, 3])
def test_the_price_of_a_desk_does_not_depend_on_the_number(
    world: World, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    batch = opened(world, "household_exit", registered=True, count=count)
    world.until(batch, "appraise")
    world.fill(batch)
    client = at_desk(world, batch)
    client.get(url("batch", batch.pk))

    with django_assert_num_queries(40):
        page = client.get(url("batch", batch.pk))

    assert len(page.context["rows"]) == count


def test_an_unknown_page_of_facts_does_not_exist(world: World) -> None:
    batch = opened(world, "household_exit", registered=True, count=1)
    case = Case.objects.get(batch=batch)

    assert at_desk(world, batch).get(url("case_fact", case.pk, "x")).status_code == 404


def test_facts_of_a_step_that_is_over_are_not_open(world: World) -> None:
    batch = opened(world, "household_exit", registered=True, count=1)
    case = Case.objects.get(batch=batch)
    world.until(batch, "verify")
    early = at_desk(world, batch)
    address = url("case_fact", case.pk, "visit")
    assert early.get(address).status_code == 200

    world.step(batch)

    assert early.get(address).status_code == 404
