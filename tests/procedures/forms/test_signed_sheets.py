"""A sheet that came back is offered where its signature is recorded, never taken."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from notices import papers, photos
from notices.models import SIGNED_SHEET, Paper, Photo
from procedures.forms.sign_offs import ConsentForm, ReceiptForm
from procedures.models import SignOff
from tests.notices.contexts import context
from tests.procedures.forms.desk import Desk, photo

KIND = "exit_confirmation"
SIGNED = {"signed_on": "2018-11-15", "by_whom": "head", "thumb": "on"}


@pytest.fixture(autouse=True)
def nothing_rendered(settings: Any) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    }


def came_back(desk: Desk, *, at: datetime | None = None) -> Photo:
    """Return the signed confirmation of the first household, confirmed."""
    case = desk.case
    wanted = papers.Draft(
        kind=KIND,
        issuer_code=case.place_id,
        place_code=case.place_id,
        about=case.about,
        context=context(KIND, 3),
        household_id=case.household_id,
    )
    (paper,) = papers.issue([wanted], by=desk.by, at=desk.now)
    picture = photos.examine(photo())
    assert isinstance(picture, photos.Picture)
    made = photos.keep(
        picture,
        by=desk.by,
        at=at or desk.now,
        about=case.about,
        purpose=SIGNED_SHEET,
        place_code=case.place_id,
    )
    Photo.objects.filter(pk=made.pk).update(paper=paper)
    return made


def test_the_sheet_is_offered_and_becomes_the_photo(leaving: Desk) -> None:
    sheet = came_back(leaving)
    blank = leaving.blank(ConsentForm, "consent")
    assert blank.ready() == [sheet]

    found = leaving.save(ConsentForm, "consent", **SIGNED)

    assert found.photo == sheet
    assert leaving.blank(ConsentForm, "consent").ready() == []


def test_a_sheet_decides_nothing(leaving: Desk) -> None:
    came_back(leaving)

    assert not SignOff.objects.exists()
    assert ConsentForm.offered([leaving.case]) == {leaving.case.pk}
    assert ConsentForm.done([leaving.case], step="consent") == set()
    assert not leaving.typed(ConsentForm, "consent").is_valid()


def test_a_sheet_may_be_declined(leaving: Desk) -> None:
    came_back(leaving)

    assert leaving.save(ConsentForm, "consent", **SIGNED, sheet="").photo is None


def test_a_photo_chosen_is_meant_instead(leaving: Desk) -> None:
    sheet = came_back(leaving)

    found = leaving.save(ConsentForm, "consent", **SIGNED, photo=photo())

    assert found.photo not in {None, sheet}


def test_a_refusal_on_the_sheet_is_kept_with_it(leaving: Desk) -> None:
    sheet = came_back(leaving)
    refused = {"refused": "on", "refusal_reason": "收入没有达到", "thumb": ""}

    found = leaving.save(ConsentForm, "consent", **{**SIGNED, **refused})

    assert (found.refused, found.photo) == (True, sheet)


def test_a_sheet_of_another_paper_is_not_offered(leaving: Desk) -> None:
    came_back(leaving)

    assert leaving.blank(ReceiptForm, "delist").ready() == []
    assert ReceiptForm.offered([leaving.case]) == set()


def test_a_sheet_out_of_force_is_not_offered(leaving: Desk) -> None:
    sheet = came_back(leaving)
    code = Paper.objects.get(signed_sheets=sheet).pk
    papers.withdraw([code], by=leaving.by, at=leaving.now, reason="写错了")

    assert leaving.blank(ConsentForm, "consent").ready() == []


def test_a_follow_up_list_wants_a_sheet_of_its_own(
    leaving: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_back(leaving, at=leaving.now - timedelta(days=3))
    opened = leaving.now - timedelta(days=1)
    monkeypatch.setattr("procedures.forms.sign_offs.opened_at", lambda batch: opened)

    assert leaving.blank(ConsentForm, "consent").ready() == []
    assert ConsentForm.offered([leaving.case]) == set()
