"""Two villages become one: households, lists under way, posts."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from permissions import policy
from permissions.posts import Post
from registry.as_of import households_on
from registry.models import Household, Place
from registry.moving import VillageMerger
from tests.world import NEIGHBOUR, TODAY, VILLAGE, World
from workflows.merging import merge_villages

NEW = "433124110900"
DAY = TODAY
HOW: dict[str, Any] = {"on": DAY, "by": None, "reason": "花政函〔2018〕12号"}


def merger(**how: Any) -> VillageMerger:
    told = {"into": NEW, "name": "新寨村"} | how
    return VillageMerger(villages=frozenset({VILLAGE, NEIGHBOUR}), **told)


def test_a_list_under_way_must_come_to_its_end_first(world: World) -> None:
    batch = world.open("natural_change", world.households(2, registered=True))

    (refusal,) = merge_villages(merger(), now=world.now, **HOW)

    assert str(refusal) == f"撤并的村还有批次没有办结：{batch.number}"
    assert not Place.objects.filter(pk=NEW).exists()


def test_households_move_and_the_old_village_is_read_back(world: World) -> None:
    homes = world.households(2, registered=True)

    assert merge_villages(merger(), now=world.now, **HOW) == []

    assert set(Household.objects.values_list("place_id", flat=True)) == {NEW}
    before = households_on(VILLAGE, DAY - timedelta(days=1))
    assert {home.pk for home in before} == {home.pk for home in homes}
    assert households_on(VILLAGE, DAY) == []


def test_nobody_serves_in_a_village_that_has_ended(world: World) -> None:
    hat = world.hats[Post.VILLAGE_COMMITTEE]
    assert policy.stands(hat, Post.VILLAGE_COMMITTEE, VILLAGE, DAY)

    merge_villages(merger(), now=world.now, **HOW)

    hat.refresh_from_db()
    assert hat.until == DAY
    assert not policy.stands(hat, Post.VILLAGE_COMMITTEE, VILLAGE, DAY)


def test_the_command_merges_or_says_why_not(world: World) -> None:
    by = world.hats[Post.COUNTY_CLERK].officer.username
    told = {"into": NEW, "on": date(2018, 11, 5), "document": "花政函", "by": by}
    with pytest.raises(CommandError, match="新村须有名称"):
        call_command("merge_villages", VILLAGE, NEIGHBOUR, **told)
    out = io.StringIO()

    call_command(
        "merge_villages", VILLAGE, NEIGHBOUR, name="新寨村", stdout=out, **told
    )

    assert out.getvalue() == f"2 → {NEW}\n"
    assert Place.objects.get(pk=VILLAGE).merged_into_id == NEW
