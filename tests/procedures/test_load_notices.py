"""Notices, sheets and objections as gates see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notices.models import Objection, Outcome, Paper, PaperState
from tests.procedures.loading import TODAY, facts, first, paper, posting
from tests.procedures.papers.factories import (
    IDENTIFICATION,
    NOW,
    World,
    batch_of,
    decide,
    world,
)
from workflows import calendar
from workflows.calendar import DayUnit
from workflows.models import Case

pytestmark = pytest.mark.django_db


def objection(made: World, on: Paper, **columns: Any) -> Objection:
    given = {
        "number": f"异议{Objection.objects.count()}",
        "received_at": NOW,
        "acknowledged_at": NOW,
        "channel": "phone",
        "content": "人口不符",
        "recorded_by": made.by,
        "recorded_at": NOW,
    }
    if columns.get("outcome", Outcome.OPEN) != Outcome.OPEN:
        given["answered_at"] = NOW
    return Objection.objects.create(paper=on, **given | columns)


def test_a_notice_comes_with_its_rows_and_sheets() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    paper(made, state=PaperState.WITHDRAWN)
    shown = paper(made)
    posting(made, shown, taken_down_at=NOW)
    posting(made, shown, shown=False, where="村民小组")

    found = first(made, "close_first", "notice").notice

    assert found is not None
    assert (found.title, found.issued_on) == ("第一次公示", TODAY - timedelta(days=3))
    assert {head for _group, head, _size in found.rows} == {
        case.household.head_name for case in made.cases
    }
    assert [(s.where, s.photographed, s.taken_down_on) for s in found.postings] == [
        ("村务公开栏", True, TODAY),
        ("村民小组", False, None),
    ]


def test_a_later_step_looks_at_the_later_notice() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    paper(made)

    assert first(made, "close_first", "notice").notice is not None
    assert first(made, "close_second", "notice").notice is None


def test_who_was_set_aside_is_still_on_the_notice_of_the_old_list() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    decide(made, made.cases[0], "examine")
    paper(made)
    later = batch_of(IDENTIFICATION, made.batch.place, made.by, round_=2)
    Case.objects.update(batch=later)
    assert first(made, "close_first", "notice").notice is not None


def test_who_was_sent_back_leaves_the_old_notice_but_not_its_objections() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    decide(made, made.cases[0], "close_first", act="return", reason="人口不符")
    objection(made, paper(made))
    later = batch_of(IDENTIFICATION, made.batch.place, made.by, round_=2)
    Case.objects.update(batch=later)
    assert first(made, "close_first").notice is None
    assert first(made, "close_first").open_objections == 1

    shown = paper(made, about=later.about)
    found = first(made, "close_first").notice
    assert found is not None
    assert found.issued_on == shown.issued_at.date()


@pytest.mark.parametrize(
    ("outcome", "opened", "upheld"),
    [
        (Outcome.OPEN, [2, 1], [0, 0]),
        (Outcome.UPHELD, [0, 0], [2, 1]),
        (Outcome.REJECTED, [0, 0], [0, 0]),
    ],
)
def test_an_objection_meets_its_household_or_the_whole_list(
    outcome: str, opened: list[int], upheld: list[int]
) -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    shown = paper(made)
    objection(made, shown, outcome=outcome, household=made.cases[0].household)
    objection(made, shown, outcome=outcome)

    found = facts(made, "close_first", "notice", "objections").values()

    assert [each.open_objections for each in found] == opened
    assert [each.upheld_objections for each in found] == upheld


def test_the_last_day_of_an_answer_is_counted_in_working_days() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    objection(made, paper(made))

    received = timezone.localdate(Objection.objects.get().received_at)
    expected = calendar.due_date(
        received,
        days=20,
        unit=DayUnit.WORKING_DAY,
        holidays=calendar.StateCouncilDays(),
    )
    assert first(made, "close_first", "objections").answer_latest == expected


def test_an_open_objection_to_an_earlier_notice_still_stops() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    objection(made, paper(made, "second_publicity"))

    assert first(made, "approve").open_objections == 1


@pytest.mark.parametrize("step", ["township_review", "close_second", "approve"])
def test_an_objection_upheld_after_the_notice_was_closed_still_stops(step: str) -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    objection(made, paper(made), outcome=Outcome.UPHELD)

    assert first(made, step, "objections").upheld_objections == 1


@pytest.mark.parametrize(
    ("to", "still"), [("appraise", 0), ("post_first", 0), ("township_review", 1)]
)
def test_an_upheld_objection_is_settled_by_a_return_to_where_it_hung(
    to: str, still: int
) -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    objection(made, paper(made), outcome=Outcome.UPHELD)
    decide(made, made.cases[0], "recheck", act="return", reason="异议成立", to=to)
    later = batch_of(IDENTIFICATION, made.batch.place, made.by, round_=2)
    Case.objects.update(batch=later)

    assert first(made, "township_review", "objections").upheld_objections == still
