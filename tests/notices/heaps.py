"""Papers to be signed and heaps of them, taken in and read."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from notices import papers, tasks
from notices.models import Intake, Paper, ScanPage
from notices.scans.intake import Purpose, Taken, open_intake
from notices.scans.tasks import read_heap
from permissions.models import Appointment
from permissions.posts import Post
from tests.notices.contexts import AT
from tests.notices.factories import draft, named_places, official
from tests.permissions.factories import VILLAGE, place

KIND = "exit_confirmation"


def confirmations(
    number: int = 3, by: Appointment | None = None, *, place_code: str = VILLAGE
) -> list[Paper]:
    """Return confirmations of exit that wait for their signatures, PDF made."""
    named_places()
    place(place_code)
    where = {"issuer_code": place_code, "place_code": place_code}
    first = 1000 * int(place_code[-3:]) if place_code != VILLAGE else 0
    abouts = [f"case/{first + n}" for n in range(1, number + 1)]
    drafts = [draft(KIND, about=about, **where) for about in abouts]
    issued = papers.issue(drafts, by=by or official(), at=AT)
    for paper in issued:
        tasks.pdf(paper)
    return issued


def file(content: bytes, name: str = "扫描.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def taken(
    *contents: bytes, by: Appointment | None = None, **purpose: Any
) -> Taken | list[Any]:
    """Take files in, for 十八洞村 unless said otherwise."""
    given = {"place_id": VILLAGE, "kind": KIND, **purpose}
    uploads = [file(content, f"{n}.pdf") for n, content in enumerate(contents, 1)]
    hat = by or official(Post.VILLAGE_COMMITTEE)
    return open_intake(uploads, purpose=Purpose(**given), by=hat, at=AT)


def heap(*contents: bytes, by: Appointment | None = None, **purpose: Any) -> Intake:
    """Return a heap as the worker leaves it."""
    found = taken(*contents, by=by, **purpose)
    assert isinstance(found, Taken), found
    read_heap.call(found.intake.pk)
    return found.intake


def standings(intake: Intake) -> list[str]:
    """Return what every page is worth, in file order."""
    return [page.standing for page in pages(intake)]


def pages(intake: Intake) -> Sequence[ScanPage]:
    found = ScanPage.objects.filter(file__intake=intake)
    return list(found.order_by("file_id", "number", "part"))
