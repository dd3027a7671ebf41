"""Gates on comparison, publicity, checks and signatures."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import tomli_w

from procedures import gates
from procedures.facts import CaseFacts
from procedures.gates import Gate
from tests.procedures import facts as right
from tests.procedures.facts import IDENTIFICATION, TODAY, book, case
from tests.procedures.judging import code, said
from workflows.rulebook import Rulebook

LATER = date(2018, 11, 21)
CLOSE = "close_village"


def compared(**changes: Any) -> CaseFacts:
    return case("compare", comparison=right.comparison(**changes))


NOT_COMPARED = case("compare", comparison=None)


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.comparison_made, compared(), None),
        (gates.comparison_made, NOT_COMPARED, "comparison_missing"),
        (gates.comparison_made, compared(compared_on=LATER), "comparison_dated_ahead"),
        (
            gates.comparison_made,
            compared(departments=frozenset({"财政"})),
            "departments_missing",
        ),
        (gates.consent_to_comparison, compared(), None),
        (gates.consent_to_comparison, NOT_COMPARED, None),
        (
            gates.consent_to_comparison,
            compared(consent=False),
            "comparison_without_consent",
        ),
        (gates.hits_decided, compared(), None),
        (gates.hits_decided, NOT_COMPARED, None),
        (
            gates.hits_decided,
            compared(hits=(right.hit(), right.hit(decision="open"))),
            "hits_open",
        ),
        (gates.no_exclusion_stands, compared(), None),
        (gates.no_exclusion_stands, NOT_COMPARED, None),
        (
            gates.no_exclusion_stands,
            compared(hits=(right.hit(decision="accepted"),)),
            "excluded",
        ),
        (
            gates.no_exclusion_stands,
            compared(hits=(right.hit(decision="accepted", kind="other"),)),
            None,
        ),
    ],
)
def test_comparison(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts, rulebook=book(IDENTIFICATION)) == expected


def test_an_open_hit_is_named_with_its_department() -> None:
    facts = compared(hits=(right.hit(decision="open"),))

    assert said(gates.hits_decided, facts, rulebook=book(IDENTIFICATION)) == (
        "有 1 条比对结果没有认定：公安（小汽车）",
        "州自评报告二(五)“四类对象”（推定）",
    )


def hung(**changes: Any) -> CaseFacts:
    return case(CLOSE, notice=right.notice(**changes))


def posted(**changes: Any) -> CaseFacts:
    return hung(postings=(right.sheet(**changes),))


NO_NOTICE = case(CLOSE, notice=None)


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.notice_posted, hung(), None),
        (gates.notice_posted, NO_NOTICE, "notice_not_issued"),
        (gates.notice_posted, hung(postings=()), "notice_not_posted"),
        (gates.notice_posted, posted(photographed=False), "notice_not_posted"),
        (gates.notice_posted, posted(where="村民小组"), "notice_not_posted"),
        (gates.posting_dates_right, hung(), None),
        (gates.posting_dates_right, NO_NOTICE, None),
        (
            gates.posting_dates_right,
            posted(posted_on=date(2018, 11, 10)),
            "posted_before_issue",
        ),
        (gates.posting_dates_right, posted(posted_on=LATER), "posted_ahead"),
        (gates.publicity_over, hung(), None),
        (gates.publicity_over, NO_NOTICE, "publicity_not_begun"),
        (gates.publicity_over, hung(postings=()), "publicity_not_begun"),
        (
            gates.publicity_over,
            posted(taken_down_on=date(2018, 11, 18)),
            "taken_down_early",
        ),
        (gates.publicity_over, posted(taken_down_on=date(2018, 11, 19)), None),
        (
            gates.publicity_over,
            hung(
                postings=(
                    right.sheet(),
                    right.sheet(where="村民小组", posted_on=date(2018, 11, 14)),
                )
            ),
            "publicity_running",
        ),
        (gates.no_open_objection, hung(), None),
        (gates.no_open_objection, case(CLOSE, open_objections=2), "objection_open"),
        (
            gates.no_open_objection,
            case(CLOSE, open_objections=1, answer_latest=TODAY),
            "objection_open",
        ),
        (
            gates.no_open_objection,
            case(CLOSE, open_objections=1, answer_latest=TODAY - timedelta(days=1)),
            "objection_overdue",
        ),
        (
            gates.no_open_objection,
            case(CLOSE, upheld_objections=1),
            "objection_upheld",
        ),
        (gates.list_unchanged, hung(), None),
        (gates.list_unchanged, NO_NOTICE, None),
        (gates.list_unchanged, hung(contested=True), "list_contested"),
        (
            gates.list_unchanged,
            hung(rows=frozenset({("一组", "石秋分", 5)})),
            "list_changed",
        ),
    ],
)
def test_publicity(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 11, 12), "publicity_running"),
        (date(2018, 11, 18), "publicity_running"),
        (date(2018, 11, 19), None),
    ],
)
def test_seven_days_with_the_posting_day_as_the_first(
    today: date, expected: str | None
) -> None:
    assert code(gates.publicity_over, hung(), today=today) == expected


def test_a_running_notice_names_its_last_day() -> None:
    text, basis = said(gates.publicity_over, hung(), today=date(2018, 11, 15))

    assert text == ("2018-11-12 张贴，公示至 2018-11-18（共 7 天），次日起才能办结")
    assert basis == "村内公示不少于7天（推定）"


def test_an_unknown_holiday_year_is_refused_not_guessed() -> None:
    content = tomllib.loads(book().text)
    content["values"]["publicity_days"]["unit"] = "working_day"
    rulebook = Rulebook.from_toml(tomli_w.dumps(content))
    facts = posted(posted_on=date(2031, 5, 5))

    assert said(gates.publicity_over, facts, rulebook=rulebook)[0] == (
        "2031 年的节假日安排还没有录入，不能计算公示期"
    )


def drawn(**changes: Any) -> CaseFacts:
    return case("recheck", sample=right.sample(**changes))


def checked(**changes: Any) -> CaseFacts:
    return case("recheck", site_checks={"recheck": right.site_check(**changes)})


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.sample_drawn, drawn(), None),
        (gates.sample_drawn, case("recheck", sample=None), "sample_missing"),
        (gates.sample_drawn, drawn(size=4), "sample_too_small"),
        (gates.sample_drawn, drawn(size=5, rate=Fraction(1, 10)), None),
        (gates.sample_drawn, drawn(rate=Fraction(1, 11)), "sample_too_small"),
        (gates.sample_drawn, replace(drawn(size=1), listed=1), None),
        (gates.site_checked, checked(), None),
        (gates.site_checked, case("recheck", site_checks={}), "site_check_missing"),
        (
            gates.site_checked,
            replace(drawn(drawn=False), site_checks={}),
            None,
        ),
        (
            gates.site_checked,
            case("recheck", site_checks={}, sample=None),
            None,
        ),
        (gates.site_checked, checked(checkers=("田处暑",)), "too_few_checkers"),
        (
            gates.site_checked,
            checked(checkers=("田处暑", "田处暑")),
            "too_few_checkers",
        ),
        (gates.site_checked, checked(checkers=("田处暑", "杨芒种")), None),
        (gates.site_checked, checked(checked_on=LATER), "site_check_dated_ahead"),
        (
            gates.site_checked,
            case(
                "township_review",
                site_checks={
                    "township_review": right.site_check(checkers=("田处暑", "杨芒种"))
                },
            ),
            "too_few_checkers",
        ),
        (gates.site_checked, replace(checked(), since=LATER), "site_check_too_old"),
        (gates.site_checked, replace(checked(), since=date(2018, 1, 1)), None),
        (gates.site_check_passed, checked(), None),
        (gates.site_check_passed, case("recheck", site_checks={}), None),
        (gates.site_check_passed, checked(right=False), "site_check_failed"),
    ],
)
def test_checks(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


def confirmed(**changes: Any) -> CaseFacts:
    return case("confirm", confirmation=right.confirmation(**changes))


def signed(kind: str, **changes: Any) -> CaseFacts:
    return case("consent", sign_offs={kind: right.sign_off(**changes)})


UNSIGNED = case("consent", sign_offs={})
REFUSED = {"refused": True, "refusal_reason": "收入不稳", "photographed": False}


@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        (gates.village_signatures, confirmed(), None),
        (
            gates.village_signatures,
            case("confirm", confirmation=None),
            "confirmation_missing",
        ),
        (
            gates.village_signatures,
            confirmed(signatures={"secretary": "龙谷雨", "village_head": ""}),
            "village_unsigned",
        ),
        (gates.village_signatures, confirmed(photographed=False), "village_unsigned"),
        (gates.village_signatures, confirmed(confirmed_on=LATER), "confirmed_ahead"),
        (gates.household_signed, signed("consent"), None),
        (gates.household_signed, UNSIGNED, "consent_missing"),
        (
            gates.household_signed,
            signed("consent", photographed=False),
            "consent_missing",
        ),
        (gates.household_signed, signed("consent", **REFUSED), None),
        (
            gates.household_signed,
            signed("consent", thumb=False),
            "consent_without_thumb",
        ),
        (
            gates.household_signed,
            signed("consent", signed_on=LATER),
            "consent_dated_ahead",
        ),
        (
            gates.household_signed,
            replace(signed("consent"), since=date(2018, 11, 11)),
            None,
        ),
        (
            gates.household_signed,
            replace(signed("consent"), since=date(2018, 11, 12)),
            "consent_too_old",
        ),
        (
            gates.household_signed,
            replace(signed("consent"), step="approve", since=date(2018, 11, 12)),
            None,
        ),
        (gates.household_not_refused, signed("consent"), None),
        (gates.household_not_refused, UNSIGNED, None),
        (
            gates.household_not_refused,
            signed("consent", **REFUSED),
            "household_refused",
        ),
        (gates.proxy_witnessed, UNSIGNED, None),
        (gates.proxy_witnessed, signed("consent"), None),
        (
            gates.proxy_witnessed,
            signed("consent", by_proxy=True, proxy="龙甲"),
            "proxy_unwitnessed",
        ),
        (
            gates.proxy_witnessed,
            signed(
                "receipt",
                by_proxy=True,
                proxy="龙甲",
                proxy_relation="长子",
                witness="麻乙",
            ),
            None,
        ),
        (
            gates.proxy_witnessed,
            signed(
                "receipt",
                by_proxy=True,
                proxy="龙甲",
                proxy_relation="长子",
                witness="麻乙",
                thumb=False,
            ),
            "proxy_unwitnessed",
        ),
        (gates.receipt_signed, signed("receipt"), None),
        (gates.receipt_signed, UNSIGNED, "receipt_missing"),
        (gates.receipt_signed, signed("receipt", **REFUSED), "receipt_missing"),
        (gates.receipt_signed, signed("receipt", **REFUSED, witness="麻乙"), None),
        (
            gates.receipt_signed,
            signed("receipt", signed_on=LATER),
            "receipt_dated_ahead",
        ),
    ],
)
def test_signatures(gate: Gate, facts: CaseFacts, expected: str | None) -> None:
    assert code(gate, facts) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        (REFUSED, "handbook_unsigned"),
        ({"photographed": False}, "handbook_unsigned"),
        ({"signed_on": LATER}, "handbook_dated_ahead"),
    ],
)
def test_handbook(changes: dict[str, Any], expected: str | None) -> None:
    facts = case("register", sign_offs={"registration": right.sign_off(**changes)})

    assert code(gates.handbook_signed, facts, rulebook=book(IDENTIFICATION)) == (
        expected
    )


def test_nobody_is_registered_without_a_handbook() -> None:
    facts = case("register", sign_offs={})

    assert code(gates.handbook_signed, facts, rulebook=book(IDENTIFICATION)) == (
        "handbook_unsigned"
    )


def test_missing_village_signatures_are_named() -> None:
    facts = confirmed(signatures={"secretary": "龙谷雨"})

    assert said(gates.village_signatures, facts)[0] == (
        "村级核实缺村民委员会主任、驻村工作队队长"
    )


def test_a_refusal_to_sign_is_told_with_its_reason() -> None:
    assert said(gates.household_not_refused, signed("consent", **REFUSED)) == (
        "户主不认可脱贫：收入不稳。没有签字不得退出，须退回入户核实或选“不同意”",
        "州自评报告二(六)“签字确认率达到100%”",
    )
