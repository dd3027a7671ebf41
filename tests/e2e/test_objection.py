"""An objection from the village wall to its written answer."""

from collections.abc import Callable

import pytest

from notices.models import Objection, Outcome, Paper, PaperState
from permissions.posts import Post
from tests.e2e.desk import Desk
from tests.e2e.forms import LEAVING
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.world import World
from workflows import clock
from workflows.models import Batch

pytestmark = pytest.mark.chromium
OBJECTOR, PHONE = "覃直言", "19907431234"


def hanging(world: World) -> Batch:
    """Return an exit's list whose notice hangs in the village today."""
    batch = world.open("household_exit", world.households(2, registered=True))
    world.until(batch, "post_village")
    world.step(batch)
    clock.set_training_day(world.day)
    batch.refresh_from_db()
    return batch


def object_to(person: Person, batch: Batch, head: str) -> None:
    """Enter the objection as the township hears it on the telephone."""
    person.go(f"/batch/{batch.pk}/publicity/")
    person.press("登记异议")
    choice = person.page.locator("[name=household] option", has_text=head)
    person.put("household", choice.get_attribute("value"))
    person.put("channel", "phone")
    person.put("content", "该户在县城有商品房")
    person.put("objector", OBJECTOR)
    person.put("contact", PHONE)
    person.press("登记并告知受理")


def test_an_objection_is_answered_and_the_village_never_learns_whose(
    world: World, office: Callable[..., Office]
) -> None:
    batch = hanging(world)
    head = batch.cases.order_by("pk").first().household.head_name
    windows = office(width=390)
    township = windows.at(Post.TOWNSHIP_CLERK)
    object_to(township, batch, head)
    filed = Objection.objects.get()
    assert OBJECTOR in township.text

    village = windows.at(Post.SUPERVISION_COMMITTEE)
    for address in (f"/objection/{filed.pk}/", f"/batch/{batch.pk}/publicity/"):
        village.go(address)
        assert head in village.text
        assert OBJECTOR not in village.page.content()
        assert PHONE not in village.page.content()
    assert village.page.locator("text=书面答复").count() == 0

    village.next_deadline()
    village.go(f"/batch/{batch.pk}/")
    assert "异议没有办结" in village.text

    township.put("outcome", "rejected")
    township.put("finding", "经县房管部门核实，该户名下没有商品房。")
    township.put("investigators", "吴若水、石清明")
    township.press("答复")
    assert "已答复" in township.text
    filed.refresh_from_db()
    assert filed.outcome == Outcome.REJECTED

    desk = Desk(person=village, number=batch.pk, day=world.day, fillers=LEAVING)
    desk.open()
    desk.submit()
    batch.refresh_from_db()
    assert batch.step == "township_review"


def test_an_objection_that_is_upheld_puts_the_rest_of_the_list_up_anew(
    world: World, office: Callable[..., Office]
) -> None:
    batch = hanging(world)
    first = batch.cases.order_by("pk").first()
    windows = office()
    township = windows.at(Post.TOWNSHIP_CLERK)
    object_to(township, batch, first.household.head_name)
    township.put("outcome", "upheld")
    township.put("finding", "该户在县城有商品房，属实。")
    township.press("答复")

    village = windows.at(Post.SUPERVISION_COMMITTEE)
    village.go(f"/batch/{batch.pk}/publicity/")
    assert "异议成立，名单变动，须重新公示" in village.text
    village.put("back", "verify")
    village.press("去核对：重新公示")
    desk = Desk(person=village, number=batch.pk, day=world.day, fillers=LEAVING)
    desk.sign()

    steps = Batch.objects.filter(parent=batch).values_list("step", flat=True)
    assert sorted(steps) == ["post_village", "verify"]
    (old, new) = Paper.objects.filter(kind="village_publicity").order_by("number")
    assert (old.state, old.superseded_by) == (PaperState.SUPERSEDED, new)
    assert first.household.head_name not in str(new.context["rows"])
