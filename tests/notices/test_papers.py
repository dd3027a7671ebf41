"""Issuing: numbers, replacing, withdrawing, in a constant number of statements."""

from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from notices import frozen, papers
from notices.models import Counter, Paper, PaperState
from notices.papers import Unprintable
from registry.places import Level
from tests.notices import reading
from tests.notices.contexts import AT, context
from tests.notices.factories import draft, named_places, notice, official
from tests.permissions.factories import household

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=3)


def test_an_issued_paper_keeps_its_facts_and_their_digest() -> None:
    by = official()
    paper = notice(by=by)
    paper.refresh_from_db()

    assert paper.number == "十村公示〔2018〕1号"
    assert paper.context["rows"][0] == {
        "group": "第1村民小组",
        "head": "龙立春",
        "size": 1,
    }
    assert paper.digest == frozen.digest(paper.context)
    assert (paper.issued_by, paper.issued_under) == (by.officer, by)
    assert (paper.state, paper.title) == (PaperState.ISSUED, "第一次公示")
    assert len(paper.code) == 16


@pytest.mark.parametrize(
    ("kind", "level", "number"),
    [
        ("second_publicity", Level.TOWNSHIP, "双镇公示〔2018〕1号"),
        ("announcement", Level.COUNTY, "花政告〔2018〕1号"),
        ("minutes", Level.VILLAGE, "十村评记〔2018〕1号"),
    ],
)
def test_a_number_is_made_of_issuer_word_and_year(
    kind: str, level: Level, number: str
) -> None:
    assert notice(kind=kind, level=level).number == number


def test_numbers_run_on_per_issuer_word_and_year() -> None:
    by = official()
    first = notice(by=by)
    papers.issue([draft(about="batch/2"), draft("minutes")], by=by, at=AT)
    next_year = papers.issue([draft()], by=by, at=AT + timedelta(days=100))

    numbers = Paper.objects.order_by("issued_at", "number").values_list(
        "number", flat=True
    )
    assert first.number in numbers
    assert sorted(numbers) == [
        "十村公示〔2018〕1号",
        "十村公示〔2018〕2号",
        "十村公示〔2019〕1号",
        "十村评记〔2018〕1号",
    ]
    assert next_year[0].number.endswith("〔2019〕1号")


def test_a_rolled_back_act_gives_its_numbers_back() -> None:
    by = official()
    named_places()
    with transaction.atomic():
        papers.issue([draft()], by=by, at=AT)
        transaction.set_rollback(True)

    assert papers.issue([draft()], by=by, at=AT)[0].number.endswith("〕1号")


@pytest.mark.parametrize("number", [1, 5, 30])
def test_issuing_takes_four_statements_whatever_the_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = official()
    named_places()
    drafts = [draft("not_eligible", about=f"case/{n}") for n in range(number)]

    with transaction.atomic(), django_assert_num_queries(4):
        papers.issue(drafts, by=by, at=AT)


def test_papers_come_back_in_the_order_of_their_drafts() -> None:
    named_places()
    drafts = [draft(about=f"batch/{n}") for n in (3, 1, 2)]
    issued = papers.issue(drafts, by=official(), at=AT)

    assert [(p.about, p.number[-2]) for p in issued] == [
        ("batch/3", "1"),
        ("batch/1", "2"),
        ("batch/2", "3"),
    ]


def test_a_new_issue_replaces_the_old_one() -> None:
    by = official()
    old = notice(by=by)
    new = papers.issue([draft(households=2)], by=by, at=LATER)[0]
    old.refresh_from_db()

    assert (old.state, old.superseded_by, old.closed_at) == (
        PaperState.SUPERSEDED,
        new,
        LATER,
    )
    assert new.state == PaperState.ISSUED


def test_papers_about_others_are_not_replaced() -> None:
    by = official()
    one, two = household(), household()
    named_places()
    kinds = [draft("not_eligible", household_id=h.pk) for h in (one, two)]
    first = papers.issue([draft(), draft("minutes"), *kinds], by=by, at=AT)
    again = papers.issue([kinds[0], draft(about="batch/2")], by=by, at=LATER)

    replaced = Paper.objects.filter(state=PaperState.SUPERSEDED)
    assert [(p.pk, p.superseded_by_id) for p in replaced] == [
        (first[2].pk, again[0].pk)
    ]


def test_a_missing_character_is_named_before_anything_is_written() -> None:
    facts = context("first_publicity")
    facts["rows"][1]["head"] = "石𰻝"

    with pytest.raises(Unprintable) as raised:
        notice(context=facts)

    texts = [str(refusal) for refusal in raised.value.refusals]
    assert texts == ["石𰻝：“𰻝（U+30EDD）”没有字形，无法打印，请核对姓名用字"]
    assert (Paper.objects.count(), Counter.objects.count()) == (0, 0)


def test_a_context_that_is_not_allowed_writes_nothing() -> None:
    with pytest.raises(frozen.NotAllowed):
        notice(context={**context("first_publicity"), "phones": []})

    assert (Paper.objects.count(), Counter.objects.count()) == (0, 0)


def test_nothing_to_issue_costs_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    by = official()
    with django_assert_num_queries(0):
        assert papers.issue([], by=by, at=AT) == []


def test_a_withdrawn_paper_says_when_why_and_by_whom() -> None:
    named_places()
    by = official()
    paper = notice(by=by)

    assert papers.withdraw([paper.pk], by=by, at=LATER, reason="名单有误") == 1
    assert papers.withdraw([paper.pk], by=by, at=LATER, reason="再次") == 0
    paper.refresh_from_db()
    assert (paper.state, paper.closed_at) == (PaperState.WITHDRAWN, LATER)
    assert paper.closed_reason == "十八洞村 村民委员会：名单有误"


def test_a_preview_is_a_draft_and_leaves_no_trace() -> None:
    pdf = papers.preview("first_publicity", context("first_publicity"), at=AT)

    assert "草稿" in reading.text(pdf)
    assert reading.qr_codes(pdf) == []
    assert Paper.objects.count() == 0


def test_the_papers_of_a_subject_come_newest_first() -> None:
    by = official()
    old = notice(by=by)
    new = papers.issue([draft("minutes")], by=by, at=LATER)[0]

    assert list(papers.papers_for("batch/1")) == [new, old]


def test_the_header_names_the_body_of_the_kinds_level() -> None:
    named_places()
    names = papers.place_names(draft().place_code)

    assert papers.header("second_publicity", names, on=AT.date()) == {
        "county": "花垣县",
        "township": "双龙镇",
        "village": "十八洞村",
        "issuer_name": "双龙镇人民政府",
        "year": 2018,
        "date": AT.date(),
    }


def test_rendering_is_queued_once_after_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    by = official()
    named_places()
    with django_capture_on_commit_callbacks(execute=True) as queued:
        issued = papers.issue([draft(), draft("minutes")], by=by, at=AT)

    assert len(queued) == 1
    stored = Paper.objects.filter(pk__in=[p.pk for p in issued])
    assert [bool(p.rendered_at and p.sha256 and p.pages) for p in stored] == [True] * 2
