"""Facts are loaded whole, right, and in the same statements for any list."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.models import Kinship
from permissions.models.appointments import Relation
from procedures.models import Hit, Meeting, Recused, SignOff, Visit, Vote
from tests.procedures.loading import TODAY, facts, first, paper, posting
from tests.procedures.papers.factories import (
    EXIT,
    IDENTIFICATION,
    NOW,
    REMOVAL,
    World,
    batch_of,
    decide,
    world,
)
from workflows.models import Case

pytestmark = pytest.mark.django_db


def statements(made: World) -> dict[str, int]:
    counted = {}
    for step in made.procedure.steps:
        with CaptureQueriesContext(connection) as seen:
            facts(made, step.name)
        counted[step.name] = len(seen)
    return counted


@pytest.mark.parametrize("procedure", [IDENTIFICATION, EXIT, REMOVAL])
def test_no_step_asks_more_for_many_households_than_for_two(procedure: str) -> None:
    made = world(procedure, 6)
    posting(made, paper(made, "announcement"))

    for_two = statements(replace(made, cases=made.cases[:2]))

    assert statements(made) == for_two
    assert max(for_two.values()) <= 11


def test_nothing_is_asked_about_nobody() -> None:
    made = world(IDENTIFICATION, 1)

    assert facts(replace(made, cases=[]), "verify") == {}


def test_an_unknown_need_is_a_bug() -> None:
    with pytest.raises(KeyError, match="horoscope"):
        facts(world(IDENTIFICATION, 1, facts=False), "verify", "horoscope")


def test_right_facts_pass_every_gate_that_needs_no_notice() -> None:
    made = world(IDENTIFICATION, 3)
    Hit.objects.all().delete()
    for step in made.procedure.steps:
        loaded = facts(made, step.name)
        for case_id, gate in product(loaded, step.gates):
            if "notice" in gate.needs or gate.__name__ == "not_already_registered":
                continue
            refusal = gate(loaded[case_id], made.batch.bound_rulebook, TODAY)
            assert refusal is None, (step.name, str(refusal))


def test_a_list_without_facts_has_none() -> None:
    found = first(world(IDENTIFICATION, 1, facts=False), "verify")

    assert (found.visits, found.worksheets, found.checklists) == ({}, {}, {})
    assert (found.listed, found.since, found.held) == (1, None, False)


def test_the_last_visit_counts_with_its_visitors() -> None:
    made = world(IDENTIFICATION, 1)
    early = Visit.objects.create(
        case=made.cases[0],
        step="verify",
        visited_on=date(2018, 1, 2),
        recorded_by=made.by,
        recorded_at=NOW,
    )
    early.visitors.create(name="龙甲", unit="某单位")

    found = first(made, "verify", "visits").visits["verify"]

    assert found.visited_on > early.visited_on
    assert len(found.visitors) >= 2
    assert "龙甲" not in found.visitors


def test_who_was_sent_back_begins_anew_from_the_last_return() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    decide(made, made.cases[0], "appraise", act="return", reason="人口不符")
    decide(made, made.cases[1], "appraise")

    found = facts(made, "verify", "sent_back").values()

    assert [each.since for each in found] == [TODAY, None]


def test_another_open_case_is_seen_and_its_own_is_not() -> None:
    made = world(IDENTIFICATION, 2)
    other = batch_of(EXIT, made.batch.place, made.by)
    Case.objects.create(
        procedure=EXIT,
        household=made.cases[1].household,
        place=other.place,
        batch=other,
        opened_on=other.opened_on,
    )

    found = facts(made, "apply", "other_open_case").values()

    assert [each.other_open_case for each in found] == [False, True]


@pytest.mark.parametrize(
    ("declared_on", "names"),
    [(TODAY, {"吴晓兰"}), (TODAY + timedelta(days=1), set())],
)
def test_officials_bound_to_the_household_are_named(
    declared_on: date, names: set[str]
) -> None:
    made = world(IDENTIFICATION, 1)
    Kinship.objects.create(
        officer=made.by.officer,
        household=made.cases[0].household,
        relation=Relation.choices[0][0],
        declared_on=declared_on,
    )

    assert first(made, "verify", "kin").household.kin == names


def meeting(made: World, **columns: Any) -> Meeting:
    given = {
        "batch": made.batch,
        "step": "nominate",
        "kind": "group",
        "called_on": TODAY,
        "held_at": NOW,
        "place_text": "村部",
        "due": 9,
        "present": 7,
        "chair": "甲",
        "recorder": "乙",
        "method": "hands",
        "recorded_by": made.by,
        "recorded_at": NOW,
    }
    return Meeting.objects.create(**given | columns)


def vote(met: Meeting, case: Case) -> Vote:
    return Vote.objects.create(
        meeting=met, case=case, votes_for=7, against=0, abstain=0
    )


def chair_of(made: World, step: str = "nominate") -> str | None:
    met = first(made, step, "meetings").meetings.get(step)
    return met.chair if met else None


def test_a_group_meets_about_its_own_households() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    meeting(made, group="别的组", chair="别人")
    assert chair_of(made) is None

    meeting(made, group=made.cases[0].household.group, chair="本组")
    assert chair_of(made) == "本组"


def test_the_meeting_that_voted_goes_before_a_later_one_that_did_not() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    vote(meeting(made, chair="表决的", held_at=NOW - timedelta(days=1)), made.cases[0])
    meeting(made, chair="没表决的")

    assert chair_of(made) == "表决的"


def test_an_earlier_lists_meeting_counts_until_the_new_list_meets() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    vote(meeting(made, chair="旧会"), made.cases[0])
    later = batch_of(IDENTIFICATION, made.batch.place, made.by, round_=2)
    Case.objects.update(batch=later)
    assert chair_of(made) == "旧会"

    meeting(made, batch=later, chair="新会")
    found = first(made, "nominate", "meetings").meetings["nominate"]
    assert (found.chair, found.vote) == ("新会", None)


def test_recused_from_one_household_still_votes_on_the_next() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    met = meeting(made)
    Recused.objects.create(meeting=met, name="全程", reason="亲属")
    Recused.objects.create(meeting=met, name="一户", reason="亲属", case=made.cases[0])

    found = facts(made, "nominate", "meetings").values()

    assert [each.meetings["nominate"].recused for each in found] == [
        {"全程", "一户"},
        {"全程"},
    ]


def test_a_sample_tells_each_household_whether_it_was_drawn() -> None:
    made = world(IDENTIFICATION, 6)

    found = [each.sample for each in facts(made, "recheck", "sample").values()]

    assert sum(each.drawn for each in found) == found[0].size


def test_the_last_signature_of_a_kind_counts() -> None:
    made = world(EXIT, 1)
    SignOff.objects.create(
        case=made.cases[0],
        kind="consent",
        signed_on=TODAY,
        refused=True,
        refusal_reason="收入不稳",
        recorded_by=made.by,
        recorded_at=NOW,
    )

    assert first(made, "consent").sign_offs["consent"].refused


def test_confirmation_is_the_lists_own() -> None:
    made = world(EXIT, 1)
    found = first(made, "confirm").confirmation

    assert found is not None
    assert all(found.signatures.values())

    later = batch_of(EXIT, made.batch.place, made.by, round_=2)
    Case.objects.update(batch=later)
    assert first(made, "confirm").confirmation is None


def test_a_case_about_a_place_is_no_business_of_these_loaders() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    Case.objects.update(household=None)

    with pytest.raises(ValueError, match="no household"):
        facts(made, "verify")
