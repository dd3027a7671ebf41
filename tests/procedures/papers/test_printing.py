"""Sheets to be signed: issued once, again only when their facts changed."""

from datetime import timedelta

import pytest

from notices.models import Paper, PaperState
from permissions.posts import Post
from tests.permissions.factories import appointment, officer
from tests.procedures.papers.factories import EXIT, NOW, VILLAGE, World, world
from workflows.actions.printing import print_forms
from workflows.errors import Trespass

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home() -> World:
    """Return a list on the desk where households are visited."""
    made = world(EXIT, 3, facts=False)
    made.batch.step = "verify"
    made.batch.save()
    team = appointment(officer("向明远"), Post.WORK_TEAM, VILLAGE)
    return World(batch=made.batch, cases=made.cases, by=team)


def printed(made: World, *kinds: str, days: int = 0) -> list[Paper]:
    at = NOW + timedelta(days=days)
    return print_forms(made.batch, made.cases, kinds, by=made.by, at=at)


def test_every_household_gets_its_sheet_with_a_number(at_home: World) -> None:
    papers = printed(at_home, "worksheet")
    assert [paper.household_id for paper in papers] == [
        case.household_id for case in at_home.cases
    ]
    assert len({paper.number for paper in papers}) == 3


def test_the_same_facts_on_another_day_are_the_same_sheet(at_home: World) -> None:
    first = printed(at_home, "worksheet", "verification")
    assert printed(at_home, "worksheet", "verification", days=3) == first
    assert Paper.objects.count() == 6


def test_only_the_sheet_whose_facts_changed_is_replaced(at_home: World) -> None:
    first = printed(at_home, "worksheet")
    home = at_home.cases[1].household
    type(home).objects.filter(pk=home.pk).update(group="第九组")
    home.refresh_from_db()
    again = printed(at_home, "worksheet")
    assert [old == new for old, new in zip(first, again, strict=True)] == [
        True,
        False,
        True,
    ]
    first[1].refresh_from_db()
    assert first[1].state == PaperState.SUPERSEDED
    assert first[1].superseded_by == again[1]


def test_who_does_not_hold_the_post_prints_nothing(at_home: World) -> None:
    stranger = appointment(officer("龙守信"), Post.VILLAGE_COMMITTEE, VILLAGE)
    with pytest.raises(Trespass):
        print_forms(at_home.batch, at_home.cases, ["worksheet"], by=stranger, at=NOW)
    assert not Paper.objects.exists()
