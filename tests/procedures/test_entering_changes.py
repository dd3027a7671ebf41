"""What the county's entry does to the register: every kind of change, all or nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from procedures.models import ChangedPerson, FamilyChange
from procedures.recomputing import changed_since, remarks
from registry.as_of import read_back
from registry.codes import Standing
from registry.kinship import Relation
from registry.models import Household, Person
from registry.standing import set_standing
from tests.registry.factories import id_number
from tests.world import NEIGHBOUR, World
from workflows.actions import Done, Refused
from workflows.models import Batch, Case
from workflows.replay import differences

NATURAL_CHANGE = "natural_change"
DAY, BEFORE = date(2018, 11, 1), date(2018, 10, 31)
# Statements of a desk, facts and papers and all, however many households.
MOST = 25


@pytest.fixture
def world(db: None) -> World:
    return World.build()


def family(home: Household, day: date = DAY) -> dict[str, str]:
    (then,) = read_back([Household.objects.get(pk=home.pk)], day)
    return {person.name: person.relation for person in then.members_then}


def entered(world: World, home: Household, **told: Any) -> Household:
    """Walk one change of one household to its end; return the household."""
    batch = world.open(NATURAL_CHANGE, [home])
    case = Case.objects.get(batch=batch)
    world.usual = {case.pk: {"happened_on": DAY} | told}
    world.until(batch, "")
    assert list(differences()) == []
    home.refresh_from_db()
    return home


def couple(world: World) -> Household:
    homes = world.households(6, registered=True)
    return next(home for home in homes if home.size == 3)


def gone(name: str) -> dict[str, Any]:
    return {"part": "leaves", "name": name}


def test_a_bride_joins_with_her_number_and_the_day(world: World) -> None:
    home, number = couple(world), id_number(date(1996, 4, 4), man=False)
    bride = {
        "part": "joins",
        "name": "麻白露",
        "relation": Relation.DAUGHTER_IN_LAW,
        "sex": "2",
        "birth": date(1996, 4, 4),
        "id_number": number,
    }

    entered(world, home, event="marriage_in", persons=[bride])

    joined = Person.objects.get(name="麻白露")
    assert (joined.joined_on, joined.masked_id) == (DAY, "433124" + "*" * 12)
    assert (len(family(home)), len(family(home, BEFORE))) == (4, 3)
    reason = home.changes.last().reason
    assert reason.startswith("婚入（433124110226-变-2018-01）")


def test_a_merger_ends_the_household_that_joined_another(world: World) -> None:
    one, other = [h for h in world.households(6, registered=True) if h.size > 1][:2]
    members = list(one.members.all())
    persons = [
        {"part": "parts", "name": p.name, "relation": Relation.OTHER_KIN}
        for p in members
    ]

    entered(world, one, event="merge", other=other, persons=persons)

    assert (one.until, one.size) == (DAY, 0)
    assert {p.name for p in members} <= set(family(other))
    assert family(one, BEFORE).keys() == {p.name for p in members}


def test_a_household_moves_to_the_neighbour(world: World) -> None:
    home = couple(world)
    there = {"village_id": NEIGHBOUR, "group": "三组"}

    entered(world, home, event="move", persons=[], **there)

    assert (home.place_id, home.group) == (NEIGHBOUR, "三组")
    (then,) = read_back([home], BEFORE)
    assert then.place_id == world.village


@pytest.mark.parametrize("event", ["end", "left_county"])
def test_a_household_ends(world: World, event: str) -> None:
    home = entered(world, couple(world), event=event, persons=[])

    assert (home.until, home.size, family(home)) == (DAY, 0, {})


def test_an_exited_household_has_changes_too(world: World) -> None:
    home = couple(world)
    on = date(2017, 12, 1)
    set_standing([home.pk], Standing.EXITED, on=on, by=None, reason="脱贫")

    entered(world, home)

    assert (home.size, home.status) == (4, Standing.EXITED)


def test_what_the_register_refuses_rolls_the_whole_list_back(world: World) -> None:
    """A second wife passes every gate: the register alone knows of the first."""
    homes = [h for h in world.households(6, registered=True) if h.size > 1][:2]
    batch = world.open(NATURAL_CHANGE, homes)
    wrong, _right = Case.objects.filter(batch=batch).order_by("pk")
    second = {
        "part": "joins",
        "name": "麻白露",
        "relation": Relation.WIFE,
        "sex": "2",
        "birth": date(1996, 4, 4),
        "id_number": id_number(date(1996, 4, 4), man=False),
    }
    world.usual = {wrong.pk: {"event": "marriage_in", "persons": [second]}}
    world.until(batch, "enter")

    refused = world.act(batch)

    assert isinstance(refused, Refused)
    head = homes[0].head_name
    assert [str(one.text) for one in refused.batch] == [f"{head}户：一户有2名配偶"]
    assert not Person.objects.filter(name__in=["麻白露", "石小满"]).exists()
    assert Batch.objects.get(pk=batch.pk).step == "enter"
    assert list(differences()) == []


def test_income_is_to_be_reckoned_anew_until_it_is(world: World) -> None:
    home = couple(world)
    assert remarks(home, world.day) == []

    entered(world, home)

    assert changed_since([home]) == {home.pk: DAY}
    (said,) = remarks(home, world.day)
    assert said.startswith("2018年11月1日家庭人口变动，须重新测算人均纯收入")
    world.usual = {}
    leaving = world.open("household_exit", [home])
    world.until(leaving, "appraise")
    assert remarks(home, world.day) == []


def test_the_same_person_is_not_changed_on_two_lists(world: World) -> None:
    one, other = [h for h in world.households(6, registered=True) if h.size > 1][:2]
    bride = {
        "part": "joins",
        "name": "麻白露",
        "relation": Relation.OTHER_KIN,
        "sex": "2",
        "birth": date(1996, 4, 4),
        "id_number": id_number(date(1996, 4, 4), man=False),
    }
    told = {"event": "marriage_in", "persons": [bride]}
    first = world.open(NATURAL_CHANGE, [one])
    world.usual = {Case.objects.get(batch=first).pk: told}
    world.step(first)
    second = world.open(NATURAL_CHANGE, [other])
    case = Case.objects.get(batch=second)
    world.fill(second, {case.pk: told})

    refused = world.act(second)

    assert isinstance(refused, Refused)
    assert [one.code for one in refused.cases[case.pk]] == ["changed_elsewhere"]


@pytest.mark.parametrize("size", [1, 5, 50])
def test_every_desk_but_the_last_costs_the_same_for_any_list(
    world: World, size: int
) -> None:
    batch = world.open(NATURAL_CHANGE, world.households(size, registered=True))
    for step in ("declare", "verify", "township_review"):
        assert batch.step == step
        world.fill(batch)
        with CaptureQueriesContext(connection) as asked:
            assert isinstance(world.act(batch), Done)
        assert len(asked) <= MOST, (step, len(asked))


@pytest.mark.parametrize("unreal", [{"part": "joins"}, {"part": "leaves"}])
def test_the_database_keeps_no_half_described_person(
    world: World, unreal: dict[str, str]
) -> None:
    batch = world.open(NATURAL_CHANGE, [couple(world)])
    world.fill(batch)
    change = FamilyChange.objects.get()

    with pytest.raises(IntegrityError, match="changed_newcomer_described"):
        ChangedPerson.objects.create(change=change, name="", **unreal)
