"""Pages of heaps: for the office that took one in; outside its territory not there."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from notices import marks, tasks
from notices.models import SIGNED_SHEET, Intake, Photo, ScanPage
from notices.scans.tasks import read_heap
from permissions.models import Appointment
from permissions.posts import Post
from registry.models import Opening
from tests.notices.contexts import AT
from tests.notices.factories import official
from tests.notices.heaps import confirmations, file, heap, pages, standings
from tests.notices.scanning import bound, jpeg, sheet
from tests.registry.factories import household

pytestmark = pytest.mark.django_db


def clock() -> datetime:
    return AT


@pytest.fixture(autouse=True)
def still_clock(settings: Settings) -> None:
    settings.CLOCK = "tests.notices.test_scan_views.clock"


@pytest.fixture
def by() -> Appointment:
    return official()


def browser(hat: Appointment) -> Client:
    client = Client()
    client.force_login(hat.officer)
    return client


def test_a_heap_is_taken_in_through_the_page(by: Appointment) -> None:
    first, second = confirmations(2, by)
    camera = file(jpeg(sheet(tasks.pdf(first))), "1.jpg")
    scanner = file(bound([sheet(tasks.pdf(second))]), "2.pdf")

    answer = browser(by).post(
        "/scans/new/",
        {"kind": "", "title": "脱贫确认", "camera": camera, "files": [scanner]},
    )

    made = Intake.objects.get()
    assert answer.headers["Location"] == f"/scan/{made.pk}/"
    waiting = browser(by).get(f"/scan/{made.pk}/")
    assert waiting.headers["Refresh"] == "3"
    read_heap.call(made.pk)
    shown = browser(by).get(f"/scan/{made.pk}/")
    assert "Refresh" not in shown.headers
    assert shown.content.decode().count('name="page"') == 2


def test_what_is_no_scan_is_refused_in_words(by: Appointment) -> None:
    answer = browser(by).post("/scans/new/", {"files": [file(b"GIF89a", "a.gif")]})

    assert answer.status_code == 422
    assert "“a.gif”不是照片也不是 PDF" in answer.content.decode()


def test_ticked_pages_are_confirmed(by: Appointment) -> None:
    first, second = confirmations(2, by)
    made = heap(bound([sheet(tasks.pdf(p)) for p in (first, second)]), by=by)
    page, _other = pages(made)

    browser(by).post(f"/scan/{made.pk}/confirm/", {"page": [page.pk, "x"]})

    assert Photo.objects.get(purpose=SIGNED_SHEET).paper == first
    assert "签字页" in browser(by).get(f"/paper/{first.pk}/").content.decode()


@pytest.mark.parametrize(
    ("sent", "standing", "status"),
    [
        ({"do": "discard", "reason": "拍花了"}, "discarded", 302),
        ({"do": "discard", "reason": ""}, "unreadable", 422),
        ({"do": "assign", "code": "ABCD"}, "unreadable", 422),
        ({"do": "number", "sheet": "x"}, "unreadable", 422),
        ({"do": "prefer"}, "unreadable", 422),
        ({"do": "right", "stay": "1"}, "unreadable", 302),
        ({"do": "left"}, "unreadable", 302),
        ({"do": "shred"}, "unreadable", 404),
    ],
)
def test_a_page_is_settled_by_hand(
    sent: dict[str, str], standing: str, status: int, by: Appointment
) -> None:
    confirmations(1, by)
    image = sheet(tasks.pdf(confirmations(1, by)[0]))
    image.paste("white", (0, image.height - 260, image.width, image.height))
    made = heap(jpeg(image), by=by)

    answer = browser(by).post(f"/scanned/{pages(made)[0].pk}/settle/", sent)

    assert (answer.status_code, standings(made)) == (status, [standing])


def test_only_the_office_that_took_it_in_settles_it(by: Appointment) -> None:
    made = heap(jpeg(sheet(tasks.pdf(confirmations(1, by)[0]))), by=by)
    township = browser(official(Post.TOWNSHIP_CLERK))
    (page,) = pages(made)

    assert township.get(f"/scan/{made.pk}/").status_code == 200
    assert township.get(f"/scanned/{page.pk}/").status_code == 200
    assert township.post(f"/scan/{made.pk}/confirm/").status_code == 404
    assert (
        township.post(f"/scanned/{page.pk}/settle/", {"do": "right"}).status_code == 404
    )
    assert 'name="page"' not in township.get(f"/scan/{made.pk}/").content.decode()


def test_looking_at_a_sheet_is_written_down(by: Appointment) -> None:
    home = household()
    (paper,) = confirmations(1, by)
    type(paper).objects.filter(pk=paper.pk).update(household=home)
    made = heap(jpeg(sheet(tasks.pdf(paper))), by=by)

    browser(by).get(f"/scanned/{pages(made)[0].pk}/")

    assert Opening.objects.get().household == home


def test_a_foreign_sheet_tells_nothing_of_whose_it_is(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    stranger = official(Post.VILLAGE_COMMITTEE, "433124110225")
    made = heap(jpeg(sheet(tasks.pdf(paper))), by=stranger, place_id="433124110225")
    client = browser(stranger)

    shown = client.get(f"/scan/{made.pk}/").content.decode()
    large = client.get(f"/scanned/{ScanPage.objects.get().pk}/").content.decode()

    assert "本辖区查不到" in shown
    assert paper.number not in shown + large
    assert marks.grouped(paper.pk) not in shown + large
