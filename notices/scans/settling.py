"""What an officer does with a heap: assigns, turns, refuses and confirms its pages.

The only writer of pages after they were read. A confirmed page is its paper's proof;
no step is decided by it.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from notices import marks, photos, pictures
from notices.models import (
    SIGNED_SHEET,
    Intake,
    PageStanding,
    Paper,
    Photo,
    ScanPage,
)
from notices.scans import sorting
from notices.scans.tasks import SCAN
from permissions.models import Appointment
from permissions.policy import Territory
from registry.refusals import HOUSE_RULE, Refusal

logger = logging.getLogger(__name__)

# The purpose of a photo that was proof until a better one came.
REPLACED: Final = "replaced_sheet"
_QUARTER: Final = 90
_LONGEST_REASON: Final = 200


@transaction.atomic
def assign(
    page: ScanPage, typed: str, *, by: Appointment, at: datetime
) -> Refusal | None:
    """Say whose sheet it is, by the check code read off it.

    Refuses: scan_settled, code_none, code_unknown.
    """
    if refusal := _settled(page):
        return refusal
    code = marks.as_code(typed)
    if not code:
        return _refuse("code_none", _("校验码是十六位字母和数字，请核对"))
    paper = Paper.objects.filter(pk=code).first()
    if paper is None or not Territory.of([by]).covers(paper.place_id):
        return _refuse("code_unknown", _("本辖区没有这个校验码的文书"))
    page.code, page.standing, page.sheet = code, PageStanding.MATCHED, None
    page.reason = ""
    _write(page, by=by, at=at)
    return None


@transaction.atomic
def number(
    page: ScanPage, sheet: int, *, by: Appointment, at: datetime
) -> Refusal | None:
    """Say which page of its paper it is; the one that was it so far moves on.

    Refuses: scan_settled, sheet_none.
    """
    if refusal := _settled(page):
        return refusal
    if page.paper is None or not 1 <= sheet <= (page.paper.pages or 1):
        return _refuse("sheet_none", _("这份文书没有这一页"))
    _set_apart(page)
    page.sheet = sheet
    _write(page, by=by, at=at)
    return None


@transaction.atomic
def prefer(page: ScanPage, *, by: Appointment, at: datetime) -> Refusal | None:
    """Choose a doubled page instead of the one that came first.

    Refuses: scan_settled, scan_not_doubled.
    """
    if refusal := _settled(page):
        return refusal
    if page.standing != PageStanding.DOUBLED or page.paper is None:
        return _refuse("scan_not_doubled", _("这一页不是重复页"))
    _set_apart(page)
    page.sheet = page.sheet or 1
    _write(page, by=by, at=at)
    return None


@transaction.atomic
def discard(
    page: ScanPage, reason: str, *, by: Appointment, at: datetime
) -> Refusal | None:
    """Leave a page out, with the reason.

    Refuses: scan_settled, reason_missing.
    """
    if refusal := _settled(page):
        return refusal
    if not reason.strip():
        return _refuse("reason_missing", _("请写明不收的原因"))
    page.standing, page.sheet = PageStanding.DISCARDED, None
    page.preferred = False
    page.reason = reason.strip()[:_LONGEST_REASON]
    _write(page, by=by, at=at)
    return None


@transaction.atomic
def turn(
    page: ScanPage, quarters: int, *, by: Appointment, at: datetime
) -> Refusal | None:
    """Turn a picture by so many quarters clockwise.

    Refuses: scan_settled. Effects: a new picture takes the place of the old one.
    """
    if refusal := _settled(page):
        return refusal
    old = page.photo
    if old is None:
        return _refuse("scan_no_picture", _("这一页没有图像"))
    with old.file.open("rb") as file:
        data = pictures.turned(file.read(), quarters)
    sideways = quarters % 2
    picture = photos.Picture(
        data=data,
        width=old.height if sideways else old.width,
        height=old.width if sideways else old.height,
        taken_at=old.taken_at,
    )
    page.photo = photos.keep(
        picture,
        by=old.uploaded_by,
        at=old.uploaded_at,
        about=old.about,
        purpose=SCAN,
        place_code=old.place_id,
    )
    page.turned = (page.turned + quarters * _QUARTER) % 360
    _write(page, by=by, at=at)
    _throw_away(old)
    return None


@transaction.atomic
def confirm(
    intake: Intake, pages: Collection[int], *, by: Appointment, at: datetime
) -> int:
    """Make matched pages the proof of their papers; return how many became it.

    Effects: who and when on each page; its photo goes to the paper and its subject.
    """
    sorting.sort(intake)
    reach = Territory.of([by])
    rows = ScanPage.objects.select_for_update(of=("self",)).filter(
        file__intake=intake,
        pk__in=pages,
        standing=PageStanding.MATCHED,
        confirmed_at=None,
        photo__isnull=False,
    )
    found = [
        page
        for page in rows.select_related("paper", "photo").order_by("sheet", "pk")
        if page.paper and reach.covers(page.paper.place_id)
    ]
    for page in found:
        _replace(page)
        page.confirmed_by_id, page.confirmed_at = by.officer_id, at
        page.save()
        _prove(page)
    logger.info("intake %s: %s confirmed by %s", intake.pk, len(found), by.officer_id)
    return len(found)


@transaction.atomic
def close(intake: Intake, *, at: datetime) -> int:
    """Throw away the pictures that are nobody's proof; return how many.

    Effects: the rows stay and tell what came; no further file is taken in.
    """
    Intake.objects.filter(pk=intake.pk).update(closed_at=at)
    pages = ScanPage.objects.filter(file__intake=intake, confirmed_at=None)
    left = list(Photo.objects.filter(scan_page__in=pages))
    pages.update(photo=None)
    for photo in left:
        _throw_away(photo)
    return len(left)


def _settled(page: ScanPage) -> Refusal | None:
    if page.confirmed_at:
        return _refuse("scan_settled", _("这一页已经确认，不能再改"))
    if page.file.intake.closed_at:
        return _refuse("scan_settled", _("这次收件已经收完，请另开一次"))
    return None


def _set_apart(page: ScanPage) -> None:
    rivals = ScanPage.objects.filter(
        file__intake=page.file.intake, paper=page.paper, confirmed_at=None
    )
    rivals.update(preferred=False)
    page.preferred = True


def _write(page: ScanPage, *, by: Appointment, at: datetime) -> None:
    page.settled_by_id, page.settled_at = by.officer_id, at
    page.save()
    sorting.sort(page.file.intake)
    page.refresh_from_db()


def _replace(page: ScanPage) -> None:
    """Make room for a page that was chosen instead of a confirmed one."""
    old = ScanPage.objects.filter(
        paper=page.paper, sheet=page.sheet, confirmed_at__isnull=False
    )
    Photo.objects.filter(scan_page__in=old).update(paper=None, purpose=REPLACED)
    old.update(confirmed_at=None, confirmed_by=None, standing=PageStanding.DOUBLED)


def _prove(page: ScanPage) -> None:
    paper = page.paper
    if paper is None:
        return
    Photo.objects.filter(scan_page=page).update(
        paper=paper, about=paper.about, place=paper.place_id, purpose=SIGNED_SHEET
    )


def _throw_away(photo: Photo) -> None:
    """Delete a picture nobody confirmed, its file after commit unless shared."""
    storage, name = photo.file.storage, str(photo.file.name)
    photo.delete()
    if not Photo.objects.filter(file=name).exists():
        transaction.on_commit(lambda: storage.delete(name))


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
