"""Objections: taken in, hidden from the village, answered by somebody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from notices import objection_papers, objections
from notices.models import Objection, Outcome, Paper
from notices.objections import file_objection
from permissions import recusal
from permissions.models import Appointment
from permissions.models.appointments import Relation
from permissions.posts import Post
from registry.models import Household
from registry.refusals import Refusal
from tests.notices import reading
from tests.notices.contexts import AT
from tests.notices.factories import complaint, named_places, notice, official
from tests.permissions.factories import NEXT_TOWNSHIP, household

pytestmark = pytest.mark.django_db

NOW = AT + timedelta(days=2)


def filed(paper: Paper | None = None, **fields: Any) -> Objection:
    made = file_objection(
        paper or notice(), complaint(**fields), by=official(), now=NOW
    )
    assert isinstance(made, Objection), made
    return made


def answered(
    objection: Objection, by: Appointment, outcome: Outcome = Outcome.REJECTED
) -> Objection | list[Refusal]:
    return objections.answer(
        objection,
        outcome,
        finding="门面已转让",
        investigators="",
        by=by,
        now=NOW + timedelta(days=1),
    )


def test_an_objection_is_acknowledged_at_once_and_open() -> None:
    objection = filed()

    assert (objection.number, objection.acknowledged_at) == ("十村异议〔2018〕1号", NOW)
    assert list(objections.open_objections([objection.paper_id])) == [objection]


def test_the_objectors_name_is_nowhere_in_the_database() -> None:
    filed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_objection")
        row = str(cursor.fetchall())

    assert "麻谷雨" not in row
    assert "13800000000" not in row


@pytest.mark.parametrize(
    ("post", "sees"),
    [
        (Post.VILLAGE_COMMITTEE, False),
        (Post.SUPERVISION_COMMITTEE, False),
        (Post.WORK_TEAM, False),
        (Post.TOWNSHIP_CLERK, True),
        (Post.TOWNSHIP_LEADER, True),
        (Post.COUNTY_CLERK, True),
        (Post.AUDITOR, True),
        (Post.PREFECTURE_OFFICE, False),
        (Post.SYSTEM_ADMIN, False),
    ],
)
def test_only_those_who_may_take_it_on_learn_who_objects(
    post: Post, sees: bool
) -> None:
    objection = filed()
    shown = objections.objector_of(objection, reader=official(post))

    assert (shown == "麻谷雨 13800000000") is sees
    assert bool(shown) is sees


def test_once_given_to_somebody_others_of_the_township_no_longer_see_it() -> None:
    objection = filed()
    handler, other = official(Post.TOWNSHIP_CLERK), official(Post.TOWNSHIP_LEADER)
    objections.assign(objection, handler.officer, now=NOW)

    assert objections.objector_of(objection, reader=handler)
    assert not objections.objector_of(objection, reader=other)
    assert not objections.objector_of(objection, reader=None)


def test_a_neighbouring_township_sees_nothing() -> None:
    objection = filed()
    stranger = official(Post.TOWNSHIP_CLERK, NEXT_TOWNSHIP)

    assert not objections.objector_of(objection, reader=stranger)


def test_an_anonymous_objection_keeps_no_name() -> None:
    objection = filed(anonymous=True)

    assert (objection.objector_cipher, objection.contact_cipher) == ("", "")
    assert (
        objections.objector_of(objection, reader=official(Post.COUNTY_CLERK)) == "匿名"
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"content": " "}, "objection_content"),
        ({"content": "长" * 2001}, "objection_content"),
        ({"received_at": NOW + timedelta(hours=1)}, "objection_future"),
        ({"objector": " "}, "objection_objector"),
    ],
)
def test_an_incomplete_objection_is_refused(fields: dict[str, Any], code: str) -> None:
    refusals = file_objection(notice(), complaint(**fields), by=official(), now=NOW)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == [code]


def test_only_a_posted_list_can_be_objected_to() -> None:
    refusals = file_objection(
        notice(kind="exit_confirmation"), complaint(), by=official(), now=NOW
    )

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["objection_kind"]


def refused(objection: Objection, handler: Appointment) -> list[str]:
    answer = objections.assign(objection, handler.officer, now=NOW)
    return [one.code for one in answer] if isinstance(answer, list) else []


def test_a_village_post_cannot_handle_it() -> None:
    assert refused(filed(), official(Post.VILLAGE_COMMITTEE)) == ["handler_post"]


def test_the_author_of_the_notice_cannot_handle_it() -> None:
    author = official(Post.TOWNSHIP_CLERK)

    assert refused(filed(notice(by=author)), author) == ["handler_author"]


def with_household(home: Household) -> Objection:
    return filed(household_id=home.pk)


def test_a_relative_of_the_household_cannot_handle_it() -> None:
    handler = official(Post.TOWNSHIP_CLERK)
    home = household()
    recusal.declare(handler.officer, home.pk, relation=Relation.SIBLING, on=AT.date())

    assert refused(with_household(home), handler) == ["recusal_kin"]


def test_a_member_of_the_household_cannot_handle_it() -> None:
    handler = official(Post.TOWNSHIP_CLERK)
    handler.officer.id_index = "ab" * 32
    handler.officer.save()

    assert refused(with_household(household(id_index="ab" * 32)), handler) == [
        "recusal_own_household"
    ]


@pytest.mark.parametrize("outcome", [Outcome.UPHELD, Outcome.REJECTED])
def test_an_answer_closes_it_in_writing(outcome: Outcome) -> None:
    objection = filed()
    by = official(Post.TOWNSHIP_CLERK)
    done = answered(objection, by, outcome)

    assert isinstance(done, Objection)
    assert (done.outcome, done.investigators) == (outcome, by.signature)
    assert done.answer_paper
    assert done.answer_paper.number == "双镇异处〔2018〕1号"
    assert not objections.open_objections([objection.paper_id]).exists()
    upheld = objections.upheld_objections([objection.paper_id]).exists()
    assert upheld is (outcome == Outcome.UPHELD)


def test_only_its_handler_answers() -> None:
    objection = filed()
    handler, other = official(Post.TOWNSHIP_CLERK), official(Post.TOWNSHIP_LEADER)
    objections.assign(objection, handler.officer, now=NOW)
    refusals = answered(objection, other)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["answer_handler"]
    assert isinstance(answered(objection, handler), Objection)


def test_a_closed_objection_stays_closed() -> None:
    objection = filed()
    by = official(Post.TOWNSHIP_CLERK)
    answered(objection, by)

    again = answered(objection, by)
    assert isinstance(again, list)
    assert [refusal.code for refusal in again] == ["objection_closed"]
    assert isinstance(withdrawn(objection, by), list)
    assert isinstance(objections.assign(objection, by.officer, now=NOW), list)


def withdrawn(
    objection: Objection, by: Appointment, reason: str = "误会"
) -> Objection | list[Refusal]:
    return objections.withdraw(objection, reason=reason, by=by, now=NOW)


def test_an_objector_may_take_it_back() -> None:
    objection, by = filed(), official(Post.TOWNSHIP_CLERK)
    withdrawn(objection, by)
    objection.refresh_from_db()

    assert (objection.outcome, objection.answered_at) == (Outcome.WITHDRAWN, NOW)
    assert (objection.handler, objection.investigators) == (by.officer, by.signature)


def test_that_it_was_taken_back_needs_a_reason() -> None:
    refusals = withdrawn(filed(), official(Post.TOWNSHIP_CLERK), " ")

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["withdrawal_reason"]


def test_the_author_of_the_notice_does_not_record_that_it_was_taken_back() -> None:
    author = official(Post.TOWNSHIP_CLERK)
    refusals = withdrawn(filed(notice(by=author)), author)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["handler_author"]


def test_a_relative_does_not_record_that_it_was_taken_back() -> None:
    by, home = official(Post.TOWNSHIP_CLERK), household()
    recusal.declare(by.officer, home.pk, relation=Relation.SIBLING, on=AT.date())
    refusals = withdrawn(with_household(home), by)

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["recusal_kin"]


def test_of_two_answers_written_at_once_the_second_is_late() -> None:
    objection, by = filed(), official(Post.TOWNSHIP_CLERK)
    seen_by_another = Objection.objects.get(pk=objection.pk)
    answered(objection, by, Outcome.UPHELD)

    late = answered(seen_by_another, official(Post.COUNTY_CLERK))

    objection.refresh_from_db()
    assert isinstance(late, list)
    assert [refusal.code for refusal in late] == ["objection_closed"]
    assert objection.outcome == Outcome.UPHELD


@pytest.mark.parametrize(
    ("outcome", "finding", "code"),
    [
        (Outcome.OPEN, "查明", "answer_outcome"),
        (Outcome.WITHDRAWN, "查明", "answer_outcome"),
        (Outcome.UPHELD, " ", "answer_finding"),
    ],
)
def test_an_answer_needs_an_outcome_and_a_finding(
    outcome: Outcome, finding: str, code: str
) -> None:
    refusals = objections.answer(
        filed(),
        outcome,
        finding=finding,
        investigators="",
        by=official(Post.TOWNSHIP_CLERK),
        now=NOW,
    )

    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == [code]


def test_the_record_has_two_faces() -> None:
    objection = filed()
    named_places()
    township, village = official(Post.TOWNSHIP_CLERK), official()
    answered(objection, township)
    objections.assign(objection, township.officer, now=NOW)
    objection.refresh_from_db()
    objection.handler = township.officer

    full = reading.text(objection_papers.record_pdf(objection, by=township, at=NOW))
    reduced = reading.text(objection_papers.record_pdf(objection, by=village, at=NOW))
    assert "麻谷雨" in full
    assert "麻谷雨" not in reduced
    assert "依法保密" in reduced
    assert objection.answer_paper
    assert "麻谷雨" not in str(objection.answer_paper.context)
