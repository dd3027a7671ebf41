"""The one action at a desk: all or nothing, once, by the right officer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Paper
from permissions.posts import Post
from tests.world import World
from workflows.actions import PASS, Kind, Refused, Verdict, act
from workflows.errors import Stale, Trespass
from workflows.models import Batch, Case, Entry, Receipt

EXIT, REMOVAL = "household_exit", "household_removal"


def ids(batch: Batch) -> list[int]:
    """Return the open cases of a batch in the order of the list."""
    cases = Case.objects.filter(batch=batch, closed_on=None).order_by("pk")
    return list(cases.values_list("pk", flat=True))


def at_appraisal(world: World, count: int = 4) -> Batch:
    """Return an exit batch whose meeting is recorded but not acted upon."""
    batch = world.open(EXIT, world.households(count, registered=True))
    world.until(batch, "appraise")
    world.fill(batch, {})
    return batch


def test_every_household_passes_and_the_batch_goes_to_the_next_desk(
    world: World,
) -> None:
    batch = at_appraisal(world)

    world.act(batch)

    assert batch.step == "confirm"
    assert set(Case.objects.values_list("state", flat=True)) == {"appraised"}


def test_each_household_gets_its_own_verdict(world: World) -> None:
    batch = at_appraisal(world)
    passed, returned, refused, aside = ids(batch)

    world.act(
        batch,
        {
            returned: Verdict(kind=Kind.RETURN, to="verify", reason="重新测算"),
            refused: Verdict(kind=Kind.REFUSE, reason="未过半数"),
            aside: Verdict(kind=Kind.ASIDE, reason="户主外出"),
        },
    )

    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {
        passed: "appraised",
        returned: "proposed",
        refused: "refused",
        aside: "verified",
    }


def test_returned_and_set_aside_households_go_on_in_follow_up_batches(
    world: World,
) -> None:
    batch = at_appraisal(world)
    _passed, returned, _other, aside = ids(batch)

    world.act(
        batch,
        {
            returned: Verdict(kind=Kind.RETURN, to="verify", reason="重新测算"),
            aside: Verdict(kind=Kind.ASIDE, reason="户主外出"),
        },
    )

    follow_ups = {b.step: ids(b) for b in Batch.objects.filter(parent=batch)}
    assert follow_ups == {"verify": [returned], "appraise": [aside]}


def test_a_refused_household_is_told_why_on_paper(world: World) -> None:
    batch = at_appraisal(world)
    refused = ids(batch)[0]

    world.act(batch, {refused: Verdict(kind=Kind.REFUSE, reason="未过半数")})

    papers = Paper.objects.filter(kind="not_eligible")
    assert [paper.about for paper in papers] == [f"case/{refused}"]


def test_one_refusal_keeps_everything_as_it_was(world: World) -> None:
    batch = world.open(EXIT, world.households(3, registered=True))
    world.until(batch, "appraise")
    first, *_rest = ids(batch)
    world.fill(batch, {first: {"votes": (17, 14, 6)}})
    before = (Entry.objects.count(), Receipt.objects.count(), Paper.objects.count())

    answer = world.act(batch)

    assert isinstance(answer, Refused)
    assert list(answer.cases) == [first]
    after = (Entry.objects.count(), Receipt.objects.count(), Paper.objects.count())
    assert (after, batch.step) == (before, "appraise")


def test_all_refusals_of_all_households_come_at_once(world: World) -> None:
    batch = world.open(EXIT, world.households(2, registered=True))
    world.until(batch, "verify")

    answer = world.act(batch)

    assert isinstance(answer, Refused)
    codes = [[refusal.code for refusal in found] for found in answer.cases.values()]
    assert codes[0] == codes[1]
    assert {"visit_missing", "worksheet_missing"} <= set(codes[0])


@pytest.mark.parametrize("kind", [Kind.RETURN, Kind.REFUSE, Kind.ASIDE])
def test_anything_but_a_pass_needs_a_reason(world: World, kind: Kind) -> None:
    batch = at_appraisal(world)
    first = ids(batch)[0]

    answer = world.act(batch, {first: Verdict(kind=kind, to="verify", reason=" ")})

    assert isinstance(answer, Refused)
    assert [r.code for r in answer.cases[first]] == ["reason_missing"]


def test_a_household_cannot_be_sent_forward(world: World) -> None:
    batch = at_appraisal(world)
    first = ids(batch)[0]

    answer = world.act(
        batch, {first: Verdict(kind=Kind.RETURN, to="approve", reason="错")}
    )

    assert isinstance(answer, Refused)
    assert [r.code for r in answer.cases[first]] == ["return_not_allowed"]


def test_setting_everybody_aside_is_no_act(world: World) -> None:
    batch = at_appraisal(world, 2)
    aside = {pk: Verdict(kind=Kind.ASIDE, reason="等") for pk in ids(batch)}

    answer = world.act(batch, aside)

    assert isinstance(answer, Refused)
    assert [r.code for r in answer.batch] == ["all_aside"]


def test_the_same_submit_twice_acts_once(world: World) -> None:
    batch = at_appraisal(world)
    call = {
        "batch_id": batch.pk,
        "step": batch.step,
        "verdicts": dict.fromkeys(ids(batch), PASS),
        "by": world.hat(batch),
        "key": "same",
        "version": batch.version,
        "now": world.now,
    }
    first, entries = act(**call), Entry.objects.count()

    again = act(**call)

    assert (first.replayed, again.replayed) == (False, True)
    assert (again.counts, Entry.objects.count()) == (first.counts, entries)


def test_an_old_page_is_told_who_acted(world: World) -> None:
    batch = at_appraisal(world)
    old = {
        "batch_id": batch.pk,
        "step": "appraise",
        "verdicts": dict.fromkeys(ids(batch), PASS),
        "by": world.hat(batch),
        "version": batch.version,
        "now": world.now,
    }
    world.act(batch)

    with pytest.raises(Stale) as stale:
        act(**old, key="late")

    assert stale.value.last is not None
    assert stale.value.last.actor == world.hats[Post.VILLAGE_COMMITTEE].officer


@pytest.mark.parametrize(
    "post", [Post.TOWNSHIP_CLERK, Post.WORK_TEAM, Post.COUNTY_LEADER]
)
def test_another_post_trespasses(world: World, post: Post) -> None:
    batch = at_appraisal(world)

    with pytest.raises(Trespass):
        world.act(batch, by=world.hats[post])


def test_a_notice_cannot_be_closed_before_its_days_are_over(world: World) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "post_village")
    world.step(batch)

    answer = world.act(batch)

    assert isinstance(answer, Refused)
    assert "publicity_running" in [refusal.code for refusal in answer.batch]


@pytest.mark.parametrize(
    ("slug", "step", "size", "statements"),
    [
        (EXIT, "appraise", 1, 22),
        (EXIT, "appraise", 5, 22),
        (EXIT, "appraise", 500, 22),
        (EXIT, "township_review", 1, 18),
        (EXIT, "township_review", 50, 18),
        (REMOVAL, "appraise", 1, 24),
        (REMOVAL, "appraise", 50, 24),
        (REMOVAL, "remove", 50, 24),
    ],
)
def test_an_act_costs_the_same_statements_whatever_the_list(
    world: World, slug: str, step: str, size: int, statements: int
) -> None:
    batch = world.open(slug, world.households(size, registered=True))
    world.until(batch, step)
    world.fill(batch, {})
    call = {
        "batch_id": batch.pk,
        "step": batch.step,
        "verdicts": dict.fromkeys(ids(batch), PASS),
        "by": world.hat(batch),
        "key": "counted",
        "version": batch.version,
        "now": world.now,
    }

    with CaptureQueriesContext(connection) as captured:
        act(**call)

    # Two more are the savepoint that stands for BEGIN and COMMIT here.
    assert len(captured) == statements + 2
