"""Minutes, tally, ballot and sign-in: figures to the vote, nobody left out."""

import pytest

from procedures.models import Method, Recused, Vote
from procedures.papers import law
from tests.procedures.papers.factories import (
    EXIT,
    World,
    decide,
    meeting,
    world,
)
from workflows.models import Entry


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (34, 37, "91.9%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (19, 38, "50.0%"),
        (1, 8, "12.5%"),
        (1, 2000, "0.1%"),
        (0, 37, "0.0%"),
        (37, 37, "100.0%"),
        (None, 37, ""),
        (3, 0, ""),
        (3, None, ""),
    ],
)
def test_a_share_is_rounded_half_up_to_a_tenth(
    part: int | None, whole: int | None, text: str
) -> None:
    assert law.percent(part, whole) == text


def minutes(made: World, step: str = "appraise") -> dict:
    (draft,) = made.drafts(["minutes"], step)
    return draft.context


def vote(made: World, number: int, votes: tuple[int, int, int]) -> None:
    columns = dict(zip(("votes_for", "against", "abstain"), votes, strict=True))
    wanted = Vote.objects.filter(
        case=made.cases[number], meeting=meeting(made, "appraise")
    )
    assert wanted.update(**columns) == 1


@pytest.mark.django_db
def test_minutes_say_who_came_and_how_many_had_to() -> None:
    made = world(EXIT, 2)
    said = minutes(made)
    assert (said["due"], said["present"], said["women"]) == (45, 38, 12)
    assert said["present_percent"] == "84.4%"
    assert said["quorum_text"].startswith(
        "至少须到30人，已达到，依据《村民委员会组织法》"
    )
    assert said["authorisation"] == "2018年9月17日村民会议授权（村民会议决议）"
    assert said["meeting_title"] == "十八洞村村民代表会议"


@pytest.mark.django_db
def test_half_of_those_present_is_no_majority() -> None:
    made = world(EXIT, 3)
    vote(made, 0, (19, 19, 0))
    vote(made, 1, (20, 18, 0))
    vote(made, 2, (36, 1, 1))
    rows = minutes(made)["rows"]
    assert [row["result"] for row in rows] == ["未通过", "通过", "通过"]
    assert [row["percent"] for row in rows] == ["50.0%", "52.6%", "94.7%"]


@pytest.mark.django_db
def test_minutes_keep_the_household_that_found_no_majority() -> None:
    made = world(EXIT, 3)
    lost, passed = made.cases[0], made.cases[1:]
    vote(made, 0, (5, 30, 3))
    decide(made, lost, "appraise", act=Entry.Act.REFUSE, reason="未过半数")
    for case in passed:
        decide(made, case, "appraise")
    (draft,) = made.drafts(["minutes"], "appraise", cases=passed)
    heads = [row["head"] for row in draft.context["rows"]]
    assert heads == [case.household.head_name for case in made.cases]


@pytest.mark.django_db
def test_minutes_name_who_left_the_room_and_for_whom() -> None:
    made = world(EXIT, 2)
    met = meeting(made, "appraise")
    Recused.objects.create(
        meeting=met, name="龙守信", case=made.cases[1], reason="兄弟"
    )
    Recused.objects.create(meeting=met, name="石念群", case=None, reason="自愿回避")
    head = made.cases[1].household.head_name
    assert minutes(made)["recused"] == [
        {"name": "龙守信", "head": head, "reason": "兄弟"},
        {"name": "石念群", "head": "全部", "reason": "自愿回避"},
    ]


@pytest.mark.django_db
def test_each_group_has_minutes_of_its_own_households_only() -> None:
    made = world(EXIT, 8)
    drafts = made.drafts(["minutes"], "propose")
    groups = [{row["group"] for row in draft.context["rows"]} for draft in drafts]
    assert all(len(group) == 1 for group in groups)
    assert sum(len(draft.context["rows"]) for draft in drafts) == 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "sheets"), [(Method.SECRET, 38), (Method.OPEN, 38), (Method.HANDS, None)]
)
def test_a_tally_counts_sheets_only_where_there_are_sheets(
    method: str, sheets: int | None
) -> None:
    made = world(EXIT, 2)
    met = meeting(made, "appraise")
    type(met).objects.filter(pk=met.pk).update(method=method)
    (draft,) = made.drafts(["tally"], "appraise")
    counted = {draft.context[key] for key in ("issued", "returned", "valid")}
    assert counted == {sheets}


@pytest.mark.django_db
def test_a_tally_leaves_sheets_blank_when_votes_do_not_match() -> None:
    made = world(EXIT, 2)
    vote(made, 0, (30, 1, 1))
    (draft,) = made.drafts(["tally"], "appraise")
    assert draft.context["valid"] is None


@pytest.mark.django_db
def test_sheets_before_the_meeting_are_left_blank() -> None:
    made = world(EXIT, 2, facts=False)
    sign_in, ballot = made.drafts(["sign_in", "ballot"], "appraise")
    assert sign_in.context["held_at"] is None
    assert sign_in.context["due"] is None
    assert sign_in.context["meeting_title"] == "十八洞村民主评议会议"
    assert len(ballot.context["rows"]) == 2
    assert minutes(made)["quorum_text"] == ""
