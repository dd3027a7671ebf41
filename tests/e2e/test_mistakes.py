"""What is typed wrongly: a clear word, nothing lost, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from notices.models import Photo
from permissions.posts import Post
from procedures.models import Checklist, Meeting, Visit, Vote, Worksheet
from tests.e2e import forms
from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.pictures import disguised_pdf, heavy_photo, photo
from tests.world import World
from workflows import clock
from workflows.models import Batch

pytestmark = pytest.mark.chromium
WRONG = 422
EXIT = "household_exit"


def at_step(world: World, step: str, *, count: int = 1) -> Batch:
    """Return an exit's list that has come to a step, on the world's day."""
    batch = world.open(EXIT, world.households(count, registered=True))
    world.until(batch, step)
    clock.set_training_day(world.day)
    return batch


def at_visit(world: World, office: Office, slug: str) -> Person:
    """Return the work team before a page of facts about the first household."""
    batch = at_step(world, "verify")
    person = office.at(Post.WORK_TEAM)
    person.go(f"/case/{batch.cases.get().pk}/{slug}/")
    return person


def refused(person: Person, *words: str) -> None:
    """Save and read that it was not saved, and why."""
    person.save(status=WRONG)
    summary = person.page.locator(".govuk-error-summary").inner_text()
    assert "您填的内容还在" in summary
    for word in words:
        assert word in person.text, person.text


@pytest.mark.parametrize(
    ("upload", "words"),
    [(heavy_photo, ("大照片.jpg", "15 MB")), (disguised_pdf, ("扫描.jpg",))],
    ids=["30 MB", "a PDF named .jpg"],
)
def test_a_file_that_is_no_photo_is_named_and_the_rest_kept(
    world: World,
    office: Callable[..., Office],
    tmp_path: Path,
    upload: Callable[[Path], Path],
    words: tuple[str, ...],
) -> None:
    person = at_visit(world, office(script=False), "visit")
    photos = Photo.objects.count()
    forms.visit(person, world.day)
    person.put("visit-photo", upload(tmp_path))

    refused(person, *words)

    assert person.value("visit-note") == "情况属实"
    assert person.value("visit-visitors-1-name") == "彭立诚"
    assert "重新选择" in person.text
    assert not Visit.objects.exists()
    assert Photo.objects.count() == photos

    person.put("visit-photo", photo())
    person.save()
    assert Visit.objects.count() == 1


def test_a_large_photo_is_made_smaller_by_the_phone(
    world: World, office: Callable[..., Office]
) -> None:
    person = at_visit(world, office(width=390), "visit")
    forms.visit(person, world.day)
    person.put("visit-photo", photo(size=(4000, 3000), noise=True))
    person.page.wait_for_function(
        "() => document.querySelector('[name=visit-photo]').files[0].size < 2e6"
    )

    person.save()

    assert Visit.objects.get().photo.width <= 1600


def test_one_visitor_is_not_enough(world: World, office: Callable[..., Office]) -> None:
    person = at_visit(world, office(width=390), "visit")
    forms.visit(person, world.day, people=1)

    refused(person, "2 人")

    assert person.value("visit-note") == "情况属实"
    assert not Visit.objects.exists()


def test_nobody_visits_tomorrow(world: World, office: Callable[..., Office]) -> None:
    person = at_visit(world, office(), "visit")
    forms.visit(person, world.day + timedelta(days=1))

    refused(person, "入户日期")

    assert not Visit.objects.exists()


def test_a_worksheet_has_to_add_up(world: World, office: Callable[..., Office]) -> None:
    person = at_visit(world, office(), "worksheet")
    forms.worksheet(person, world.day, 5200)
    person.put("worksheet-stated_net", "99999")

    refused(person, "相差")

    assert person.value("worksheet-stated_net") == "99999"
    assert not Worksheet.objects.exists()


def test_a_checklist_without_an_answer_is_none(
    world: World, office: Callable[..., Office]
) -> None:
    person = at_visit(world, office(), "checklist")
    person.put("checklist-housing_grade", "")

    refused(person, "一项也没有填")

    assert not Checklist.objects.exists()


def at_meeting(world: World, office: Office) -> Desk:
    """Return the village committee at the appraisal."""
    batch = at_step(world, "appraise", count=2)
    desk = Desk(
        person=office.at(Post.VILLAGE_COMMITTEE),
        number=batch.pk,
        day=world.day,
        fillers=forms.LEAVING,
    )
    desk.open()
    return desk


@pytest.mark.parametrize("width", [1280, 390])
def test_ballots_are_as_many_as_those_present(
    world: World, office: Callable[..., Office], width: int
) -> None:
    desk = at_meeting(world, office(width=width))
    forms.authorised(desk.person, desk.day)
    desk.vote_all()
    head = desk.person.page.locator("td.who a").first.inner_text()
    desk.vote(head, (30, 1, 1))

    desk.person.press("核对并提交", status=WRONG)

    assert "少于实到 38 人" in desk.person.text
    assert desk.person.value("meeting-chair") == "石念群"
    assert desk.person.value(f"votes-{desk.row_of(head)}-votes_for") == "30"
    assert not Meeting.objects.filter(step="appraise").exists()
    assert not Vote.objects.filter(meeting__step="appraise").exists()


def test_a_meeting_without_a_quorum_decides_nothing(
    world: World, office: Callable[..., Office]
) -> None:
    desk = at_meeting(world, office())
    forms.authorised(desk.person, desk.day, present=20)
    for row in desk.person.page.locator("table.cx-desk tbody tr").all():
        key = str(row.get_attribute("id")).removeprefix("case-")
        desk.person.fill(f"votes-{key}", votes_for=18, against=1, abstain=1)

    desk.person.press("核对并提交", status=WRONG)

    assert "至少须到 30 人" in desk.person.text
    assert desk.person.value("meeting-present") == "20"
    assert not Meeting.objects.filter(step="appraise").exists()


def test_a_meeting_tomorrow_was_not_held(
    world: World, office: Callable[..., Office]
) -> None:
    desk = at_meeting(world, office())
    tomorrow = desk.day + timedelta(days=1)
    forms.authorised(desk.person, desk.day, held_at=f"{tomorrow}T09:00")
    desk.vote_all()

    desk.person.press("核对并提交", status=WRONG)

    assert "开会时间" in desk.person.page.locator(".govuk-error-summary").inner_text()
    assert not Meeting.objects.filter(step="appraise").exists()


def test_a_notice_is_not_taken_down_a_day_early(
    world: World, office: Callable[..., Office]
) -> None:
    batch = at_step(world, "post_village")
    world.step(batch)
    batch.refresh_from_db()
    clock.set_training_day(batch.clock_until)
    person = office().at(Post.SUPERVISION_COMMITTEE)

    person.go(f"/batch/{batch.pk}/")
    assert person.page.locator("#desk").count() == 0
    person.go(f"/batch/{batch.pk}/publicity/")
    assert person.text.count("次日起才能") == 1
    assert person.button("村内公示期满").is_disabled()

    person.next_day()
    person.press("去办理：村内公示期满")
    assert "村内公示期满" in person.heading


def test_a_posting_before_the_notice_was_issued_is_refused(
    world: World, office: Callable[..., Office]
) -> None:
    batch = at_step(world, "post_village")
    person = office().at(Post.VILLAGE_COMMITTEE)
    person.go(f"/batch/{batch.pk}/")
    forms.posting(person, world.day - timedelta(days=3))

    person.press("核对并提交", status=WRONG)

    assert "文书出具日期" in person.text
    assert person.page.locator("#desk").count() == 1
