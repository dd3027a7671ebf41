"""What officers do with a heap: every page by hand, and the confirmation."""

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from notices import marks, papers, tasks
from notices.models import SIGNED_SHEET, Intake, Paper, Photo, ScanPage
from notices.scans import settling, waiting
from permissions.models import Appointment
from permissions.posts import Post
from registry.refusals import Refusal
from tests.notices.contexts import AT
from tests.notices.factories import draft, official
from tests.notices.heaps import confirmations, heap, pages, standings
from tests.notices.scanning import bound, jpeg, sheet

pytestmark = pytest.mark.django_db

NEIGHBOUR = "433124110225"


def scan(paper: Paper, number: int = 1) -> Image.Image:
    return sheet(tasks.pdf(paper), number)


def torn(paper: Paper) -> Image.Image:
    """Return a sheet whose code is gone."""
    image = scan(paper)
    image.paste("white", (0, image.height - 260, image.width, image.height))
    return image


@pytest.fixture
def by() -> Appointment:
    return official()


def code(refusal: Refusal | None) -> str:
    assert isinstance(refusal, Refusal)
    return refusal.code


def confirmed(made: Intake, by: Appointment) -> int:
    return settling.confirm(made, [p.pk for p in pages(made)], by=by, at=AT)


def test_a_confirmed_page_is_the_proof_of_its_paper(by: Appointment) -> None:
    first, second = confirmations(2, by)
    made = heap(jpeg(scan(first)), by=by)

    assert confirmed(made, by) == 1

    photo = Photo.objects.get(purpose=SIGNED_SHEET)
    assert (photo.paper, photo.about, photo.place_id) == (
        first,
        "case/1",
        first.place_id,
    )
    assert waiting.returned(["case/1", "case/2"]) == {"exit_confirmation": 1}
    assert list(waiting.missing(made)) == [second]


def test_only_ticked_and_matched_pages_are_confirmed(by: Appointment) -> None:
    first, second = confirmations(2, by)
    made = heap(bound([scan(first), scan(second), scan(first).rotate(180)]), by=by)
    _first, second_page, doubled = pages(made)

    number = settling.confirm(made, [second_page.pk, doubled.pk], by=by, at=AT)

    assert number == 1
    assert [bool(page.confirmed_at) for page in pages(made)] == [False, True, False]
    assert confirmed(made, by) == 1


def test_confirming_twice_changes_nothing(by: Appointment) -> None:
    made = heap(jpeg(scan(confirmations(1, by)[0])), by=by)

    assert (confirmed(made, by), confirmed(made, by)) == (1, 0)


def test_a_torn_sheet_is_assigned_by_the_code_typed(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    made = heap(jpeg(torn(paper)), by=by)
    (page,) = pages(made)

    refusal = settling.assign(page, marks.grouped(paper.pk).lower(), by=by, at=AT)

    assert (refusal, page.standing, page.paper) == (None, "matched", paper)
    assert page.settled_by_id == by.officer_id


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("", "code_none"), ("ABC", "code_none"), ("AAAA AAAA AAAA AAAA", "code_unknown")],
)
def test_a_wrong_code_is_refused(typed: str, refused: str, by: Appointment) -> None:
    (page,) = pages(heap(jpeg(torn(confirmations(1, by)[0])), by=by))

    assert code(settling.assign(page, typed, by=by, at=AT)) == refused
    assert ScanPage.objects.get().standing == "unreadable"


def test_a_code_of_the_next_village_is_as_unknown_as_none(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    stranger = official(Post.VILLAGE_COMMITTEE, NEIGHBOUR)
    made = heap(jpeg(torn(paper)), by=stranger, place_id=NEIGHBOUR)
    (page,) = pages(made)

    refusal = settling.assign(page, paper.pk, by=stranger, at=AT)

    assert code(refusal) == "code_unknown"


def test_of_two_the_better_one_is_chosen(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    made = heap(bound([scan(paper), scan(paper).rotate(180)]), by=by)
    _first, second = pages(made)

    assert settling.prefer(second, by=by, at=AT) is None

    assert standings(made) == ["doubled", "matched"]


def test_a_better_scan_takes_the_place_of_a_confirmed_one(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    confirmed(heap(jpeg(scan(paper)), by=by), by)
    later = heap(jpeg(scan(paper).rotate(180)), by=by)
    (page,) = pages(later)
    assert page.standing == "doubled"

    settling.prefer(page, by=by, at=AT)
    assert confirmed(later, by) == 1

    assert [p.scan_page for p in paper.signed_sheets.all()] == [page]
    assert Photo.objects.filter(purpose=settling.REPLACED, about="case/1").count() == 1


def test_an_officer_says_which_page_of_the_paper_it_is(by: Appointment) -> None:
    township = official(Post.TOWNSHIP_CLERK)
    confirmations(1, by)
    (paper,) = papers.issue(
        [draft("exit_notification", about="case/1")], by=township, at=AT
    )
    tasks.pdf(paper)
    made = heap(
        bound([scan(paper, 2), scan(paper, 1)]), by=township, kind="exit_notification"
    )
    first, _second = pages(made)

    assert code(settling.number(first, 3, by=township, at=AT)) == "sheet_none"
    assert settling.number(first, 2, by=township, at=AT) is None

    assert [page.sheet for page in pages(made)] == [2, 1]


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_picture_is_turned(
    quarters: int,
    by: Appointment,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    (page,) = pages(heap(jpeg(torn(confirmations(1, by)[0])), by=by))
    old = page.photo
    assert old is not None

    with django_capture_on_commit_callbacks(execute=True):
        settling.turn(page, quarters, by=by, at=AT)

    assert page.photo is not None
    assert (page.photo.width, page.photo.height) == (old.height, old.width)
    assert page.turned == quarters * 90
    assert not default_storage.exists(old.file.name)


def test_a_page_is_left_out_with_its_reason_and_may_come_back(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    made = heap(jpeg(scan(paper)), by=by)
    (page,) = pages(made)

    assert code(settling.discard(page, "  ", by=by, at=AT)) == "reason_missing"
    assert settling.discard(page, "拍花了", by=by, at=AT) is None
    assert (standings(made), confirmed(made, by)) == (["discarded"], 0)

    settling.assign(page, paper.pk, by=by, at=AT)
    assert (standings(made), page.reason) == (["matched"], "")


def test_what_is_confirmed_is_not_changed_any_more(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    made = heap(jpeg(scan(paper)), by=by)
    confirmed(made, by)
    (page,) = pages(made)

    refused = [
        settling.assign(page, paper.pk, by=by, at=AT),
        settling.discard(page, "重拍", by=by, at=AT),
        settling.turn(page, 1, by=by, at=AT),
        settling.number(page, 1, by=by, at=AT),
        settling.prefer(page, by=by, at=AT),
    ]

    assert [code(refusal) for refusal in refused] == ["scan_settled"] * 5


def test_a_closed_heap_keeps_only_proof(
    by: Appointment,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first, second = confirmations(2, by)
    made = heap(bound([scan(first), torn(second), scan(first).rotate(180)]), by=by)
    confirmed(made, by)

    with django_capture_on_commit_callbacks(execute=True):
        assert settling.close(made, at=AT) == 2

    (kept,) = Photo.objects.all()
    assert kept.paper == first
    _folders, files = default_storage.listdir(f"photos/{kept.sha256[:2]}")
    assert len(files) == 1
    assert standings(made) == ["matched", "unreadable", "doubled"]


def test_a_paper_withdrawn_meanwhile_is_not_confirmed(by: Appointment) -> None:
    (paper,) = confirmations(1, by)
    made = heap(jpeg(scan(paper)), by=by)
    papers.withdraw([paper.pk], by=by, at=AT, reason="写错了")

    assert (confirmed(made, by), standings(made)) == (0, ["withdrawn"])
