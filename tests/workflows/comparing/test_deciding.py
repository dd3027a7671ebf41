"""Deciding a hit: by whom, on what, and what it does to the cases concerned."""

from datetime import timedelta

import pytest

from permissions.models.appointments import Relation
from permissions.posts import Post
from permissions.recusal import declare
from procedures.models import Comparison, Hit
from registry.comparing.kinds import Decision
from registry.membership import remove_member
from registry.models import Household
from tests.workflows.comparing.scene import IDENTIFICATION, County, car, head
from workflows import replay
from workflows.comparing.report import households_to_remove, report
from workflows.errors import Trespass
from workflows.models import Case, Match, RoundEntry

EXPLAINED, ACCEPTED, OPEN = Decision.EXPLAINED, Decision.ACCEPTED, Decision.OPEN


@pytest.mark.parametrize(
    ("decision", "said", "code"),
    [
        (OPEN, {}, "hit_undecided"),
        (ACCEPTED, {"explanation": " "}, "hit_without_reason"),
        (EXPLAINED, {"pictures": []}, "hit_without_evidence"),
        (EXPLAINED, {"exception": "welfare_post"}, "exception_unknown"),
        (ACCEPTED, {"exception": "sold"}, "exception_of_true_hit"),
    ],
)
def test_a_hit_is_not_decided_without(
    county: County,
    homes: list[Household],
    decision: Decision,
    said: dict[str, object],
    code: str,
) -> None:
    match = county.hit(head(homes[0]))

    refused = county.decide(match, decision, **said)

    match.refresh_from_db()
    assert [one.code for one in refused] == [code]
    assert match.decision == OPEN


def test_a_hit_is_explained_by_an_exception_of_the_rulebook(
    county: County, homes: list[Household]
) -> None:
    match = county.hit(head(homes[0]))

    assert county.decide(match, EXPLAINED, exception="hand_tractor") == []

    match.refresh_from_db()
    assert (match.decision, match.exception) == (EXPLAINED, "hand_tractor")
    assert match.decided_by == county.clerk


def test_another_name_is_accepted_only_by_who_has_looked(
    county: County, homes: list[Household]
) -> None:
    match = county.hit(head(homes[0]), name="龙不同")

    refused = county.decide(match)

    assert [one.code for one in refused] == ["hit_of_another_name"]
    assert county.decide(match, same_person=True) == []


def test_kin_may_not_decide(county: County, homes: list[Household]) -> None:
    match = county.hit(head(homes[0]))
    declare(
        county.clerk.officer,
        homes[0].pk,
        relation=Relation.SIBLING,
        on=county.world.day,
    )

    refused = county.decide(match)

    assert [one.code for one in refused] == ["recusal_kin"]


@pytest.mark.parametrize("post", [Post.TOWNSHIP_CLERK, Post.VILLAGE_COMMITTEE])
def test_below_the_county_nobody_decides(
    county: County, homes: list[Household], post: Post
) -> None:
    match = county.hit(head(homes[0]))

    with pytest.raises(Trespass):
        county.decide(match, by=county.world.hats[post])


def test_a_decision_leaves_a_line_and_may_be_changed(
    county: County, homes: list[Household]
) -> None:
    match = county.hit(head(homes[0]))

    assert county.decide(match) == []
    assert county.decide(match, EXPLAINED, exception="sold") == []

    lines = RoundEntry.objects.filter(match=match).order_by("pk")
    assert [line.data["decision"] for line in lines] == [ACCEPTED, EXPLAINED]


def test_a_hit_becomes_a_fact_of_the_open_case(
    county: County, homes: list[Household]
) -> None:
    applying = county.world.households(2, seed=8)
    batch = county.world.open(IDENTIFICATION, applying)

    match = county.hit(head(applying[0]))

    hit = Hit.objects.get()
    case = Case.objects.get(batch=batch, household=applying[0])
    assert (hit.comparison.case, hit.match, hit.kind) == (case, match, "vehicle")
    assert hit.comparison.departments == ["公安"]
    assert Comparison.objects.count() == 2


def test_a_decision_follows_into_the_case(
    county: County, homes: list[Household]
) -> None:
    applying = county.world.households(1, seed=8)
    county.world.open(IDENTIFICATION, applying)
    match = county.hit(head(applying[0]))

    county.decide(match, EXPLAINED, exception="hand_tractor", explanation="耕地用")

    hit = Hit.objects.get()
    assert (hit.decision, hit.explanation) == (EXPLAINED, "手扶拖拉机：耕地用")
    assert hit.decided_by == county.clerk.officer
    assert hit.evidence is not None


def test_what_a_department_took_back_leaves_the_case(
    county: County, homes: list[Household]
) -> None:
    applying = county.world.households(1, seed=8)
    county.world.open(IDENTIFICATION, applying)
    department = county.released(county.open())
    county.answer(department, [car(head(applying[0]))])

    county.answer(department, [])

    assert not Hit.objects.exists()
    assert Comparison.objects.get().departments == ["公安"]


def test_a_valid_comparison_waits_for_the_case(
    county: County, homes: list[Household]
) -> None:
    applying = county.world.households(1, seed=8)
    round_ = county.open(groups=["unregistered"])
    county.answer(county.released(round_), [car(head(applying[0]))])

    county.world.open(IDENTIFICATION, applying)

    assert Hit.objects.get().comparison.round == round_
    reused = round_.entries.filter(act=RoundEntry.Act.REUSED)
    assert [line.data["cases"] for line in reused] == [[Case.objects.get().pk]]


@pytest.mark.parametrize("days", [179, 180])
def test_an_expired_comparison_is_not_reused(
    county: County, homes: list[Household], days: int
) -> None:
    applying = county.world.households(1, seed=8)
    round_ = county.open(groups=["unregistered"])
    county.answer(county.released(round_), [car(head(applying[0]))])
    county.world.day += timedelta(days=days)

    county.world.open(IDENTIFICATION, applying)

    assert Hit.objects.exists() is (days < 180)


def test_a_comparison_of_other_people_is_not_reused(county: County) -> None:
    applying = county.world.households(4, seed=8)
    home = next(home for home in applying if home.size > 1)
    round_ = county.open(groups=["unregistered"])
    county.answer(county.released(round_), [car(head(home))])
    gone = home.members.exclude(relation="02").first()
    left = remove_member(gone, on=county.world.day, by=None, reason="测试")
    assert not isinstance(left, list), left

    county.world.open(IDENTIFICATION, [home])

    assert not Comparison.objects.exists()


def test_the_report_counts_each_household_once(
    county: County, homes: list[Household]
) -> None:
    department = county.released(county.open())
    one, two, three = (head(home) for home in homes[:3])
    county.answer(department, [car(one), car(one, name="x"), car(two), car(three)])
    first, second = Match.objects.filter(person=one).order_by("pk")
    county.decide(first)
    county.decide(Match.objects.get(person=two), EXPLAINED, exception="sold")

    found = report(department.round)

    assert second.decision == OPEN
    assert [place.name for place, _tally in found.lines] == ["双龙镇"]
    figures = (found.sum.compared, found.sum.hit, found.sum.open)
    assert figures == (4, 3, 1)
    assert (found.sum.explained, found.sum.accepted) == (1, 1)
    assert found.sum.kinds == {"payroll": 0, "business": 0, "housing": 0, "vehicle": 3}
    assert households_to_remove(department.round) == [homes[0].pk]


def test_replay_finds_no_difference(county: County, homes: list[Household]) -> None:
    applying = county.world.households(1, seed=8)
    batch = county.world.open(IDENTIFICATION, applying)
    county.decide(county.hit(head(applying[0])))

    batch.refresh_from_db()
    assert list(replay.differences([batch])) == []
