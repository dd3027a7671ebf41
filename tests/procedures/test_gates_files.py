"""Gates on the household's own file: application, visit, worksheet, standards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procedures import gates
from procedures.facts import CaseFacts
from procedures.gates import Gate
from tests.procedures import facts as right
from tests.procedures.facts import IDENTIFICATION, book, case
from tests.procedures.judging import code, said

LATER = date(2018, 11, 21)
ONE_STEP = "verify"


def applied(**changes: Any) -> CaseFacts:
    return case("apply", application=right.application(**changes))


def visited(**changes: Any) -> CaseFacts:
    return case(visits={ONE_STEP: right.visit(**changes)})


def counted(**changes: Any) -> CaseFacts:
    return case(worksheets={ONE_STEP: right.worksheet(**changes)})


def listed(**changes: Any) -> CaseFacts:
    return case(checklists={ONE_STEP: right.checklist(**changes)})


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.application_filed, applied(), None),
        (
            gates.application_filed,
            case("apply", application=None),
            "application_missing",
        ),
        (gates.application_filed, applied(applied_on=LATER), "application_dated_ahead"),
        (gates.group_recommendation_justified, case("apply", application=None), None),
        (gates.group_recommendation_justified, applied(), None),
        (
            gates.group_recommendation_justified,
            applied(made_by="group", group_reason="orphan"),
            None,
        ),
        (
            gates.group_recommendation_justified,
            applied(made_by="group"),
            "group_may_not_recommend",
        ),
        (gates.applicant_signed, case("apply", application=None), None),
        (gates.applicant_signed, applied(thumb=False), None),
        (gates.applicant_signed, applied(signed=False), "application_unsigned"),
        (gates.applicant_signed, applied(proxy="龙甲", witness="麻乙"), None),
        (
            gates.applicant_signed,
            applied(proxy="龙甲"),
            "application_without_witness",
        ),
        (
            gates.applicant_signed,
            applied(proxy="龙甲", witness="麻乙", thumb=False),
            "application_without_witness",
        ),
    ],
)
def test_application(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts, rulebook=book(IDENTIFICATION)) == expected


@pytest.mark.parametrize(
    ("gate", "status", "expected"),
    [
        (gates.not_already_registered, "unregistered", None),
        (gates.not_already_registered, "exited", None),
        (gates.not_already_registered, "registered", "already_registered"),
        (gates.registered, "registered", None),
        (gates.registered, "exited", "not_registered"),
        (gates.registered, "unregistered", "not_registered"),
    ],
)
def test_standing(gate: Gate, status: str, expected: str | None) -> None:
    assert code(gate, case(household=right.home(status=status))) == expected


def test_another_open_case_stops_the_household() -> None:
    assert code(gates.no_other_open_case, case()) is None
    assert code(gates.no_other_open_case, case(other_open_case=True)) == (
        "other_open_case"
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (visited(), None),
        (case(visits={}), "visit_missing"),
        (visited(visitors=("龙谷雨",)), "too_few_visitors"),
        (visited(visitors=("龙谷雨", "龙谷雨")), "too_few_visitors"),
        (visited(visitors=()), "too_few_visitors"),
        # The township sees households on a check of its own.
        (case("township_review", visits={}), None),
    ],
)
def test_two_visitors(facts: CaseFacts, expected: str | None) -> None:
    assert code(gates.two_visitors, facts) == expected


def test_one_visitor_is_told_how_many_are_needed() -> None:
    text, basis = said(gates.two_visitors, visited(visitors=("龙谷雨",)))

    assert text == "入户人员 1 人，至少须 2 人"
    assert basis == "入户不少于2人（推定）"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (visited(), None),
        (case(visits={}), None),
        (visited(visited_on=LATER), "visit_dated_ahead"),
        (visited(visited_on=right.TODAY), None),
        (replace(visited(), since=date(2018, 11, 6)), None),
        (replace(visited(), since=date(2018, 11, 7)), "visit_too_old"),
    ],
)
def test_visit_not_in_future(facts: CaseFacts, expected: str | None) -> None:
    assert code(gates.visit_not_in_future, facts) == expected


@pytest.mark.parametrize(
    ("facts", "kin", "expected"),
    [
        (visited(), set(), None),
        (visited(), {"向小满"}, None),
        (visited(), {"龙谷雨"}, "visitor_is_kin"),
        (case(visits={}), {"龙谷雨"}, None),
    ],
)
def test_visitors_not_kin(
    facts: CaseFacts, kin: set[str], expected: str | None
) -> None:
    bound = replace(facts, household=right.home(kin=frozenset(kin)))

    assert code(gates.visitors_not_kin, bound) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (counted(), None),
        (case(worksheets={}), "worksheet_missing"),
        (replace(case(worksheets={}), step="appraise"), None),
        (counted(lines=()), "worksheet_empty"),
        (counted(size=3), "worksheet_size"),
        (counted(period_to=date(2018, 10, 30)), "worksheet_period"),
        (counted(period_to=date(2018, 11, 30)), "worksheet_period"),
        (
            counted(period_from=date(2018, 1, 1), period_to=date(2018, 12, 31)),
            None,
        ),
    ],
)
def test_worksheet_complete(facts: CaseFacts, expected: str | None) -> None:
    assert code(gates.worksheet_complete, facts) == expected


def test_identification_counts_no_income_that_is_still_to_come() -> None:
    facts = counted(period_from=date(2018, 1, 1), period_to=date(2018, 12, 31))

    assert code(gates.worksheet_complete, facts, rulebook=book(IDENTIFICATION)) == (
        "worksheet_unfinished"
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (counted(), None),
        (case(worksheets={}), None),
        (counted(lines=(right.line("wage", 15000),)), "worksheet_sum"),
        (
            counted(lines=(*right.worksheet().lines, right.line("gift", 9))),
            "worksheet_sum",
        ),
        (counted(net=Decimal(20000)), "worksheet_net"),
        (counted(net=Decimal(19000)), "worksheet_net"),
        (counted(per_head=Decimal("4499.99")), "worksheet_per_head"),
    ],
)
def test_worksheet_adds_up(facts: CaseFacts, expected: str | None) -> None:
    assert code(gates.worksheet_adds_up, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (counted(), None),
        (case(worksheets={}), None),
        (counted(signed=False), "worksheet_unsigned"),
        (counted(photographed=False), "worksheet_unsigned"),
    ],
)
def test_worksheet_signed(facts: CaseFacts, expected: str | None) -> None:
    assert code(gates.worksheet_signed, facts) == expected


# Hunan's line of 2018 is 3,200.
@pytest.mark.parametrize(
    ("per_head", "below", "over"),
    [
        ("3199.99", None, "income_not_over_line"),
        ("3200.00", "not_poor", "income_not_over_line"),
        ("3200.01", "not_poor", None),
        ("-50.00", None, "income_not_over_line"),
    ],
)
def test_income_against_the_line(
    per_head: str, below: str | None, over: str | None
) -> None:
    facts = counted(per_head=Decimal(per_head))

    assert code(gates.income_below_line, facts) == below
    assert code(gates.income_over_line, facts) == over


@pytest.mark.parametrize("gate", [gates.income_below_line, gates.income_over_line])
def test_income_gates_wait_for_a_worksheet_and_refuse_an_unknown_year(
    gate: Gate,
) -> None:
    assert code(gate, case(worksheets={})) is None
    assert code(gate, counted(year=2013)) == "no_line_for_year"


@pytest.mark.parametrize(
    ("checklists", "expected"),
    [
        ({}, "not_poor"),
        ({"verify": right.checklist()}, "not_poor"),
        ({"verify": right.checklist(school=False)}, None),
        ({"verify": right.checklist(water_minutes=31)}, None),
        ({"verify": right.checklist(housing_grade="D")}, None),
    ],
)
def test_a_missing_guarantee_makes_poor_whatever_the_income(
    checklists: dict[str, Any], expected: str | None
) -> None:
    assert code(gates.income_below_line, case(checklists=checklists)) == expected


def test_the_year_of_the_line_is_a_year_of_the_income() -> None:
    text, _basis = said(gates.worksheet_complete, counted(year=2016))

    assert text == "收入年度 2016 年不在计算期 2017-11-01 至 2018-10-31 之内"


def test_income_refusals_name_income_year_and_line() -> None:
    text, basis = said(gates.income_over_line, counted(per_head=Decimal("2400.00")))

    assert text == "人均纯收入 2400.00 元，没有超过 2018 年标准 3200 元"
    assert basis == "湖南省扶贫标准（推定）"


def test_an_income_over_the_line_that_is_not_stable_is_no_exit() -> None:
    facts = case(checklists={"verify": right.checklist(income_over_line=False)})

    assert said(gates.income_over_line, facts) == (
        "核查表上收入没有稳定超过标准，不能退出",
        "中办国办《关于建立贫困退出机制的意见》",
    )


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.checklist_complete, listed(), None),
        (gates.checklist_complete, case(checklists={}), "checklist_missing"),
        (gates.checklist_complete, case("consent", checklists={}), None),
        (gates.checklist_complete, listed(food=None), "checklist_incomplete"),
        (gates.checklist_complete, listed(water_litres=None), "checklist_incomplete"),
        (gates.checklist_complete, listed(housing_grade=""), "checklist_incomplete"),
        (gates.checklist_complete, listed(water_dry_days=0), None),
        (gates.food_clothing_guaranteed, listed(), None),
        (gates.food_clothing_guaranteed, case(checklists={}), None),
        (gates.food_clothing_guaranteed, listed(food=False), "wants_unmet"),
        (gates.food_clothing_guaranteed, listed(clothing=False), "wants_unmet"),
        (gates.three_guarantees_met, listed(), None),
        (gates.three_guarantees_met, case(checklists={}), None),
        (gates.three_guarantees_met, listed(housing_grade=""), None),
        (gates.three_guarantees_met, listed(school=False), "guarantees_unmet"),
        (gates.three_guarantees_met, listed(medical=False), "guarantees_unmet"),
        (gates.three_guarantees_met, listed(housing_grade="C"), "guarantees_unmet"),
        (gates.water_safe, listed(), None),
        (gates.water_safe, case(checklists={}), None),
        (gates.water_safe, listed(water_litres=None, water_minutes=None), None),
        (gates.water_safe, listed(water_quality=False), "water_unsafe"),
        (gates.water_safe, listed(water_litres=35), None),
        (gates.water_safe, listed(water_litres=34), "water_unsafe"),
        (gates.water_safe, listed(water_minutes=30), None),
        (gates.water_safe, listed(water_minutes=31), "water_unsafe"),
        (gates.water_safe, listed(water_metres=101), "water_unsafe"),
        (gates.water_safe, listed(water_dry_days=16), "water_unsafe"),
        (gates.no_exit_blocker, listed(), None),
        (gates.no_exit_blocker, case(checklists={}), None),
        (gates.no_exit_blocker, listed(blockers=("不在规程里的话",)), None),
        (gates.no_exit_blocker, listed(blockers=("当年受灾",)), "exit_blocked"),
    ],
)
def test_standards(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


def test_water_refusal_names_every_figure() -> None:
    text, _ = said(
        gates.water_safe,
        listed(
            water_quality=False, water_litres=20, water_minutes=45, water_metres=120
        ),
    )

    assert text == (
        "饮水安全没有达标：水质、每人每天 20 升，少于 35 升、"
        "取水往返 45 分钟，超过 30 分钟、取水高差 120 米，超过 100 米"
    )


@pytest.mark.parametrize(
    ("before", "now", "certificate", "expected"),
    [
        ("", "B", "", None),
        ("B", "B", "", None),
        ("C", "C", "", None),
        ("C", "B", "花住鉴2018-12", None),
        ("C", "B", "", "housing_uncertified"),
        ("D", "A", "", "housing_uncertified"),
    ],
)
def test_a_dangerous_house_is_safe_only_with_a_certificate(
    before: str, now: str, certificate: str, expected: str | None
) -> None:
    facts = replace(
        listed(housing_grade=now, housing_certificate=certificate),
        household=right.home(housing_grade=before),
    )

    assert code(gates.housing_certified, facts) == expected


def test_a_house_nobody_looked_at_needs_no_certificate_yet() -> None:
    facts = case(checklists={}, household=right.home(housing_grade="D"))

    assert code(gates.housing_certified, facts) is None


@pytest.mark.parametrize(
    ("checked", "kin", "expected"),
    [
        ({"recheck": right.site_check()}, {"向小满"}, None),
        (
            {"recheck": right.site_check()},
            set(right.site_check().checkers),
            "checker_is_kin",
        ),
        ({}, {"向小满"}, None),
    ],
)
def test_who_checks_is_no_relative(
    checked: dict[str, Any], kin: set[str], expected: str | None
) -> None:
    facts = case("recheck", site_checks=checked)
    home = replace(facts.household, kin=frozenset(kin))
    assert code(gates.checkers_not_kin, replace(facts, household=home)) == expected
