"""Pages that come too late: nothing is written, nothing typed is lost from sight."""

from typing import Any

import pytest

from procedures.models import SignOff, Visit, Vote
from tests.notices.factories import picture, upload
from tests.workflows.pages import at_desk, untouched, url
from tests.world import World
from workflows.models import Batch, Case
from workflows.views import facts, step_forms

EXIT = "household_exit"


def at(world: World, step: str, count: int = 2) -> Batch:
    batch = world.open(EXIT, world.households(count, registered=True))
    return world.until(batch, step)


def overtake(
    world: World, batch: Batch, module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let another officer act after the page was judged, before it is written."""
    keep = module.keep_in_place

    def late(seen: Batch) -> None:
        monkeypatch.setattr(module, "keep_in_place", keep)
        world.step(batch)
        keep(seen)

    monkeypatch.setattr(module, "keep_in_place", late)


def visit(note: str) -> dict[str, Any]:
    return {
        "step": "verify",
        "visit-visited_on": "2018-11-05",
        "visit-note": note,
        "do": "save",
    }


def test_facts_sent_after_the_list_went_on_are_shown_but_not_written(
    world: World,
) -> None:
    batch = at(world, "verify", 1)
    case, client = Case.objects.get(batch=batch), at_desk(world, batch)
    world.step(batch)
    before = list(Visit.objects.values())

    late = client.post(url("case_fact", case.pk, "visit"), visit("家中三人在家"))

    assert late.status_code == 409
    assert "家中三人在家" in late.content.decode()
    assert list(Visit.objects.values()) == before


def test_a_step_of_another_post_is_no_way_to_its_facts(world: World) -> None:
    batch = at(world, "appraise", 1)
    case, client = Case.objects.get(batch=batch), at_desk(world, batch)

    late = client.post(url("case_fact", case.pk, "visit"), visit(""))

    assert late.status_code == 404


def test_facts_written_while_another_officer_acts_do_not_change_what_he_saw(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = at(world, "appraise")
    world.fill(batch)
    client = at_desk(world, batch)
    sent = untouched(client, batch)
    swapped = {
        name: sent[name.replace(old, new)]
        for name in sent
        for old, new in (("votes_for", "abstain"), ("abstain", "votes_for"))
        if name.endswith(old)
    }
    before = list(Vote.objects.filter(meeting__batch=batch).values())
    overtake(world, batch, step_forms, monkeypatch)

    late = client.post(url("batch", batch.pk), sent | swapped | {"do": "save"})

    assert late.status_code == 409
    assert list(Vote.objects.filter(meeting__batch=batch).values()) == before


def test_facts_of_a_household_wait_for_the_act_that_is_running(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = at(world, "consent", 1)
    world.fill(batch)
    case, client = Case.objects.get(batch=batch), at_desk(world, batch)
    before = list(SignOff.objects.values())
    sent = {
        "step": "consent",
        "consent-signed_on": world.day.isoformat(),
        "consent-by_whom": "head",
        "consent-thumb": "on",
        "consent-photo": upload(picture()),
    }
    overtake(world, batch, facts, monkeypatch)

    late = client.post(url("case_fact", case.pk, "consent"), sent | {"do": "save"})

    assert late.status_code == 409
    assert list(SignOff.objects.values()) == before
