"""Half-typed pages: kept, shown again, never applied to another step, dropped in time."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from notices.models import Photo, Posting
from permissions.models import Appointment
from permissions.posts import Post
from procedures.models import Visit
from tests.procedures.forms.desk import PDF, photo, upload
from tests.workflows.pages import at_desk, browser, exception, submit, untouched, url
from tests.world import VILLAGE, World, officer
from workflows import actions, clock, drafts
from workflows.models import Batch, Case, DeskDraft, DraftPhoto, TrainingClock

EXIT = "household_exit"
RESTORED = "已恢复您"
ALONE = {"visit-visitors-0-name": "彭立诚", "visit-visitors-0-unit": "县扶贫办"}
TWO = ALONE | {"visit-visitors-1-name": "田文", "visit-visitors-1-unit": "县扶贫办"}


def visiting(world: World) -> tuple[Batch, Case, str]:
    """Return an exit at the work team's visit, its household, and the page's address."""
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "verify")
    clock.set_training_day(world.day)
    case = batch.cases.get()
    return batch, case, url("case_fact", case.pk, "visit")


def visit(world: World, **fields: Any) -> dict[str, Any]:
    """Return what a visit's page sends; without more names nobody went along."""
    return {
        "step": "verify",
        "visit-visited_on": world.day.isoformat(),
        "visit-note": "屋顶漏雨",
        "visit-visitors-TOTAL_FORMS": "4",
        "visit-visitors-INITIAL_FORMS": "1",
        **ALONE,
        **fields,
    }


def colleague() -> Appointment:
    """Return another member of the same work team."""
    return officer(Post.WORK_TEAM, VILLAGE, name="田队员")


def text(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def at_propose(world: World, count: int = 2) -> Batch:
    batch = world.open(EXIT, world.households(count, registered=True))
    world.fill(batch)
    return batch


def test_a_refused_page_keeps_its_photo_and_the_next_submit_takes_it(
    world: World,
) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])

    refused = client.post(address, visit(world, **{"visit-photo": photo()}))
    kept = DraftPhoto.objects.get()
    answer = client.post(address, visit(world, **TWO, kept=kept.pk))

    shown = refused.content.decode()
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert kept.get_absolute_url() in shown
    assert "重新选择" not in shown
    assert Visit.objects.get().photo is not None
    assert not DeskDraft.objects.exists()
    assert not DraftPhoto.objects.exists()


def test_the_photo_taken_over_is_the_one_that_was_examined(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])

    client.post(address, visit(world, **{"visit-photo": photo()}))
    before = DraftPhoto.objects.get().picture()
    client.post(address, visit(world, **TWO, kept=DraftPhoto.objects.get().pk))

    with Photo.objects.get(purpose="visit").file.open("rb") as stored:
        assert stored.read() == before.data


def test_a_kept_photo_is_dropped_by_its_box(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])
    client.post(address, visit(world, **{"visit-photo": photo()}))
    kept = DraftPhoto.objects.get()

    client.post(address, visit(world, **TWO, kept=kept.pk, drop=kept.pk))

    assert Visit.objects.get().photo is None
    assert not DraftPhoto.objects.exists()


def test_a_file_that_is_no_photo_is_not_kept(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])

    page = client.post(
        address, visit(world, **{"visit-photo": upload("扫描.jpg", PDF)})
    )

    assert "重新选择" in page.content.decode()
    assert not DraftPhoto.objects.exists()


def test_nobody_else_sees_or_uses_a_kept_photo(world: World) -> None:
    _batch, _case, address = visiting(world)
    browser(world.hats[Post.WORK_TEAM]).post(
        address, visit(world, **{"visit-photo": photo()})
    )
    kept, other = DraftPhoto.objects.get(), browser(colleague())

    seen = other.get(kept.get_absolute_url())
    other.post(address, visit(world, **TWO, kept=kept.pk))

    assert seen.status_code == 404
    assert Visit.objects.get().photo is None
    assert DraftPhoto.objects.get() == kept


def test_the_script_keeps_a_page_and_saves_nothing(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])

    answer = client.post(address, visit(world, do="keep"))

    assert answer.status_code == 200
    assert "已自动暂存" in answer.content.decode()
    assert not Visit.objects.exists()


def test_what_was_typed_comes_back_after_a_new_log_in(world: World) -> None:
    _batch, _case, address = visiting(world)
    team = world.hats[Post.WORK_TEAM]
    browser(team).post(address, visit(world, do="keep"))

    page = browser(team).get(address)

    shown = page.content.decode()
    assert RESTORED in shown
    assert "屋顶漏雨" in shown
    assert "govuk-error-summary" not in shown


def test_a_desk_comes_back_with_facts_and_verdicts(world: World) -> None:
    batch = world.open(EXIT, world.households(2, registered=True))
    mine = list(batch.cases.order_by("pk"))[1]
    client = at_desk(world, batch)
    sent = untouched(client, batch) | exception(mine, "aside", reason="户主外出")
    sent |= {"meeting-place": "村部二楼", f"votes-{mine.pk}-votes_for": "31"}

    client.post(url("batch", batch.pk), sent | {"do": "keep"})
    page = browser(world.hat(batch)).get(url("batch", batch.pk))

    shown = page.content.decode()
    assert [row.verdict.kind.value for row in page.context["rows"]] == ["pass", "aside"]
    assert all(part in shown for part in (RESTORED, "户主外出", 'value="31"'))
    assert "govuk-error-summary" not in shown


def test_moving_the_training_clock_keeps_the_page(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])
    before = clock.today()

    answer = client.post(
        address, visit(world, do="day", next=address, **{"visit-photo": photo()})
    )
    shown = text(client, address)

    assert answer.url == address
    assert clock.today() == before + timedelta(days=1)
    assert "屋顶漏雨" in shown
    assert DraftPhoto.objects.get().get_absolute_url() in shown


def test_the_buttons_of_the_clock_belong_to_the_form(world: World) -> None:
    batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])

    for page in (address, url("batch", batch.pk)):
        assert 'form="desk" name="do" value="day"' in text(client, page)
    assert 'name="to" value="day"' in text(client, url("worklist"))


def test_saved_facts_need_no_draft_but_verdicts_do(world: World) -> None:
    batch = at_propose(world)
    client = at_desk(world, batch)

    submit(client, batch)

    assert set(DeskDraft.objects.get().typed) <= {
        f"{letter}{pk}"
        for letter in "vbw"
        for pk in batch.cases.values_list("pk", flat=True)
    }


def test_a_draft_of_a_step_that_is_over_is_shown_and_not_applied(world: World) -> None:
    batch = at_propose(world)
    mine = batch.cases.order_by("pk")[0]
    client = at_desk(world, batch)
    page = untouched(client, batch) | exception(mine, "refuse", reason="我不同意")
    client.post(url("batch", batch.pk), page | {"do": "keep"})

    world.act(batch)
    shown = text(client, url("batch", batch.pk))

    assert "没有用上" in shown
    assert "我不同意" in shown
    assert RESTORED not in shown


def test_a_page_overtaken_is_not_kept_by_the_script(world: World) -> None:
    batch = at_propose(world)
    client = at_desk(world, batch)
    page = untouched(client, batch)
    world.act(batch)

    answer = client.post(url("batch", batch.pk), page | {"do": "keep"})

    assert answer.status_code == 409
    assert not DeskDraft.objects.exists()


def test_a_list_that_shrank_is_said_with_what_comes_back(world: World) -> None:
    batch = at_propose(world)
    first, second = batch.cases.order_by("pk")
    client = at_desk(world, batch)
    page = untouched(client, batch) | exception(second, "refuse", reason="未过半数")
    client.post(url("batch", batch.pk), page | {"do": "keep"})

    actions.hold(first.pk, by=world.hat(batch), reason="再议", now=world.now)
    shown = text(client, url("batch", batch.pk))

    assert "名单此后有变动" in shown
    assert "未过半数" in shown


def test_a_draft_is_discarded_by_its_officer(world: World) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])
    client.post(address, visit(world, do="keep"))
    discard = url("discard", DeskDraft.objects.get().pk)

    stranger = browser(colleague()).post(discard)
    own = client.post(discard, {"next": address})

    assert (stranger.status_code, own.url) == (404, address)
    assert not DeskDraft.objects.exists()
    assert RESTORED not in text(client, address)


def test_a_signature_ends_the_draft(world: World) -> None:
    batch = at_propose(world)
    client = at_desk(world, batch)
    submit(client, batch)
    page = client.get(url("check", batch.pk))
    sent = {"digest": page.context["digest"], "sure": "1", "password": "pass-word-2018"}

    client.post(url("check", batch.pk), sent)

    assert not DeskDraft.objects.exists()


def test_the_tick_drops_drafts_of_two_weeks_with_their_photos(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    _batch, _case, address = visiting(world)
    client = browser(world.hats[Post.WORK_TEAM])
    client.post(address, visit(world, **{"visit-photo": photo()}))
    name = str(DraftPhoto.objects.get().file.name)
    DeskDraft.objects.update(saved_at=clock.wall() - drafts.LIFE - timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")

    assert not DeskDraft.objects.exists()
    assert not default_storage.exists(name)


def test_training_days_do_not_age_a_draft(world: World) -> None:
    _batch, _case, address = visiting(world)
    browser(world.hats[Post.WORK_TEAM]).post(address, visit(world, do="keep"))
    TrainingClock.objects.update(offset=timedelta(days=400))

    call_command("tick")

    assert DeskDraft.objects.count() == 1


def test_what_is_kept_cannot_be_read_in_the_database(world: World) -> None:
    _batch, _case, address = visiting(world)
    browser(world.hats[Post.WORK_TEAM]).post(address, visit(world, do="keep"))

    draft = DeskDraft.objects.get()

    assert "彭立诚" not in draft.sealed
    assert draft.typed["visit-visitors-0-name"] == "彭立诚"


def test_of_several_photos_the_good_ones_stay_when_one_is_too_large(
    world: World,
) -> None:
    batch = world.open(EXIT, world.households(1, registered=True))
    world.until(batch, "post_village")
    client = at_desk(world, batch)
    clock.set_training_day(world.day + timedelta(days=1))
    spot = {"posting-spots-0-posted_at": f"{world.day}T08:00"}
    large = upload("大照片.jpg", b"\xff\xd8" + bytes(30 * 1024 * 1024))
    page = untouched(client, batch) | spot

    refused = client.post(
        url("batch", batch.pk), page | {"posting-spots-0-photos": [photo(), large]}
    )
    kept = DraftPhoto.objects.get()
    saved = client.post(url("batch", batch.pk), page | {"kept": kept.pk})

    assert "大照片.jpg" in refused.content.decode()
    assert kept.get_absolute_url() in refused.content.decode()
    assert saved.status_code == 302
    assert Posting.objects.get().photos.count() == 1
