"""Reading heaps in the background, page by page; a killed worker loses one page.

Knows files and pages as rows; must not know papers beyond the codes on them. Running
a task twice, or half of it, does no harm.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django_tasks import task

from notices import photos
from notices.models import Fault, Intake, PageStanding, Photo, ScanFile, ScanPage
from notices.press import Unrendered, workshop
from notices.scans import reading, sorting
from registry.limits import Limits

logger = logging.getLogger(__name__)

# Two hundred sheets, scanned on both sides.
MOST_PAGES: Final = 400
# A picture of 60 megapixels decoded is 180 MB; a page of a bomb stops here.
LIMITS: Final = Limits(cpu_seconds=30, wall_seconds=120, megabytes=1024)
# A worker killed in the middle leaves its heap waiting; after this it is queued again.
PATIENCE: Final = timedelta(minutes=5)
# The purpose of a photo of a page that nobody has confirmed yet.
SCAN: Final = "scan"


@task()
def read_heap(intake_id: int) -> int:
    """Read what of a heap has not been read; return how many pages that were."""
    intake = Intake.objects.select_related("taken_by").get(pk=intake_id)
    read = 0
    for file in intake.files.exclude(content="").order_by("pk"):
        read += _read(intake, file)
        sorting.sort(intake)
    return read


def resume(now: datetime) -> int:
    """Queue again the heaps that have waited too long; return how many."""
    late = ScanFile.objects.exclude(content="").filter(added_at__lt=now - PATIENCE)
    heaps = set(late.values_list("intake_id", flat=True))
    for heap in heaps:
        read_heap.enqueue(heap)
    return len(heaps)


def _read(intake: Intake, file: ScanFile) -> int:
    """Read a file and throw away what was uploaded."""
    due = _due(intake, file)
    read = 0
    if isinstance(due, str):
        ScanFile.objects.filter(pk=file.pk).update(fault=due, pages_due=0)
        logger.warning("scan file %s: %s", file.pk, due)
    else:
        ScanFile.objects.filter(pk=file.pk).update(pages_due=due)
        done = set(file.pages.values_list("number", flat=True))
        for number in range(1, due + 1):
            if number not in done:
                read += _read_page(intake, file, number)
    file.content.delete(save=False)
    ScanFile.objects.filter(pk=file.pk).update(content="")
    return read


def _due(intake: Intake, file: ScanFile) -> int | str:
    """Return how many pages the file has, or its fault."""
    if not file.content.storage.exists(str(file.content.name)):
        return Fault.BROKEN
    try:
        found = workshop.run(reading.count, file.content.path, limits=LIMITS)
    except Unrendered:
        return Fault.GAVE_UP
    others = intake.files.exclude(pk=file.pk).values_list("pages_due", flat=True)
    if isinstance(found, int) and found + sum(n or 0 for n in others) > MOST_PAGES:
        return Fault.TOO_MANY
    return found


def _read_page(intake: Intake, file: ScanFile, number: int) -> int:
    found: Sequence[reading.Part] | str
    try:
        found = workshop.run(reading.page, file.content.path, number, limits=LIMITS)
    except Unrendered as error:
        logger.warning("scan file %s page %s: %s", file.pk, number, error)
        found = Fault.GAVE_UP
    with transaction.atomic():
        # Two workers at one heap: whoever comes second finds the page read.
        ScanFile.objects.select_for_update().get(pk=file.pk)
        if file.pages.filter(number=number).exists():
            return 0
        if isinstance(found, str):
            _unread(file, number, found)
        else:
            for part, sheet in enumerate(found, start=1):
                _keep(intake, file, (number, part), sheet)
    return 1


def _unread(file: ScanFile, number: int, fault: str) -> None:
    if file.pages_due == 1 or number == 1:
        ScanFile.objects.filter(pk=file.pk).update(fault=fault)
    ScanPage.objects.create(file=file, number=number, standing=PageStanding.UNREADABLE)


def _keep(
    intake: Intake, file: ScanFile, at: tuple[int, int], sheet: reading.Part
) -> None:
    number, part = at
    ScanPage.objects.create(
        file=file,
        number=number,
        part=part,
        photo=_photo(intake, file, sheet),
        code=sheet["code"],
        turned=sheet["turned"],
        standing=sorting.first_standing(
            sheet["code"], sheet["mac"], blank=sheet["blank"]
        ),
    )


def _photo(intake: Intake, file: ScanFile, sheet: reading.Part) -> Photo:
    taken_at = sheet["taken_at"]
    picture = photos.Picture(
        data=sheet["jpeg"],
        width=sheet["width"],
        height=sheet["height"],
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
    )
    given: dict[str, Any] = {
        "by": intake.taken_by,
        "at": file.added_at,
        "place_code": intake.place_id,
    }
    return photos.keep(picture, about=f"intake/{intake.pk}", purpose=SCAN, **given)
