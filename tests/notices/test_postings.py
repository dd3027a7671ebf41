"""The proof of posting: what it needs, and what it cannot be."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from notices import papers, postings
from notices.models import Paper, Posting
from permissions.models import Appointment
from registry.refusals import Refusal
from tests.notices.contexts import AT, CHINA
from tests.notices.factories import notice, official, photo

pytestmark = pytest.mark.django_db

NOW = AT + timedelta(days=2)


def posted(paper: Paper, by: Appointment, **fields: Any) -> Posting | list[Refusal]:
    given = {
        "where": "村部公示栏",
        "posted_at": AT + timedelta(hours=1),
        "photos": [photo(by)],
        "posted_by_name": "隆寒露",
        **fields,
    }
    return postings.record_posting(paper, **given, by=by, now=NOW)


def test_a_posting_is_entered_with_its_photo() -> None:
    by = official()
    posting = posted(notice(by=by), by)

    assert isinstance(posting, Posting)
    assert posting.photos.count() == 1
    assert list(postings.postings_of([posting.paper_id])) == [posting]


def test_a_notice_may_hang_on_the_day_of_its_issue_at_any_hour() -> None:
    by = official()
    early = datetime(2018, 11, 12, 0, 0, tzinfo=CHINA)

    assert isinstance(posted(notice(by=by), by, posted_at=early), Posting)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"posted_at": AT - timedelta(days=1)}, ["posting_before_issue"]),
        ({"posted_at": NOW + timedelta(minutes=1)}, ["posting_future"]),
        ({"where": " "}, ["posting_where"]),
        ({"posted_by_name": ""}, ["posting_by"]),
        ({"photos": []}, ["posting_photo"]),
        ({"photos": [], "where": ""}, ["posting_where", "posting_photo"]),
    ],
)
def test_everything_that_speaks_against_it_is_said(
    fields: dict[str, Any], codes: list[str]
) -> None:
    by = official()
    refusals = posted(notice(by=by), by, **fields)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == codes
    assert Posting.objects.count() == 0


def test_a_household_paper_is_never_posted() -> None:
    by = official()
    refusals = posted(notice(kind="exit_confirmation", by=by), by)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["posting_kind"]


def test_a_withdrawn_notice_is_not_posted() -> None:
    by = official()
    paper = notice(by=by)
    papers.withdraw([paper.pk], by=by, at=AT, reason="名单有误")
    paper.refresh_from_db()
    refusals = posted(paper, by)

    assert isinstance(refusals, list)
    assert str(refusals[0]) == "十村公示〔2018〕1号已撤销，不得张贴"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (AT - timedelta(days=1), "posting_order"),
        (NOW + timedelta(days=1), "posting_future"),
    ],
)
def test_a_notice_is_taken_down_after_it_was_put_up(at: datetime, code: str) -> None:
    by = official()
    posting = posted(notice(by=by), by)
    assert isinstance(posting, Posting)

    refusal = postings.take_down(posting, at=at, name="石爬专", by=by, now=NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    done = postings.take_down(posting, at=NOW, name=" 石爬专 ", by=by, now=NOW)
    assert isinstance(done, Posting)
    assert (done.taken_down_by_name, done.taken_down_under) == ("石爬专", by)


def test_a_sheet_is_taken_down_once_and_by_somebody() -> None:
    by = official()
    posting = posted(notice(by=by), by)
    assert isinstance(posting, Posting)

    nobody = postings.take_down(posting, at=NOW, name=" ", by=by, now=NOW)
    postings.take_down(posting, at=NOW, name="石爬专", by=by, now=NOW)
    again = postings.take_down(posting, at=NOW, name="龙先兰", by=by, now=NOW)

    assert isinstance(nobody, Refusal)
    assert isinstance(again, Refusal)
    assert (nobody.code, again.code) == ("posting_by", "posting_down")
    assert Posting.objects.get().taken_down_by_name == "石爬专"
