"""Gates on a removal: rostered, established, told, heard, voted on by the village."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from procedures import facts as f
from procedures import gates
from procedures.gates import Gate
from procedures.gates.removals import grounds_of
from registry.refusals import Grade
from tests.procedures import facts as right
from tests.procedures.facts import book
from tests.procedures.judging import code, said

BOOK = book("household_removal-hunan-2017")
XIANGXI = book("household_removal-xiangxi-2016")
EARLY, LATER = date(2018, 11, 1), date(2018, 11, 21)
CAR = "有小汽车"


def roster(**changes: Any) -> f.RosterFacts:
    base = f.RosterFacts(
        roster="remove", campaign="回头看", met_on=date(2018, 11, 5), running=True
    )
    return replace(base, **changes)


def found(**changes: Any) -> f.InvestigationFacts:
    base = f.InvestigationFacts(removes=True, grounds=(CAR,), evidence="车辆登记")
    return replace(base, **changes)


def statement(**changes: Any) -> f.StatementFacts:
    base = f.StatementFacts(stated_on=date(2018, 11, 11), objects=False, answered=False)
    return replace(base, **changes)


def case(**changes: Any) -> f.CaseFacts:
    base = {
        "roster": roster(),
        "investigation": found(),
        "statement": statement(),
        "sign_offs": {"notification": right.sign_off()},
    }
    return right.case(changes.pop("step", "notify"), **base | changes)


def told(**changes: Any) -> f.CaseFacts:
    return case(sign_offs={"notification": right.sign_off(**changes)})


def met(**changes: Any) -> f.CaseFacts:
    base = {"kind": "assembly", "basis": "households", "held_on": date(2018, 11, 12)}
    return case(step="appraise", meetings={"appraise": right.meeting(**base | changes)})


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.still_registered, case(), None),
        (gates.still_registered, case(household=right.home(status="exited")), None),
        (
            gates.still_registered,
            case(household=right.home(status="removed")),
            "not_on_the_books",
        ),
        (gates.on_removal_roster, case(), None),
        (gates.on_removal_roster, case(roster=None), "roster_missing"),
        (gates.on_removal_roster, case(roster=roster(roster="exit")), "roster_other"),
        (gates.on_removal_roster, case(roster=roster(running=False)), "roster_late"),
        (gates.on_removal_roster, case(since=LATER), "roster_too_old"),
        (gates.on_removal_roster, case(since=EARLY), None),
        (gates.grounds_established, case(), None),
        (
            gates.grounds_established,
            case(investigation=None),
            "investigation_missing",
        ),
        (
            gates.grounds_established,
            case(investigation=found(removes=False)),
            "not_established",
        ),
        (
            gates.grounds_established,
            case(investigation=found(grounds=())),
            "ground_missing",
        ),
        (
            gates.grounds_established,
            case(investigation=found(evidence="")),
            "ground_missing",
        ),
        (
            gates.grounds_established,
            case(investigation=found(grounds=(CAR, "不讨人喜欢"))),
            "ground_unknown",
        ),
        (gates.household_informed, case(), None),
        (gates.household_informed, case(sign_offs={}), "notification_missing"),
        (gates.household_informed, told(photographed=False), "notification_missing"),
        (
            gates.household_informed,
            told(photographed=False, refused=True),
            "notification_missing",
        ),
        (
            gates.household_informed,
            told(photographed=False, refused=True, witness="龙谷雨"),
            None,
        ),
        (gates.household_informed, told(signed_on=LATER), "notification_dated_ahead"),
        (
            gates.household_informed,
            replace(told(), since=LATER),
            "notification_too_old",
        ),
        (gates.household_informed, replace(told(), since=EARLY), None),
        (gates.statement_answered, case(), None),
        (gates.statement_answered, case(statement=None), "statement_missing"),
        (
            gates.statement_answered,
            case(statement=statement(stated_on=LATER)),
            "statement_dated_ahead",
        ),
        (
            gates.statement_answered,
            case(statement=statement(objects=True)),
            "statement_unanswered",
        ),
        (
            gates.statement_answered,
            case(statement=statement(objects=True, answered=True)),
            None,
        ),
        (gates.meeting_after_notification, met(), None),
        (gates.meeting_after_notification, case(meetings={}), None),
        (
            gates.meeting_after_notification,
            met(held_on=date(2018, 11, 10)),
            "appraised_before_notification",
        ),
        (gates.meeting_recorded, met(), None),
        (gates.meeting_recorded, met(kind="representatives"), "wrong_body"),
    ],
)
def test_each_gate_asks_one_thing(
    gate: Gate, facts: f.CaseFacts, expected: str | None
) -> None:
    assert code(gate, facts, rulebook=BOOK) == expected


@pytest.mark.parametrize(
    ("due", "present", "expected"), [(40, 20, "no_quorum"), (40, 21, None)]
)
def test_half_of_the_households_are_not_more_than_half(
    due: int, present: int, expected: str | None
) -> None:
    facts = met(due=due, present=present)

    assert code(gates.meeting_quorate, facts, rulebook=BOOK) == expected


def test_a_rulebook_without_rosters_asks_for_none() -> None:
    text = BOOK.text.replace(
        "[values.removal_roster]\nvalue = true",
        "[values.removal_roster]\nvalue = false",
    )
    without = type(BOOK).from_toml(text)

    assert code(gates.on_removal_roster, case(roster=None), rulebook=without) is None


def test_xiangxi_removed_four_kinds_of_households_and_said_so_itself() -> None:
    assert grounds_of(XIANGXI) == ("财政供养人员", "个体工商户", "有商品房", CAR)
    assert XIANGXI["removal_grounds"].source == "S0"
    assert XIANGXI["removal_grounds"].grade == Grade.CONFIRMED


def test_what_other_provinces_added_is_marked_assumed() -> None:
    assert "空挂户籍" in grounds_of(BOOK)
    assert BOOK["removal_grounds_further"].grade == Grade.ASSUMED


def test_an_officer_reads_what_is_missing_with_its_source() -> None:
    text, basis = said(gates.household_informed, case(sign_offs={}), rulebook=BOOK)

    assert "清退通知书还没有户主签收的照片" in text
    assert "清退通知书回执" in basis
