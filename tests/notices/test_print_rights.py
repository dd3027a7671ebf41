"""Who prints an original: the issuing office or one above; others print copies."""

import pytest
from django.test import Client

from notices import print_queue, printing
from notices.models import JobSheet, Paper, Printing, PrintJob
from permissions.posts import Post
from registry.places import Level, ancestor
from tests.notices.contexts import AT
from tests.notices.factories import notice, official
from tests.permissions.factories import VILLAGE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("post", "level", "expected"),
    [
        (Post.VILLAGE_COMMITTEE, Level.VILLAGE, 1),
        (Post.VILLAGE_COMMITTEE, Level.TOWNSHIP, 0),
        (Post.TOWNSHIP_CLERK, Level.VILLAGE, 1),
        (Post.TOWNSHIP_CLERK, Level.TOWNSHIP, 1),
        (Post.COUNTY_CLERK, Level.TOWNSHIP, 1),
    ],
)
def test_the_issuing_office_or_one_above_says_it_is_printed(
    post: Post, level: Level, expected: int
) -> None:
    paper = notice(level=level)

    assert printing.mark_printed([paper.pk], by=official(post), at=AT) == expected


def copies(paper: Paper, post: Post) -> list[int]:
    """Ask for a file, and return which copies it holds."""
    (job,) = printing.ask([paper.pk], by=official(post), at=AT)
    found = list(JobSheet.objects.filter(job=job).values_list("copy", flat=True))
    printing.drop(job.pk, at=AT)
    return found


def test_a_village_prints_a_copy_of_the_townships_paper() -> None:
    paper = notice(level=Level.TOWNSHIP)

    assert copies(paper, Post.VILLAGE_COMMITTEE) == [1]
    assert copies(paper, Post.TOWNSHIP_CLERK) == [0]


def test_a_villages_copy_leaves_the_original_in_the_townships_queue() -> None:
    paper = notice(level=Level.TOWNSHIP)
    by = official(Post.VILLAGE_COMMITTEE)
    Printing.objects.create(paper=paper, copy=1, copies=1, printed_by=by, printed_at=AT)

    waiting = print_queue.waiting(ancestor(VILLAGE, Level.TOWNSHIP))

    assert list(waiting) == [paper]
    assert copies(paper, Post.TOWNSHIP_CLERK) == [0]


def test_each_copy_of_another_office_has_its_number() -> None:
    paper = notice(level=Level.TOWNSHIP)
    village, next_village = official(), official(Post.WORK_TEAM)
    (first,) = printing.ask([paper.pk], by=village, at=AT)
    PrintJob.objects.update(state="ready")
    printing.report(first.pk, 1, by=village, at=AT)

    (second,) = printing.ask([paper.pk], by=next_village, at=AT)

    assert second.sheets.get().copy == 2


def test_a_copy_elsewhere_keeps_nobody_from_the_original() -> None:
    paper = notice(level=Level.TOWNSHIP)
    township = official(Post.TOWNSHIP_CLERK)
    printing.ask([paper.pk], by=official(), at=AT)

    assert print_queue.waiting(paper.issuer_id).count() == 1
    (job,) = printing.ask([paper.pk], by=township, at=AT)
    assert job.sheets.get().copy == 0


def test_another_office_reports_no_job_of_the_township() -> None:
    paper = notice(level=Level.TOWNSHIP)
    (job,) = printing.ask([paper.pk], by=official(Post.TOWNSHIP_CLERK), at=AT)
    village = Client()
    village.force_login(official().officer)

    assert village.get(job.get_absolute_url()).status_code == 200
    for act in ("printed", "drop"):
        assert village.post(f"/print/{job.pk}/{act}/").status_code == 404
