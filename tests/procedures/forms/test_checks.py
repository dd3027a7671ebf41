"""Samples and site checks of upper offices, notices on the wall, the desks' table."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from notices.models import Paper, Posting
from procedures.forms.checks import SampleForm, SiteCheckForm
from procedures.forms.desks import FORMS_OF
from procedures.forms.postings import PostingForm
from procedures.models import Sample, SiteCheck
from procedures.register import RULEBOOKS
from procedures.sampling import draw, seed_for
from tests.procedures.forms.desk import PDF, Desk, errors, photo, upload
from workflows.procedure import named
from workflows.rulebook import Shelf


def test_a_sample_is_drawn_once_and_anyone_can_draw_it_again(leaving: Desk) -> None:
    sent = leaving.typed(SampleForm, "township_review", draw="on")
    assert sent.is_valid()
    sample = sent.save()

    seed = seed_for(leaving.batch.head, "township_review")
    ids = [case.pk for case in leaving.cases]
    rulebook = leaving.batch.bound_rulebook
    rate = rulebook.fraction("sample_rate_at_township_review")
    assert (sample.case_ids, sample.seed) == (draw(ids, rate, seed), seed)
    assert (sample.rate, sample.size) == ("1", len(ids))

    again = leaving.blank(SampleForm, "township_review")
    assert "draw" not in again.fields
    assert [str(r.label) for r in again.readings()][1] == "抽中的户"
    assert not leaving.typed(SampleForm, "township_review").has_changed()


def test_a_sample_drawn_by_another_meanwhile_is_not_drawn_again(leaving: Desk) -> None:
    slow = leaving.typed(SampleForm, "township_review", draw="on")
    assert slow.is_valid()
    first = leaving.typed(SampleForm, "township_review", draw="on")
    assert first.is_valid()
    first.save()

    assert slow.save().pk == first.instance.pk
    assert Sample.objects.count() == 1


def test_the_draw_is_a_button_that_needs_no_script(leaving: Desk) -> None:
    html = str(leaving.blank(SampleForm, "township_review")["draw"])

    assert html.startswith("<button")
    assert 'name="sample-draw"' in html


CHECKED = {
    "checked_on": "2018-11-14",
    "finding": "ok",
    "checkers-0-name": "彭立诚",
    "checkers-1-name": "田知行",
    "checkers-2-name": "吴若水",
}


def test_a_site_check_is_saved_with_its_checkers(leaving: Desk) -> None:
    leaving.save(SiteCheckForm, "township_review", **CHECKED, photo=photo())

    found = SiteCheck.objects.get()
    assert found.checkers == ["彭立诚", "田知行", "吴若水"]
    assert not leaving.typed(SiteCheckForm, "township_review").has_changed()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"checkers-2-name": ""}, "核查人员 2 人，至少须 3 人"),
        ({"finding": "wrong"}, "说明：不属实的须写明哪里不属实"),
        ({"finding": ""}, "核查结论：没有选择"),
        ({"checked_on": "2018-11-30"}, "核查日期：2018年11月30日晚于今天"),
    ],
)
def test_a_wrong_site_check_is_refused_in_words_and_not_saved(
    leaving: Desk, typed: dict[str, Any], sentence: str
) -> None:
    sent = leaving.typed(SiteCheckForm, "township_review", **{**CHECKED, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not SiteCheck.objects.exists()


@pytest.fixture
def notice(leaving: Desk) -> Paper:
    """The village's notice, issued two days ago."""
    return Paper.objects.create(
        code="TESTNOTICE",
        kind="village_publicity",
        number="十村公示〔2018〕1号",
        issuer=leaving.batch.place,
        place=leaving.batch.place,
        about=leaving.batch.about,
        context={},
        digest="0" * 64,
        template_version=1,
        issued_at=leaving.now - timedelta(days=2),
        issued_by=leaving.by.officer,
        issued_under=leaving.by,
    )


POSTED = {"spots-0-posted_at": "2018-11-15T08:30"}


def test_a_notice_is_posted_with_photos_at_several_spots(
    leaving: Desk, notice: Paper
) -> None:
    leaving.save(
        PostingForm,
        "post_village",
        **POSTED,
        **{"spots-0-photos": [photo(), photo("二.jpg", (50, 50))]},
        **{"spots-5-where": "三组 飞虫寨", "spots-5-posted_at": "2018-11-16T10:02"},
        **{"spots-5-posted_by": "龙四", "spots-5-photos": photo()},
    )

    first, second = Posting.objects.order_by("posted_at")
    assert (first.where, first.posted_by_name) == ("村务公开栏", "吴晓兰")
    assert first.photos.count() == 2
    # A clock some minutes ahead is no future date.
    assert (second.where, second.posted_at) == ("三组 飞虫寨", leaving.now)

    again = leaving.blank(PostingForm, "post_village")
    assert again.is_complete
    assert len(again.photos()) == 3
    assert again.summary()[0] == ("村务公开栏", "2018年11月15日 08:30，吴晓兰张贴")
    spots = [form["where"].value() for form in again.formsets[0].forms]
    assert "村务公开栏" not in spots
    assert not leaving.typed(PostingForm, "post_village").has_changed()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"spots-0-posted_at": "2018-11-13T23:59"},
            "张贴时间：2018年11月13日早于文书出具日期（2018年11月14日）",
        ),
        (
            {"spots-0-posted_at": "2018-11-17T08:00"},
            "张贴时间：2018年11月17日晚于今天（2018年11月16日）",
        ),
        (
            {"spots-0-posted_at": "2018-11-16T15:00"},
            "2018年11月16日 15:00 晚于现在（2018年11月16日 10:00）",
        ),
        ({"spots-0-photos": []}, "照片：没有上传照片"),
        ({"spots-0-posted_by": ""}, "张贴人：没有填写"),
        ({"spots-0-photos": upload("墙.jpg", PDF)}, "“墙.jpg”：文件内容是 PDF"),
    ],
)
def test_a_wrong_posting_is_refused_in_words_and_not_saved(
    leaving: Desk, notice: Paper, typed: dict[str, Any], sentence: str
) -> None:
    right = {**POSTED, "spots-0-photos": photo()}
    sent = leaving.typed(PostingForm, "post_village", **{**right, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not Posting.objects.exists()


def test_without_a_notice_there_is_nothing_to_post(leaving: Desk) -> None:
    form = leaving.blank(PostingForm, "post_village")

    assert form.formsets == []
    (reading,) = form.readings()
    assert (str(reading.label), reading.text) == ("村内公示", "还没有出具")


@pytest.mark.parametrize("slug", sorted(FORMS_OF))
def test_every_form_stands_at_a_step_of_its_procedure(slug: str) -> None:
    steps = {step.name for step in named(slug).steps}

    assert set(FORMS_OF[slug]) <= steps


@pytest.mark.parametrize("book", Shelf.of(RULEBOOKS).all(), ids=lambda book: book.slug)
def test_every_rulebook_has_what_the_forms_of_its_steps_ask(
    db: None, book: Any, desk_of: Any
) -> None:
    desk = desk_of(book.procedure, 2)
    version = desk.batch.rulebook
    version.text = book.text
    for step, forms in FORMS_OF[book.procedure].items():
        if not book.requires(step):
            continue
        for form in (*forms.batch, *forms.case):
            shown = desk.blank(form, step)
            assert shown.title
            assert shown.law_hint
            assert "cx-" in render_to_string("forms/fact.html", {"form": shown})
            assert isinstance(shown.fieldsets(), list)
            assert shown.readings() is not None
            assert shown.summary() is not None
