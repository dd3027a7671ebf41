"""Notices and lists: what the law says on them, and what was decided."""

from datetime import date
from pathlib import Path

import pytest

from notices.models import Objection, Paper
from permissions.posts import Post
from procedures.papers import law
from tests.permissions.factories import TOWNSHIP, appointment, holder, officer
from tests.procedures.papers.factories import (
    EXIT,
    IDENTIFICATION,
    NOW,
    RULEBOOKS,
    VILLAGE,
    World,
    batch_of,
    decide,
    world,
)
from workflows.models import Case, Entry
from workflows.procedure import named
from workflows.rulebook import Rulebook

pytestmark = pytest.mark.django_db
BOOKS = sorted(RULEBOOKS.glob("*.toml"))


def said(made: World, kind: str, step: str) -> dict:
    (draft,) = made.drafts([kind], step)
    return draft.context


def test_a_notice_says_its_law_its_days_and_what_was_done() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    text = said(made, "first_publicity", "examine")
    assert (text["period_days"], text["day_unit_text"]) == (7, "日")
    assert text["hotline"] == "12317"
    assert text["steps_text"] == (
        "经户主申请、小组评议提名、入户核实、信息比对、民主评议、村委会审查"
    )
    assert text["objections_to"] == "双龙镇人民政府或者花垣县扶贫开发办公室"
    assert text["issuer_name"] == "十八洞村村民委员会"


def test_the_second_notice_names_the_first_and_speaks_for_the_township() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    text = said(made, "second_publicity", "township_review")
    assert text["steps_text"].endswith("村委会审查、第一次公示、乡镇审核")
    assert text["issuer_name"] == "双龙镇人民政府"
    assert text["objections_to"] == "双龙镇人民政府或者花垣县扶贫开发办公室"


def test_a_notice_marks_what_is_assumed() -> None:
    text = said(world(EXIT, 2, facts=False), "township_publicity", "township_review")
    assert text["day_unit_text"] == "日（推定）"
    assert text["basis"] == "外地退出程序（推定）"


@pytest.mark.parametrize(
    ("slug", "decider"),
    [(IDENTIFICATION, "花垣县人民政府"), (EXIT, "花垣县扶贫开发领导小组")],
)
def test_who_decides_in_the_county_is_the_rulebooks(slug: str, decider: str) -> None:
    assert said(world(slug, 1), "approval_list", "approve")["issuer_name"] == decider


def test_an_announcement_gives_the_line_of_the_year_and_the_day_of_approval() -> None:
    made = world(EXIT, 2)
    decide(made, made.cases[0], "approve")
    text = said(made, "announcement", "approve")
    assert "2018年农村居民家庭人均纯收入标准3200元" in text["standard"]
    assert text["approved_on"] == "2018-11-16"
    assert text["steps_text"].endswith("乡镇公示、县级复核、县级审定")


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_rulebook_has_the_words_papers_need(path: Path) -> None:
    rulebook = Rulebook.from_toml(path.read_text("utf-8"))
    procedure = named(rulebook.procedure)
    assert law.hotline(rulebook)
    if any(step.posts for step in procedure.steps):
        assert law.publicity_days(rulebook)[0] >= 1
        assert law.standard(rulebook, rulebook.valid_from.year)
    for step in procedure.steps:
        if step.posts:
            assert rulebook.step_law(step.name)
            assert law.steps_done(procedure, rulebook, step).startswith("经")
    if rulebook.procedure == EXIT:
        assert law.continuing(rulebook)


def test_a_text_of_law_contained_in_another_is_said_once() -> None:
    assert law.joined(["答复", "", "答复（两公示）", "厅字〔2016〕16号"]) == (
        "答复（两公示）、厅字〔2016〕16号"
    )


def test_an_opinion_lists_every_verdict_with_its_reason_and_sums_them_up() -> None:
    made = world(IDENTIFICATION, 4)
    back, *passed = made.cases
    decide(made, back, "township_review", act=Entry.Act.RETURN, reason="材料不全")
    for case in passed:
        decide(made, case, "township_review")
    (draft,) = made.drafts(["township_opinion"], "township_review", cases=passed)
    rows = draft.context["rows"]
    assert [row["decision"] for row in rows] == ["退回", "同意", "同意", "同意"]
    assert rows[0]["reason"] == "材料不全"
    people = sum(case.household.size for case in passed)
    assert draft.context["opinion"] == (
        f"经逐户审核，同意3户{people}人，退回1户{back.household.size}人。"
    )
    assert draft.context["sample_rate"] == "20%"
    assert len(draft.context["site_checks"]) == draft.context["sample_size"] == 1


def test_a_comparison_list_shows_the_county_of_an_id_number_and_stars() -> None:
    made = world(IDENTIFICATION, 2)
    text = said(made, "comparison_list", "compare")
    assert (text["households"], len(text["rows"])) == (2, 2)
    assert {row["id_masked"] for row in text["rows"]} == {"433124" + "*" * 12}
    assert text["rows"][0]["decision"] == "待处理"


def test_an_acting_official_is_named_with_whom_he_stands_for() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    absent = holder(Post.TOWNSHIP_CLERK, TOWNSHIP, "彭立诚")
    acting = appointment(
        officer("田知行"),
        Post.TOWNSHIP_CLERK,
        TOWNSHIP,
        acting_for=absent,
        until=date(2019, 1, 1),
    )
    (draft,) = made.drafts(["township_list"], "close_second", by=acting)
    assert draft.context["contact"] == "田知行（代彭立诚）"


def issued(made: World, kind: str, number: str = "花政告〔2018〕2号") -> Paper:
    return Paper.objects.create(
        code=f"CODE{Paper.objects.count():012d}",
        kind=kind,
        number=number,
        issuer=made.batch.place,
        place=made.batch.place,
        about=made.batch.about,
        context={},
        digest="0" * 64,
        template_version=1,
        issued_at=NOW,
        issued_by=made.by.officer,
        issued_under=made.by,
    )


def test_a_follow_up_list_finds_the_announcement_of_the_list_it_came_from() -> None:
    made = world(EXIT, 2)
    issued(made, "announcement")
    decide(made, made.cases[0], "announce")
    later = batch_of(EXIT, made.batch.place, made.by, round_=2)
    Case.objects.filter(pk=made.cases[0].pk).update(batch=later)
    moved = World(
        batch=later, cases=[Case.objects.get(pk=made.cases[0].pk)], by=made.by
    )
    text = said(moved, "exit_notification", "delist")
    assert text["announcement_number"] == "花政告〔2018〕2号"


def objection(made: World, paper: Paper, **columns: object) -> Objection:
    return Objection.objects.create(
        number="十村异议〔2018〕1号",
        paper=paper,
        household=made.cases[0].household,
        received_at=NOW,
        acknowledged_at=NOW,
        channel="phone",
        content="该户有小汽车",
        objector_cipher="sealed",
        recorded_by=made.by,
        recorded_at=NOW,
        **columns,
    )


def test_each_unanswered_objection_to_the_hanging_notice_has_its_record() -> None:
    made = world(IDENTIFICATION, 2, facts=False)
    first = issued(made, "first_publicity", "十村公示〔2018〕1号")
    waiting = objection(made, first)
    objection(made, first, outcome="rejected", answered_at=NOW)
    objection(made, issued(made, "second_publicity", "双镇公示〔2018〕1号"))
    (draft,) = made.drafts(["objection_record"], "close_first")
    assert draft.about == f"objection/{waiting.pk}"
    assert draft.context["notice_title"] == "第一次公示"
    assert draft.context["outcome"] == "办理中"
    assert "sealed" not in str(draft.context)
    assert draft.issuer_code == VILLAGE


def test_no_objection_no_record() -> None:
    made = world(IDENTIFICATION, 1, facts=False)
    assert made.drafts(["objection_record"], "close_first") == []
