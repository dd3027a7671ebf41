"""Household files and the roster: who may look, what is logged, how one is found."""

from collections.abc import Callable
from typing import Any

import pytest

from permissions.posts import Post
from registry.models import HouseholdYear, Opening, Person
from tests.notices.reading import text
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, World, officer
from workflows import clock
from workflows.models import Case

EXIT = "household_exit"
IDENTIFICATION = "household_identification"


@pytest.fixture(autouse=True)
def november(world: World) -> None:
    clock.set_training_day(world.day)


@pytest.fixture
def village(world: World) -> Any:
    return browser(world.hats[Post.VILLAGE_COMMITTEE])


@pytest.fixture
def neighbour(world: World) -> Any:
    return browser(officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村"))


def test_opening_a_file_is_written_down(world: World, village: Any) -> None:
    (home,) = world.households(1)

    page = village.get(url("household", home.pk))

    (opening,) = Opening.objects.all()
    assert page.status_code == 200
    assert (opening.household, opening.officer) == (
        home,
        world.hats[Post.VILLAGE_COMMITTEE].officer,
    )


def test_a_file_shows_no_full_number(world: World, village: Any) -> None:
    (home,) = world.households(1)

    text = village.get(url("household", home.pk)).content.decode()

    for person in home.members.all():
        assert person.masked_id in text
        assert person.masked_id.endswith("*")


def test_a_full_number_costs_a_reason(world: World, village: Any) -> None:
    (home,) = world.households(1)
    person = home.members.first()
    address = url("open_number", home.pk)

    refused = village.post(address, {"person": person.pk, "reason": " "})
    shown = village.post(address, {"person": person.pk, "reason": "核对身份证"})

    assert refused.status_code == 302
    assert len(shown.context["number"]) == 18
    assert Opening.objects.filter(person=person, reason="核对身份证").count() == 1


def test_a_member_of_another_household_is_not_opened(
    world: World, village: Any
) -> None:
    home, other = world.households(2)
    stranger = Person.objects.filter(household=other).first()

    answer = village.post(
        url("open_number", home.pk), {"person": stranger.pk, "reason": "核对"}
    )

    assert answer.status_code == 404


def test_a_file_with_a_case_shows_its_income_and_road(
    world: World, village: Any
) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "appraise")
    case = Case.objects.get(batch=batch)

    page = village.get(url("household", case.household_id))

    assert "<svg" in page.content.decode()
    assert len(page.context["line"]) == 2


@pytest.mark.parametrize("name", ["household", "open_number"])
def test_a_file_outside_the_territory_does_not_exist(
    world: World, neighbour: Any, name: str
) -> None:
    (home,) = world.households(1)
    method = neighbour.post if name == "open_number" else neighbour.get

    assert method(url(name, home.pk)).status_code == 404
    assert not Opening.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_price_of_a_roster_does_not_depend_on_the_number(
    world: World,
    village: Any,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    world.households(count)
    village.get(url("roster"))

    with django_assert_num_queries(12):
        page = village.get(url("roster"))

    assert len(page.context["page"].rows) == count


def test_a_household_is_found_by_name_number_and_member(
    world: World, village: Any
) -> None:
    homes = world.households(3)
    home = homes[1]
    member = home.members.last()

    for sought in (home.head_name, home.number, member.name):
        page = village.post(url("roster"), {"q": sought})
        assert home in page.context["page"].rows


def test_a_household_is_found_by_a_full_id_number(world: World, village: Any) -> None:
    home = world.households(3)[2]
    person = home.members.first()
    opened = village.post(
        url("open_number", home.pk), {"person": person.pk, "reason": "核对"}
    )

    page = village.post(url("roster"), {"q": opened.context["number"].lower()})

    assert page.context["page"].rows == [home]


def test_a_search_does_not_reach_over_the_border(world: World, neighbour: Any) -> None:
    (home,) = world.households(1)

    page = neighbour.post(url("roster"), {"q": home.head_name})

    assert page.context["page"].rows == []
    assert neighbour.get(url("roster") + f"?place={world.village}").status_code == 404


@pytest.mark.parametrize(
    "kind", ["file_cover", "file_index", "household_card", "handbook_page"]
)
def test_a_sheet_of_the_file_is_a_pdf_and_written_down(
    kind: str, world: World, village: Any
) -> None:
    batch = world.open(IDENTIFICATION, world.households(1))
    home = batch.cases.get().household
    page = village.get(url("household", home.pk)).content.decode()

    sheet = village.get(url("file_sheet", home.pk, kind))

    assert url("file_sheet", home.pk, kind) in page
    assert sheet.content.startswith(b"%PDF")
    assert Opening.objects.filter(household=home).count() == 2


def test_a_registered_household_without_a_case_has_its_card(
    world: World, village: Any
) -> None:
    (home,) = world.households(1, registered=True)
    values = {"net_income_per_head": "3026.50"}
    HouseholdYear.objects.create(household=home, year=2017, values=values)
    address = url("file_sheet", home.pk, "household_card")

    said = text(village.get(address).content)

    page = village.get(url("household", home.pk)).content.decode()
    assert address in page
    assert url("file_sheet", home.pk, "handbook_page") not in page
    members = home.members.values_list("name", flat=True)
    assert all(name in said for name in (home.head_name, home.number, *members))
    assert "3,026.50" in said
    assert "12317" in said


@pytest.mark.parametrize("kind", ["household_card", "application"])
def test_a_file_has_no_sheet_it_cannot_fill(
    kind: str, world: World, village: Any
) -> None:
    (home,) = world.households(1)

    assert village.get(url("file_sheet", home.pk, kind)).status_code == 404
