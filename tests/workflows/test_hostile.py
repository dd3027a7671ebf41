"""What an act beside the road must leave alone, and what it may not do at all."""

from datetime import date, datetime, timedelta

import pytest

from notices.models import Paper, PaperState
from permissions import recusal
from permissions.models.appointments import Relation
from permissions.posts import Post
from registry.refusals import Refusal
from tests.workflows.test_acting import EXIT, at_appraisal, ids
from tests.world import World
from workflows import tasks, transit
from workflows.actions import (
    Kind,
    Refused,
    Verdict,
    asides,
    hold,
    recall,
    release,
    withdraw,
)
from workflows.actions.opening import NotOpened
from workflows.calendar import UnknownHolidayYear
from workflows.errors import Stale
from workflows.models import Batch, Case, Entry


def test_a_recall_leaves_the_paper_of_a_refused_household_in_force(
    world: World,
) -> None:
    batch = at_appraisal(world, 2)
    by, refused = world.hat(batch), ids(batch)[0]
    world.act(batch, {refused: Verdict(kind=Kind.REFUSE, reason="未过半数")})

    recall(batch.pk, by=by, reason="票数录错", version=batch.version, now=world.now)

    paper = Paper.objects.get(kind="not_eligible")
    assert paper.state == PaperState.ISSUED


def test_a_recall_leaves_the_notice_of_a_follow_up_list_in_force(world: World) -> None:
    batch = world.open(EXIT, world.households(2, registered=True))
    world.until(batch, "close_village")
    world.wait(batch)
    by, returned = world.hat(batch), ids(batch)[0]
    sent_back = Verdict(kind=Kind.RETURN, to="post_village", reason="重新张贴")
    world.act(batch, {returned: sent_back})
    follow_up = Batch.objects.get(parent=batch)

    recall(batch.pk, by=by, reason="办错了", version=batch.version, now=world.now)

    notice = Paper.objects.get(about=follow_up.about, kind="village_publicity")
    assert notice.state == PaperState.ISSUED
    world.step(follow_up)
    assert follow_up.clock_until is not None


@pytest.mark.parametrize("aside", [hold, withdraw])
def test_a_relative_does_nothing_to_a_household(world: World, aside: object) -> None:
    batch = at_appraisal(world, 2)
    case = Case.objects.get(pk=ids(batch)[0])
    by = world.hat(batch)
    recusal.declare(
        by.officer, case.household_id, relation=Relation.SIBLING, on=world.day
    )

    answer = aside(case.pk, by=by, reason="他家的事", now=world.now)

    assert isinstance(answer, Refusal)
    assert answer.code == "recusal_kin"
    assert not Entry.objects.filter(case=case, act__in=["hold", "withdraw"]).exists()


def test_a_relative_does_not_recall_a_list(world: World) -> None:
    batch = at_appraisal(world, 2)
    by, case = world.hat(batch), Case.objects.get(pk=ids(batch)[0])
    world.act(batch)
    recusal.declare(
        by.officer, case.household_id, relation=Relation.SIBLING, on=world.day
    )

    answer = recall(
        batch.pk, by=by, reason="办错了", version=batch.version, now=world.now
    )

    assert isinstance(answer, Refusal)
    assert answer.code == "recusal_kin"


def test_what_is_held_is_not_held_again_nor_the_free_released(world: World) -> None:
    batch = at_appraisal(world, 1)
    by, first = world.hat(batch), ids(batch)[0]

    free = release(first, by=by, reason="已核对", now=world.now)
    hold(first, by=by, reason="核对人口", now=world.now)
    again = hold(first, by=by, reason="核对人口", now=world.now)

    assert [free.code, again.code] == ["case_not_held", "case_held"]
    assert Entry.objects.filter(case_id=first, act=Entry.Act.HOLD).count() == 1


@pytest.mark.parametrize("kind", [Kind.RETURN, Kind.REFUSE, Kind.ASIDE])
def test_a_reason_too_long_for_the_ledger_is_refused(world: World, kind: Kind) -> None:
    batch = at_appraisal(world)
    first = ids(batch)[0]

    answer = world.act(
        batch, {first: Verdict(kind=kind, to="verify", reason="长" * 501)}
    )

    assert isinstance(answer, Refused)
    assert [r.code for r in answer.cases[first]] == ["reason_long"]


@pytest.mark.parametrize("aside", [hold, withdraw])
def test_a_long_reason_stops_what_is_done_beside_the_road(
    world: World, aside: object
) -> None:
    batch = at_appraisal(world, 2)

    answer = aside(ids(batch)[0], by=world.hat(batch), reason="长" * 301, now=world.now)

    assert isinstance(answer, Refusal)
    assert answer.code == "reason_long"


def test_a_long_reason_stops_a_recall(world: World) -> None:
    batch = at_appraisal(world, 1)
    by = world.hat(batch)
    world.act(batch)

    answer = recall(
        batch.pk, by=by, reason="长" * 301, version=batch.version, now=world.now
    )

    assert isinstance(answer, Refusal)
    assert answer.code == "reason_long"


def test_a_household_that_left_the_list_meanwhile_is_not_touched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = at_appraisal(world, 2)
    by, first = world.hats[Post.VILLAGE_COMMITTEE], ids(batch)[0]
    lock = asides.writing.locked_batch

    def overtaken(batch_id: int) -> Batch:
        monkeypatch.setattr(asides.writing, "locked_batch", lock)
        world.act(batch, {first: Verdict(kind=Kind.ASIDE, reason="户主外出")})
        return lock(batch_id)

    monkeypatch.setattr(asides.writing, "locked_batch", overtaken)

    with pytest.raises(Stale):
        withdraw(first, by=by, reason="户主撤回", now=world.now)

    assert not Entry.objects.filter(act=Entry.Act.WITHDRAW).exists()


def unknown(*_args: object, **_options: object) -> date:
    raise UnknownHolidayYear(2031)


def test_a_year_without_holidays_refuses_the_act(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = at_appraisal(world, 1)
    monkeypatch.setattr(transit, "_set_due", unknown)

    answer = world.act(batch)

    assert isinstance(answer, Refused)
    assert [refusal.code for refusal in answer.batch] == ["unknown_holidays"]
    assert batch.step == "appraise"


def test_a_year_without_holidays_refuses_a_new_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transit, "_set_due", unknown)

    answer = world.try_open(EXIT, world.households(1, registered=True))

    assert isinstance(answer, NotOpened)
    assert [refusal.code for refusal in answer.batch] == ["unknown_holidays"]
    assert not Batch.objects.exists()


def test_a_year_without_holidays_refuses_a_recall(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = at_appraisal(world, 1)
    by = world.hat(batch)
    world.act(batch)
    monkeypatch.setattr(transit, "_set_due", unknown)

    answer = recall(
        batch.pk, by=by, reason="办错了", version=batch.version, now=world.now
    )

    assert isinstance(answer, Refusal)
    assert answer.code == "unknown_holidays"


def test_one_clock_that_fails_does_not_stop_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = world.households(2, registered=True)
    lists = [world.open(EXIT, [home]) for home in homes]
    for batch in lists:
        world.until(batch, "post_village")
        world.step(batch)
    world.day = max(batch.clock_until for batch in lists) + timedelta(days=1)
    close = tasks.close_clock

    def half(pk: int, *, now: datetime) -> bool:
        return unknown() if pk == lists[0].pk else close(pk, now=now)

    monkeypatch.setattr(tasks, "close_clock", half)

    assert tasks.tick(world.now) == 1
