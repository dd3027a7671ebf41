"""Papers about one household: what the record has is printed, the rest left blank."""

from decimal import Decimal

import pytest

from procedures.facts import ChecklistFacts
from procedures.models import Application, Checklist, Worksheet
from procedures.papers import details, standards
from registry.codes import Attribute
from registry.models import Household
from tests.procedures.papers.factories import (
    EXIT,
    IDENTIFICATION,
    World,
    book,
    decide,
    world,
)
from workflows.models import Entry

pytestmark = pytest.mark.django_db


def of_first(made: World, kind: str, step: str) -> dict:
    drafts = made.drafts([kind], step)
    assert len(drafts) == len(made.cases)
    return drafts[0].context


def test_an_application_is_filled_in_from_the_register_before_it_is_filed() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    home = made.cases[0].household
    text = of_first(made, "application", "apply")
    assert (text["head"], text["size"]) == (home.head_name, home.size)
    assert text["cause"] == home.get_main_cause_display()
    assert text["labourers"] is not None
    assert (text["applied_on"], text["income_per_head"]) == (None, None)
    assert text["addressee"] == "十八洞村村民委员会"


def test_an_application_by_the_group_gives_its_reason_in_words() -> None:
    made = world(IDENTIFICATION, 1)
    Application.objects.update(made_by="group", group_reason="disabled")
    text = of_first(made, "application", "apply")
    assert (text["made_by"], text["group_reason"]) == ("group", "残疾人")


def test_a_worksheet_prints_the_sums_as_they_stand_and_the_line_of_its_year() -> None:
    made = world(EXIT, 1)
    sheet = Worksheet.objects.get()
    text = of_first(made, "worksheet", "verify")
    assert text["per_head"] == str(sheet.per_head)
    assert len(text["lines"]) == sheet.lines.count()
    assert text["year"] == sheet.year
    assert Decimal(text["poverty_line"]) == 3200
    assert text["poverty_line_source"].startswith("湖南省扶贫标准")


def test_a_year_without_a_line_prints_none() -> None:
    made = world(EXIT, 1)
    Worksheet.objects.update(year=2031)
    assert of_first(made, "worksheet", "verify")["poverty_line"] is None


def test_a_verification_names_who_stood_in_the_house() -> None:
    made = world(EXIT, 1)
    text = of_first(made, "verification", "verify")
    assert [who["name"] for who in text["visitors"]] == ["向明远", "彭立诚"]
    assert text["purpose"] == "退出"
    assert text["members"][0]["relation"] == "户主"
    assert all(check["ok"] for check in text["checks"])


def test_a_blank_verification_leaves_every_standard_unticked() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    text = of_first(made, "verification", "verify")
    assert {check["ok"] for check in text["checks"]} == {None}
    assert (text["visitors"], text["lines"]) == ([], [])


@pytest.mark.parametrize(
    ("column", "value", "name", "ok"),
    [
        ("water_litres", 34, "饮水安全", False),
        ("water_litres", 35, "饮水安全", True),
        ("water_minutes", None, "饮水安全", None),
        ("housing_grade", "C", "住房安全有保障", False),
        ("housing_grade", "", "住房安全有保障", None),
        ("school", False, "义务教育有保障", False),
        ("income_over_line", False, "人均纯收入稳定超过扶贫标准", False),
    ],
)
def test_each_standard_is_ticked_by_the_rule_of_the_gates(
    column: str, value: object, name: str, ok: bool | None
) -> None:
    made = world(EXIT, 1)
    Checklist.objects.update(**{column: value})
    checks = of_first(made, "verification", "verify")["checks"]
    ticked = {check["name"]: check["ok"] for check in checks}
    assert ticked.pop(name) is ok
    assert set(ticked.values()) == {True}


def test_nothing_asked_is_a_whole_checklist() -> None:
    assert isinstance(standards.NOTHING_ASKED, ChecklistFacts)
    assert {c["ok"] for c in standards.checks(None, book(EXIT))} == {None}


@pytest.mark.parametrize(
    ("attribute", "known"),
    [
        ("", None),
        (Attribute.GENERAL_POOR, False),
        (Attribute.LOW_INCOME_POOR, True),
        (Attribute.DESTITUTE_POOR, False),
    ],
)
def test_the_minimum_living_allowance_is_read_from_the_attribute(
    attribute: str, known: bool | None
) -> None:
    assert details.minimum_living(Household(attribute=attribute)) is known


def test_an_exit_notification_tells_what_was_met_and_what_goes_on() -> None:
    made = world(EXIT, 1)
    text = of_first(made, "exit_notification", "delist")
    assert text["passed"][0] == "2018年人均纯收入5,200.00元，超过当年标准3,200元。"
    assert text["passed"][1].startswith("不愁吃、饮水安全、不愁穿")
    assert text["continues"][0].startswith("脱贫不脱政策")
    assert text["contact"] == "双龙镇人民政府"


def test_an_exit_confirmation_names_the_team_leader_who_signed_the_list() -> None:
    made = world(EXIT, 1)
    text = of_first(made, "exit_confirmation", "consent")
    assert text["team_leader"] == "向明远"
    assert text["net"] == str(Worksheet.objects.get().net)


@pytest.mark.parametrize(
    ("slug", "title"), [(IDENTIFICATION, "不符合识别说明"), (EXIT, "不予退出说明")]
)
def test_a_refused_household_is_told_why_and_how_the_vote_went(
    slug: str, title: str
) -> None:
    made = world(slug, 1)
    reason = "赞成票未过半数"
    decide(made, made.cases[0], "appraise", act=Entry.Act.REFUSE, reason=reason)
    text = of_first(made, "not_eligible", "appraise")
    assert (text["title_text"], text["reason"]) == (title, reason)
    assert text["appraisal"] == (
        "2018年11月16日村民代表会议应到45人，实到38人，赞成36票，反对1票，弃权1票，"
        "赞成占到会人数的94.7%。"
    )
    assert text["objections_to"] == "双龙镇人民政府"
    assert text["basis"]


@pytest.mark.parametrize(
    ("slug", "told"), [(IDENTIFICATION, "可以重新申请"), (EXIT, "仍为建档立卡贫困户")]
)
def test_a_refused_household_is_told_where_it_stands_now(slug: str, told: str) -> None:
    assert told in of_first(world(slug, 1), "not_eligible", "appraise")["afterwards"]


def test_a_household_refused_by_the_county_may_go_to_the_prefecture() -> None:
    text = of_first(world(EXIT, 1), "not_eligible", "approve")
    assert text["issuer_name"] == "花垣县人民政府"
    assert text["objections_to"] == "湘西土家族苗族自治州人民政府"


def test_a_household_refused_by_the_township_may_go_to_the_county() -> None:
    made = world(EXIT, 1)
    text = of_first(made, "not_eligible", "township_review")
    assert text["issuer_name"] == "双龙镇人民政府"
    assert text["objections_to"] == "花垣县人民政府"
