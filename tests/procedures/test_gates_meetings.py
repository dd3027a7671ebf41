"""Gates on meetings and votes, with exact arithmetic."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures import gates
from procedures.facts import CaseFacts
from procedures.gates import Gate
from tests.procedures import facts as right
from tests.procedures.facts import IDENTIFICATION, book, case
from tests.procedures.judging import code, said

AT = "appraise"
CROWDS = st.integers(min_value=0, max_value=3000)


def met(**changes: Any) -> CaseFacts:
    return case(AT, meetings={AT: right.meeting(**changes)})


NOBODY = case(AT, meetings={})


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.meeting_recorded, met(), None),
        (gates.meeting_recorded, met(kind="villagers"), None),
        (gates.meeting_recorded, NOBODY, "meeting_missing"),
        (gates.meeting_recorded, met(kind="group"), "wrong_body"),
        (gates.meeting_not_in_future, met(), None),
        (gates.meeting_not_in_future, NOBODY, None),
        (
            gates.meeting_not_in_future,
            met(held_on=date(2018, 11, 21)),
            "meeting_dated_ahead",
        ),
        (gates.meeting_not_in_future, met(called_on=date(2018, 11, 10)), None),
        (
            gates.meeting_not_in_future,
            met(called_on=date(2018, 11, 11)),
            "meeting_called_late",
        ),
        (
            gates.meeting_not_in_future,
            met(kind="villagers", called_on=date(2018, 10, 31)),
            None,
        ),
        (
            gates.meeting_not_in_future,
            met(kind="villagers", called_on=date(2018, 11, 1)),
            "meeting_called_late",
        ),
        (
            gates.meeting_not_in_future,
            replace(met(), since=date(2018, 11, 10)),
            None,
        ),
        (
            gates.meeting_not_in_future,
            replace(met(), since=date(2018, 11, 11)),
            "meeting_too_old",
        ),
        (gates.meeting_authorised, met(), None),
        (gates.meeting_authorised, NOBODY, None),
        (gates.meeting_authorised, met(kind="villagers", authorisation_type=""), None),
        (
            gates.meeting_authorised,
            met(authorisation_type="telephone"),
            "meeting_unauthorised",
        ),
        (
            gates.meeting_authorised,
            met(authorisation_on=None),
            "meeting_unauthorised",
        ),
        (
            gates.meeting_authorised,
            met(authorisation_document=""),
            "meeting_unauthorised",
        ),
        (
            gates.meeting_authorised,
            met(authorisation_on=date(2018, 11, 11)),
            "authorised_too_late",
        ),
        (gates.meeting_after_visit, met(), None),
        (gates.meeting_after_visit, NOBODY, None),
        (gates.meeting_after_visit, replace(met(), visits={}), None),
        (
            gates.meeting_after_visit,
            met(held_on=date(2018, 11, 5)),
            "appraised_before_visit",
        ),
        (gates.comparison_read_out, NOBODY, None),
        (gates.comparison_read_out, met(), None),
        (gates.comparison_read_out, met(comparison_read_out=False), None),
    ],
)
def test_meeting(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


def test_identification_has_the_comparison_read_out() -> None:
    facts = met(comparison_read_out=False)

    assert code(gates.comparison_read_out, facts, rulebook=book(IDENTIFICATION)) == (
        "comparison_not_read_out"
    )


def test_group_nominates_at_its_own_meeting() -> None:
    facts = case("propose", meetings={"propose": right.meeting(kind="group")})

    assert code(gates.meeting_recorded, facts) is None
    assert said(gates.meeting_recorded, case("propose"))[0] == (
        "本环节须由村民小组会议评议，登记的是村民代表会议"
    )


@pytest.mark.parametrize(
    ("kind", "basis", "due", "present", "expected"),
    [
        ("representatives", "members", 45, 30, None),
        ("representatives", "members", 45, 29, "no_quorum"),
        ("representatives", "members", 44, 29, "no_quorum"),
        ("group", "adults", 10, 7, None),
        ("group", "households", 10, 6, "no_quorum"),
        ("villagers", "adults", 100, 50, "no_quorum"),
        ("villagers", "adults", 100, 51, None),
        ("villagers", "adults", 101, 51, None),
        ("villagers", "households", 99, 66, None),
        ("villagers", "households", 100, 66, "no_quorum"),
        ("representatives", "members", 0, 0, "no_quorum"),
    ],
)
def test_quorum(
    kind: str, basis: str, due: int, present: int, expected: str | None
) -> None:
    facts = met(kind=kind, basis=basis, due=due, present=present)

    assert code(gates.meeting_quorate, facts) == expected


def test_quorum_needs_a_meeting_and_names_its_figures() -> None:
    assert code(gates.meeting_quorate, NOBODY) is None
    assert said(gates.meeting_quorate, met(present=29))[0] == (
        "村民代表会议应到 45 人，实到 29 人，至少须到 30 人"
    )
    rulebook = book(IDENTIFICATION)
    assert said(gates.meeting_quorate, met(present=29), rulebook=rulebook)[1] == (
        "《村民委员会组织法》第二十六条"
    )


@given(due=CROWDS, present=CROWDS)
def test_two_thirds_are_exact(due: int, present: int) -> None:
    quorate = code(gates.meeting_quorate, met(due=due, present=present)) is None

    assert quorate == (present > 0 and Fraction(present) >= Fraction(2, 3) * due)


@given(due=CROWDS, present=CROWDS)
def test_more_than_half_of_the_adults_is_exact(due: int, present: int) -> None:
    facts = met(kind="villagers", basis="adults", due=due, present=present)

    assert (code(gates.meeting_quorate, facts) is None) == (2 * present > due)


@given(present=CROWDS, votes_for=CROWDS)
def test_more_than_half_of_those_present_is_exact(present: int, votes_for: int) -> None:
    facts = met(present=present, vote=right.vote(votes_for))

    assert (code(gates.majority_reached, facts) is None) == (2 * votes_for > present)


@given(present=CROWDS, votes_for=CROWDS, against=CROWDS, abstain=CROWDS)
def test_ballots_add_up_exactly_when_everybody_present_has_one(
    present: int, votes_for: int, against: int, abstain: int
) -> None:
    facts = met(present=present, vote=right.vote(votes_for, against, abstain))

    assert (code(gates.votes_sum, facts) is None) == (
        votes_for + against + abstain == present
    )


@given(recused=st.sets(st.text(min_size=1), max_size=37))
def test_whoever_recuses_himself_has_no_ballot(recused: set[str]) -> None:
    votes = right.vote(37 - len(recused))
    facts = met(recused=frozenset(recused), vote=votes)

    assert code(gates.votes_sum, facts) is None


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.votes_sum, NOBODY, None),
        (gates.votes_sum, met(vote=None), "vote_missing"),
        (gates.votes_sum, met(vote=right.vote(30, 5, 3)), "ballots_do_not_match"),
        (gates.majority_reached, NOBODY, None),
        (gates.majority_reached, met(vote=None), None),
        (gates.majority_reached, met(vote=right.vote(19, 18)), None),
        (gates.majority_reached, met(vote=right.vote(18, 19)), "no_majority"),
        (gates.tellers_named, NOBODY, None),
        (gates.tellers_named, met(), None),
        (gates.tellers_named, met(teller=""), "tellers_missing"),
        (gates.tellers_named, met(teller="彭霜降"), "tellers_missing"),
        (gates.tellers_named, met(teller="石秋分"), "teller_is_candidate"),
        (gates.kin_recused, NOBODY, None),
        (gates.kin_recused, met(), None),
    ],
)
def test_vote(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


def test_a_lost_vote_is_told_with_its_figures() -> None:
    text, basis = said(gates.majority_reached, met(vote=right.vote(17, 20)))

    assert text == "赞成 17 票，未过到会 37 人的半数（须 19 票）"
    assert basis == "《村民委员会组织法》第二十二条、第二十六条、第二十八条（推定）"


@pytest.mark.parametrize("role", ["chair", "recorder", "teller", "scrutineer"])
def test_kin_who_ran_the_meeting_must_have_stepped_back(role: str) -> None:
    facts = replace(
        met(**{role: "龙谷雨"}), household=right.home(kin=frozenset({"龙谷雨"}))
    )
    stepped_back = replace(
        facts,
        meetings={AT: right.meeting(**{role: "龙谷雨"}, recused=frozenset({"龙谷雨"}))},
    )

    assert code(gates.kin_recused, facts) == "kin_took_part"
    assert code(gates.kin_recused, stepped_back) is None
