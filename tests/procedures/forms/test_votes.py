"""Ballots typed in the rows under a meeting."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from procedures.forms.meetings import MeetingForm
from procedures.forms.votes import VoteRow
from procedures.models import Vote
from tests.procedures.forms.desk import Desk, fields_of, query
from tests.procedures.forms.test_meetings import MEETING
from workflows.models import Case


def rows(desk: Desk, peers: list[Any], typed: dict[str, str] | None = None) -> Any:
    cases = list(Case.objects.filter(batch=desk.batch).select_related("household"))
    return VoteRow.build(
        cases,
        step="appraise",
        by=desk.by,
        now=desk.now,
        data=query(typed) if typed is not None else None,
        peers=peers,
    )


def ballots(desk: Desk, votes: tuple[str, str, str]) -> dict[str, str]:
    names = ("votes_for", "against", "abstain")
    return {
        f"votes-{case.pk}-{name}": figure
        for case in desk.cases
        for name, figure in zip(names, votes, strict=True)
    }


def test_ballots_are_saved_with_the_meeting_typed_above_them(
    identification: Desk,
) -> None:
    meeting = identification.typed(MeetingForm, "appraise", **MEETING)
    made = rows(identification, [meeting], ballots(identification, ("35", "1", "1")))

    assert all(row.is_valid() for row in made.values())
    meeting.save()
    VoteRow.save_rows(made.values())

    assert Vote.objects.filter(votes_for=35, against=1, abstain=1).count() == 3
    assert set(Vote.objects.values_list("meeting", flat=True)) == {meeting.instance.pk}


def test_saved_ballots_come_back_and_are_changed_in_place(identification: Desk) -> None:
    identification.save(MeetingForm, "appraise", **MEETING)
    shown = identification.blank(MeetingForm, "appraise")
    made = rows(identification, [shown], ballots(identification, ("35", "1", "1")))
    assert all(row.is_valid() for row in made.values())
    VoteRow.save_rows(made.values())

    again = rows(identification, [shown])
    sent = {k: str(v) for row in again.values() for k, v in fields_of(row)}
    assert sent == ballots(identification, ("35", "1", "1"))
    assert not any(r.has_changed() for r in rows(identification, [], sent).values())

    changed = rows(identification, [], ballots(identification, ("30", "5", "2")))
    assert all(row.is_valid() for row in changed.values())
    VoteRow.save_rows(changed.values())
    assert Vote.objects.count() == 3
    assert Vote.objects.filter(votes_for=30, abstain=F("against") - 3).count() == 3


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (
            ("37", "0", "2"),
            "赞成、反对、弃权 37 + 0 + 2 = 39 票，多于实到 37 人",
        ),
        (
            ("30", "1", "1"),
            "赞成、反对、弃权 30 + 1 + 1 = 32 票，少于实到 37 人",
        ),
        (("37", "", "0"), "没有填写，没有人投就填 0"),
        (("37", "-1", "1"), "不能小于 0"),
        (("三十七", "0", "0"), "请填整数"),
    ],
)
def test_ballots_that_do_not_sum_are_refused_with_both_figures(
    identification: Desk, votes: tuple[str, str, str], sentence: str
) -> None:
    meeting = identification.typed(MeetingForm, "appraise", **MEETING)
    row, *_others = rows(
        identification, [meeting], ballots(identification, votes)
    ).values()

    assert not row.is_valid()
    assert any(sentence in text for e in row.errors.values() for text in e)
    assert not Vote.objects.exists()


def test_who_recused_himself_has_no_ballot_on_that_household(
    identification: Desk,
) -> None:
    kin = identification.cases[0]
    meeting = identification.typed(
        MeetingForm,
        "appraise",
        **MEETING,
        **{
            "recused-0-name": "施远明",
            "recused-0-case": str(kin.pk),
            "recused-0-reason": "兄弟",
        },
    )
    made = rows(identification, [meeting], ballots(identification, ("36", "1", "0")))

    assert not made[kin.pk].is_valid()
    (sentence,) = made[kin.pk].non_field_errors()
    assert sentence.endswith("实到 37 人减回避 1 人应为 36 票")
    assert made[identification.cases[1].pk].is_valid()


def test_ballots_without_a_meeting_are_refused(identification: Desk) -> None:
    untouched = identification.blank(MeetingForm, "appraise")
    row, *_ = rows(
        identification, [untouched], ballots(identification, ("1", "0", "0"))
    ).values()

    assert row.non_field_errors() == ["请先填写会议情况，再填票数"]


@pytest.mark.parametrize("size", [1, 5, 50])
def test_a_list_of_any_length_is_read_and_written_in_as_many_statements(
    desk_of: Callable[[str, int], Desk], size: int
) -> None:
    desk = desk_of("household_identification", size)
    desk.save(MeetingForm, "appraise", **MEETING)
    meeting = desk.blank(MeetingForm, "appraise")
    cases = list(Case.objects.filter(batch=desk.batch).select_related("household"))
    typed = query(ballots(desk, ("37", "0", "0")))

    with CaptureQueriesContext(
        connection,
    ) as reading:
        made = VoteRow.build(
            cases,
            step="appraise",
            by=desk.by,
            now=desk.now,
            data=typed,
            peers=[meeting],
        )
        assert all(row.is_valid() for row in made.values())
    with CaptureQueriesContext(connection) as writing:
        VoteRow.save_rows(made.values())

    assert len(reading) == 1
    assert len(writing) == 1
