"""A contested list is put up anew: offered, filled in, checked and signed."""

from typing import Any

from notices.models import Channel, Objection, Outcome, Paper, PaperState
from notices.objections import Complaint, answer, file_objection
from permissions.posts import Post
from tests.workflows.pages import at_desk, browser, sign, url
from tests.world import World
from workflows import clock
from workflows.models import Batch

CONTESTED = "异议成立，名单变动，须重新公示"


def hanging(world: World, count: int = 3) -> Batch:
    """Return an exit's list whose notice hangs in the village."""
    batch = world.open("household_exit", world.households(count, registered=True))
    world.until(batch, "post_village")
    world.step(batch)
    batch.refresh_from_db()
    clock.set_training_day(world.day)
    return batch


def filed(world: World, batch: Batch, household_id: int | None) -> Objection:
    """File an objection to the notice."""
    paper = Paper.objects.get(about=batch.about, kind="village_publicity")
    complaint = Complaint(
        content="在县城有商品房",
        channel=Channel.PHONE,
        received_at=world.now,
        household_id=household_id,
        anonymous=True,
    )
    by = world.hats[Post.TOWNSHIP_CLERK]
    found = file_objection(paper, complaint, by=by, now=world.now)
    assert isinstance(found, Objection)
    return found


def uphold(world: World, batch: Batch, household_id: int | None) -> Objection:
    """File an objection to the notice and uphold it."""
    by = world.hats[Post.TOWNSHIP_CLERK]
    objection = filed(world, batch, household_id)
    finding: dict[str, Any] = {"finding": "属实", "investigators": ""}
    answered = answer(objection, Outcome.UPHELD, by=by, now=world.now, **finding)
    assert isinstance(answered, Objection)
    return answered


def test_a_list_nobody_objects_to_hangs_on(world: World) -> None:
    batch = hanging(world)
    client = at_desk(world, batch)

    page = client.get(url("batch", batch.pk))
    answer_ = client.post(url("put_up_anew", batch.pk), {"back": "verify"})

    assert page.templates[0].name == "workflows/reading.html"
    assert answer_.status_code == 404


def test_a_contested_list_says_why_and_is_put_up_by_one_signature(
    world: World,
) -> None:
    batch = hanging(world)
    first = batch.cases.order_by("pk")[0]
    objection = uphold(world, batch, first.household_id)
    client = at_desk(world, batch)

    shown = client.get(url("publicity", batch.pk)).content.decode()
    checked = client.post(url("put_up_anew", batch.pk), {"back": "verify"})
    signed = sign(client, batch)

    again = Batch.objects.get(parent=batch, step="post_village")
    assert CONTESTED in shown
    assert objection.number in shown
    assert checked.url == url("check", batch.pk)
    assert "/done/" in signed.url
    assert again.cases.count() == 2
    assert list(Batch.objects.get(parent=batch, step="verify").cases.all()) == [first]


def test_the_old_notice_names_the_new_one(world: World) -> None:
    batch = hanging(world)
    uphold(world, batch, batch.cases.order_by("pk")[0].household_id)
    client = at_desk(world, batch)

    client.post(url("put_up_anew", batch.pk), {"back": "verify"})
    sign(client, batch)

    old = Paper.objects.get(about=batch.about, kind="village_publicity")
    new = old.superseded_by
    assert old.state == PaperState.SUPERSEDED
    assert new is not None
    assert len(new.context["rows"]) == 2


def test_an_objection_to_the_whole_list_sends_everybody_back(world: World) -> None:
    batch = hanging(world, 2)
    uphold(world, batch, None)
    client = at_desk(world, batch)

    client.post(url("put_up_anew", batch.pk), {"back": "appraise"})
    sign(client, batch)

    assert [one.step for one in Batch.objects.filter(parent=batch)] == ["appraise"]


def test_only_the_closing_desk_puts_a_list_up_anew(world: World) -> None:
    batch = hanging(world)
    uphold(world, batch, batch.cases.order_by("pk")[0].household_id)
    township = browser(world.hats[Post.TOWNSHIP_CLERK])

    shown = township.get(url("publicity", batch.pk)).content.decode()
    answer_ = township.post(url("put_up_anew", batch.pk), {"back": "verify"})

    assert CONTESTED in shown
    assert url("put_up_anew", batch.pk) not in shown
    assert answer_.status_code == 404


def test_nobody_is_sent_to_a_step_that_is_not_offered(world: World) -> None:
    batch = hanging(world)
    uphold(world, batch, batch.cases.order_by("pk")[0].household_id)

    answer_ = at_desk(world, batch).post(
        url("put_up_anew", batch.pk), {"back": "delist"}
    )

    assert answer_.status_code == 404
