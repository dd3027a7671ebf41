"""Heaps: sorted to their papers, the rest listed; hostile files stopped at the door."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from notices import marks, papers, tasks
from notices.models import Intake, PageStanding, Paper, PaperState, Photo, ScanFile
from notices.press import Unrendered, workshop
from notices.scans import intake as heaps
from notices.scans import tasks as scan_tasks
from notices.scans import waiting
from permissions.posts import Post
from tests.notices import scanning
from tests.notices.contexts import AT
from tests.notices.factories import draft, named_places, official
from tests.notices.heaps import (
    KIND,
    confirmations,
    file,
    heap,
    pages,
    standings,
    taken,
)
from tests.notices.hostile import bomb, encrypted, flood
from tests.notices.scanning import bound, jpeg, sheet
from tests.permissions.factories import TOWNSHIP

pytestmark = pytest.mark.django_db

NEIGHBOUR, ELSEWHERE = "433124110225", "433124105203"


def scan(paper: Paper, number: int = 1) -> Image.Image:
    return sheet(tasks.pdf(paper), number)


def test_a_pdf_and_a_photo_find_their_papers() -> None:
    first, second, third = confirmations(3)

    made = heap(bound([scan(second), scan(first)]), jpeg(scan(third).rotate(180)))

    assert [page.paper_id for page in pages(made)] == [second.pk, first.pk, third.pk]
    assert standings(made) == ["matched"] * 3
    assert not list(waiting.missing(made))


def test_what_was_uploaded_is_thrown_away_once_read() -> None:
    made = heap(jpeg(scan(confirmations(1)[0])))

    assert made.files.get().content.name == ""
    left = [p for p in Path(settings.MEDIA_ROOT, "scans").rglob("*") if p.is_file()]
    assert left == []
    assert Photo.objects.get(purpose=scan_tasks.SCAN).width <= 2000


def test_a_doubled_sheet_is_listed_and_a_missing_one_too() -> None:
    first, second = confirmations(2)

    made = heap(jpeg(scan(first)), jpeg(scan(first).rotate(90, expand=True)))

    assert standings(made) == ["matched", "doubled"]
    assert list(waiting.missing(made)) == [second]


def test_sheets_out_of_force_are_listed() -> None:
    old, withdrawn = confirmations(2)
    images = [scan(old), scan(withdrawn)]
    by = official()
    papers.issue([draft(KIND, about=old.about)], by=by, at=AT + timedelta(hours=1))
    papers.withdraw([withdrawn.pk], by=by, at=AT, reason="写错了")
    old.refresh_from_db()

    made = heap(bound(images))

    assert old.state == PaperState.SUPERSEDED
    assert standings(made) == ["superseded", "withdrawn"]


def test_a_sheet_of_another_territory_and_one_of_nobody_look_the_same() -> None:
    (foreign,) = confirmations(1)
    nobody = scanning.printed(KIND, marks.new_code())

    made = heap(
        bound([scan(foreign), sheet(nobody)]),
        by=official(Post.VILLAGE_COMMITTEE, NEIGHBOUR),
        place_id=NEIGHBOUR,
    )

    assert standings(made) == ["foreign", "foreign"]
    assert [page.paper_id for page in pages(made)] == [None, None]


def test_a_code_with_a_false_seal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    (paper,) = confirmations(1)
    with monkeypatch.context() as forger:
        forger.setattr(marks, "mac", lambda code: "AAAAAAAA")
        forged = scanning.printed(KIND, paper.pk)

    made = heap(bound([sheet(forged)]))

    assert standings(made) == ["forged"]
    assert pages(made)[0].paper is None


def test_empty_backs_and_unknown_pictures_are_told_apart() -> None:
    white = Image.new("RGB", (1240, 1754), "white")
    cow = Image.linear_gradient("L").resize((1240, 1754)).convert("RGB")

    made = heap(bound([white, cow]))

    assert standings(made) == ["blank", "unreadable"]


def test_sixty_pages_are_sorted() -> None:
    images = [scan(paper) for paper in confirmations(10)]
    backs = [Image.new("RGB", images[0].size, "white")] * 20
    again = [
        image.rotate(turn, expand=True) for turn in (90, 180, 270) for image in images
    ]

    made = heap(bound([*images, *backs, *again]))

    assert standings(made) == ["matched"] * 10 + ["blank"] * 20 + ["doubled"] * 30


@pytest.mark.timeout(900)
def test_a_heap_of_two_villages_is_sorted_and_the_rest_reported() -> None:
    """Forty sheets shuffled and turned, two of them damaged, one from elsewhere."""
    chance = random.Random(20181105)
    ours = [*confirmations(20), *confirmations(19, place_code=NEIGHBOUR)]
    foreign = confirmations(1, place_code=ELSEWHERE)
    damaged = ours[:2]
    sheets = [
        (paper, damage(image) if paper in damaged else image)
        for paper in [*ours, *foreign]
        for image in [scanning.turned(0, 4)(scan(paper), chance)]
    ]
    chance.shuffle(sheets)

    made = heap(
        bound([image for _paper, image in sheets]),
        by=official(Post.TOWNSHIP_CLERK),
        place_id=TOWNSHIP,
    )

    found = [page.paper for page in pages(made)]
    lost = [*damaged, *foreign]
    assert found == [None if paper in lost else paper for paper, _image in sheets]
    assert Counter(standings(made)) == {"matched": 37, "unreadable": 2, "foreign": 1}
    assert set(waiting.missing(made)) == set(damaged)


def damage(image: Image.Image) -> Image.Image:
    """Tear off the four edges, wherever the code is."""
    edge = image.width // 5
    torn = Image.new("RGB", image.size, "white")
    box = (edge, edge, image.width - edge, image.height - edge)
    torn.paste(image.crop(box), (edge, edge))
    return torn


def test_a_paper_of_two_pages_comes_back_as_two_sheets() -> None:
    named_places()
    (paper,) = papers.issue(
        [draft("exit_notification", about="case/1")],
        by=official(Post.TOWNSHIP_CLERK),
        at=AT,
    )
    tasks.pdf(paper)

    made = heap(bound([scan(paper, 1), scan(paper, 2)]), kind="exit_notification")

    assert [(p.standing, p.sheet) for p in pages(made)] == [
        ("matched", 1),
        ("matched", 2),
    ]


def test_the_same_file_is_not_taken_twice() -> None:
    content = jpeg(scan(confirmations(1)[0]))
    by = official()
    made = heap(content, by=by)

    again = taken(content, by=by)

    assert isinstance(again, heaps.Taken)
    assert (again.intake, again.added, again.known) == (made, 0, ["1.pdf"])
    assert Intake.objects.count() == 1
    assert scan_tasks.read_heap.call(made.pk) == 0


def test_a_killed_reading_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued = confirmations(3)
    asked = []

    def killed(function: object, *args: object, **named: object) -> object:
        asked.append(args[1:])
        if args[1:] == (2,):
            raise KeyboardInterrupt
        return run(function, *args, **named)  # type: ignore[arg-type]

    run = workshop.run
    with monkeypatch.context() as kill:
        kill.setattr(workshop, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            heap(bound([scan(paper) for paper in issued]))
    made = Intake.objects.get()
    assert (len(pages(made)), ScanFile.objects.get().pages_due) == (1, 3)

    assert scan_tasks.resume(AT + timedelta(minutes=4)) == 0
    assert scan_tasks.resume(AT + timedelta(minutes=6)) == 1

    assert standings(made) == ["matched"] * 3
    assert ScanFile.objects.get().content.name == ""


def test_a_page_that_cannot_be_opened_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued = confirmations(2)
    run = workshop.run

    def breaks(function: object, *args: object, **named: object) -> object:
        if args[1:] == (1,):
            raise Unrendered("bomb")
        return run(function, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(workshop, "run", breaks)
    made = heap(bound([scan(paper) for paper in issued]))

    assert standings(made) == ["unreadable", "matched"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (encrypted(), "encrypted"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "broken"),
        (bound([Image.new("RGB", (600, 800), "red")])[:400], "broken"),
        (jpeg(Image.effect_noise((800, 800), 90))[:9000], "broken"),
        (b"RIFF" + b"\0" * 60, "no_scan"),
        (flood(), "broken"),
    ],
    ids=["encrypted", "head only", "cut PDF", "cut JPEG", "no picture", "flood"],
)
def test_a_hostile_file_is_named_with_its_fault(content: bytes, fault: str) -> None:
    confirmations(1)

    made = heap(content)

    assert made.files.get().fault == fault
    assert not Photo.objects.exists()


def test_a_bomb_in_a_pdf_does_not_bring_the_office_down() -> None:
    (paper,) = confirmations(1)

    made = heap(bomb(), jpeg(scan(paper)))

    assert standings(made)[-1] == "matched"
    assert PageStanding.MATCHED not in standings(made)[:-1]


def test_a_picture_named_pdf_is_read_as_what_it_is() -> None:
    made = heap(jpeg(scan(confirmations(1)[0])))

    assert made.files.get().name == "1.pdf"
    assert standings(made) == ["matched"]


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ([], "scan_none"),
        ([b"GIF89a" + bytes(40)], "scan_not"),
        ([b"<svg xmlns='http://www.w3.org/2000/svg'/>"], "scan_not"),
        ([b"\xff\xd8\xff" + bytes(30 * 1024 * 1024)], "scan_large"),
        ([b"%PDF-1.7" + bytes(101 * 1024 * 1024)], "scan_large"),
        ([b"\xff\xd8\xff"] * 201, "scan_many_files"),
    ],
)
def test_what_is_no_scan_is_refused_before_anything_is_stored(
    contents: list[bytes], code: str
) -> None:
    confirmations(1)

    refused = taken(*contents)

    assert isinstance(refused, list)
    assert {refusal.code for refusal in refused} == {code}
    assert not Intake.objects.exists()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_tasks, "MOST_PAGES", 2)
    confirmations(1)

    made = heap(bound([Image.new("RGB", (100, 100), "white")] * 3))

    assert made.files.get().fault == "too_many"


def test_further_files_join_the_heap() -> None:
    first, second = confirmations(2)
    made = heap(jpeg(scan(first)))

    more = heaps.add(made, [file(jpeg(scan(second)))], at=AT)

    assert isinstance(more, heaps.Taken)
    assert scan_tasks.read_heap.call(made.pk) == 1
    assert standings(made) == ["matched", "matched"]
