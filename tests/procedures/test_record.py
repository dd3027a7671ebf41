"""The record of a list: read once for gates and papers, true after the act."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.models import SiteCheck
from procedures.record import Record
from tests.procedures.papers.factories import EXIT, NOW, World, decide, world
from workflows.models import Entry

STEP = "township_review"
pytestmark = pytest.mark.django_db


def opened(made: World) -> Record:
    return made.procedure.record(made.batch, made.cases, made.procedure.step(STEP))


def decided(made: World) -> list[Entry]:
    for case in made.cases:
        decide(made, case, STEP)
    return list(Entry.objects.filter(step=STEP))


def test_papers_ask_nothing_that_the_gates_have_asked() -> None:
    made = world(EXIT, 3)
    record = opened(made)
    made.procedure.facts(record, rulebook=made.batch.bound_rulebook, today=NOW.date())
    later = record.then(decided(made))

    with CaptureQueriesContext(connection) as captured:
        made.procedure.papers(
            ["township_opinion"], later, made.cases, by=made.by, now=NOW
        )

    # What is left are the names of the places, which an act brings with its batch.
    asked = {query["sql"].partition(" FROM ")[2].split()[0] for query in captured}
    assert asked == {'"registry_place"'}


@pytest.mark.parametrize("asked_before", [True, False])
def test_the_lines_of_an_act_stand_once_on_the_road(asked_before: bool) -> None:
    made = world(EXIT, 3)
    record = opened(made)
    if asked_before:
        assert record.road.stops == ()

    later = record.then(decided(made))

    assert [stop.case_id for stop in later.road.stops] == [c.pk for c in made.cases]
    assert list(later.decided) == [case.pk for case in made.cases]


def test_gates_judge_the_last_check_made_and_papers_print_the_last_written() -> None:
    made = world(EXIT, 1)
    (check,) = SiteCheck.objects.filter(step=STEP, case=made.cases[0])
    earlier = check.checked_on.replace(year=check.checked_on.year - 1)
    SiteCheck.objects.create(
        case=check.case,
        step=STEP,
        checked_on=earlier,
        checkers=["龙甲", "石乙"],
        finding=check.finding,
        recorded_by=made.by,
        recorded_at=NOW,
    )
    record = opened(made)

    facts = made.procedure.facts(
        record, rulebook=made.batch.bound_rulebook, today=NOW.date()
    )

    case_id = made.cases[0].pk
    assert facts[case_id].site_checks[STEP].checked_on == check.checked_on
    assert record.site_checks[case_id][STEP].checked_on == earlier
