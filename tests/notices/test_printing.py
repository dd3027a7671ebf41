"""One file per village and kind; the first printing is the original, then copies."""

from collections.abc import Sequence
from datetime import timedelta

import pypdfium2
import pytest
from django.db import DatabaseError, transaction

from notices import papers, print_queue, print_run, printing
from notices.models import JobState, Paper, Printing, PrintJob
from notices.printing import Wish
from permissions.models import Appointment
from registry.refusals import Refusal
from tests.notices import reading
from tests.notices.contexts import AT
from tests.notices.factories import draft, named_places, official
from tests.permissions.factories import VILLAGE
from tests.registry.factories import household

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
GROUPS = ("第十组", "第二组", "第一组")
KIND = "worksheet"


@pytest.fixture
def clerk() -> Appointment:
    named_places()
    return official()


def worksheets(by: Appointment, groups: Sequence[str] = GROUPS) -> list[Paper]:
    """Return an issued worksheet for a household of each group."""
    drafts = []
    for group in groups:
        home = household(group=group)
        one = draft(KIND, about=f"case/{home.pk}", household_id=home.pk)
        context = {**one.context, "group": group, "head": home.head_name or group}
        drafts.append(
            draft(KIND, about=one.about, household_id=home.pk, context=context)
        )
    return papers.issue(drafts, by=by, at=AT)


def asked(some: Sequence[Paper], by: Appointment, **wish: object) -> PrintJob:
    """Ask for one job with these papers, and see it made."""
    (job,) = printing.ask(
        [one.pk for one in some],
        by=by,
        at=AT,
        wish=Wish(**wish),  # type: ignore[arg-type]
    )
    return made(job)


def made(job: PrintJob) -> PrintJob:
    """Let the worker make the file, as it would after commit."""
    print_run.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def pages_of(job: PrintJob) -> list[str]:
    with job.file.open("rb") as stored:
        return reading.page_texts(stored.read())


def printed(job: PrintJob, by: Appointment, copies: int = 1) -> None:
    assert isinstance(printing.report(job.pk, copies, by=by, at=LATER), PrintJob)


def test_a_villages_worksheets_are_one_file_in_the_order_of_the_groups(
    clerk: Appointment,
) -> None:
    job = asked(worksheets(clerk), clerk)

    first, *rest = pages_of(job)
    assert (job.state, job.done, job.total) == (JobState.READY, 3, 3)
    assert job.pages == len(rest) + 1
    assert "打印清单" in first
    assert first.index("第一组") < first.index("第二组") < first.index("第十组")
    assert [sheet.paper.context["group"] for sheet in job.sheets.all()] == [
        *reversed(GROUPS)
    ]


def test_each_sheet_knows_its_pages_in_the_file(clerk: Appointment) -> None:
    job = asked(worksheets(clerk), clerk)

    text = pages_of(job)
    for sheet in job.sheets.select_related("paper"):
        assert sheet.first_page is not None
        number = sheet.paper.number
        assert number in text[sheet.first_page - 1]
        assert f"{sheet.first_page}" in text[0]


def test_printed_on_both_sides_every_paper_begins_on_an_odd_page(
    clerk: Appointment,
) -> None:
    job = asked(worksheets(clerk), clerk, duplex=True)

    firsts = list(job.sheets.values_list("first_page", flat=True))
    assert firsts == [3, 5, 7]
    assert pages_of(job)[1] == ""


def test_the_list_in_front_can_be_left_out(clerk: Appointment) -> None:
    job = asked(worksheets(clerk), clerk, contents=False)

    assert not any("打印清单" in text for text in pages_of(job))
    assert job.sheets.get(position=1).first_page == 1


def test_a_single_paper_needs_no_list(clerk: Appointment) -> None:
    job = asked(worksheets(clerk, ["第一组"]), clerk)

    assert (job.contents, job.pages) == (False, 1)


def test_two_kinds_make_two_jobs(clerk: Appointment) -> None:
    some = [*worksheets(clerk), *papers.issue([draft()], by=clerk, at=AT)]

    jobs = printing.ask([one.pk for one in some], by=clerk, at=AT)

    assert sorted((job.kind, job.total) for job in jobs) == [
        ("first_publicity", 1),
        (KIND, 3),
    ]


def test_one_households_papers_make_one_file(clerk: Appointment) -> None:
    home = household(group="第一组")
    kinds = (KIND, "verification")
    drafts = [draft(kind, household_id=home.pk, about="case/1") for kind in kinds]
    some = papers.issue(drafts, by=clerk, at=AT)

    job = asked(some, clerk, household_id=home.pk)

    assert (job.kind, job.household_id, job.total) == ("", home.pk, 2)
    assert "入户核查表" in pages_of(job)[0]


def test_a_long_list_is_cut_into_files(
    clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_PAPERS", 2)

    jobs = printing.ask([one.pk for one in worksheets(clerk)], by=clerk, at=AT)

    assert [job.total for job in jobs] == [2, 1]


def test_asking_twice_makes_no_second_original(clerk: Appointment) -> None:
    some = worksheets(clerk)
    asked(some, clerk)

    assert printing.ask([one.pk for one in some], by=clerk, at=AT) == []


def test_a_paper_out_of_force_is_not_printed(clerk: Appointment) -> None:
    some = worksheets(clerk)
    papers.withdraw([some[0].pk], by=clerk, at=AT, reason="写错")

    (job,) = printing.ask([one.pk for one in some], by=clerk, at=AT)

    assert job.total == 2


def test_an_original_says_nothing_and_a_copy_says_which(clerk: Appointment) -> None:
    some = worksheets(clerk)
    first = asked(some, clerk)
    printed(first, clerk)
    (again,) = printing.again(first, by=clerk, at=LATER)
    second = made(again)
    printed(second, clerk)
    (more,) = printing.again(second, by=clerk, at=LATER)
    third = made(more)

    assert not any("副本" in text for text in pages_of(first))
    assert all("副本1" in text for text in pages_of(second)[1:])
    assert all("副本2" in text for text in pages_of(third)[1:])


def test_every_page_of_a_copy_is_marked(clerk: Appointment) -> None:
    some = papers.issue([draft(households=40)], by=clerk, at=AT)
    printing.mark_printed([some[0].pk], by=clerk, at=AT)

    text = pages_of(asked(some, clerk))

    assert len(text) > 1
    assert all("副本1" in page for page in text)


def test_what_was_printed_is_counted_under_the_hat(clerk: Appointment) -> None:
    some = worksheets(clerk)
    printed(asked(some, clerk), clerk, copies=3)

    rows = Printing.objects.values_list("copy", "copies", "printed_by", "printed_at")
    assert list(rows) == [(0, 3, clerk.pk, LATER)] * 3
    for paper in Paper.objects.all():
        assert (paper.printed_at, paper.printed_by) == (LATER, clerk.officer)


def test_a_job_is_counted_once(clerk: Appointment) -> None:
    job = asked(worksheets(clerk), clerk)
    printed(job, clerk)

    again = printing.report(job.pk, 1, by=clerk, at=LATER)

    assert isinstance(again, Refusal)
    assert again.code == "not_ready"
    assert Printing.objects.count() == 3


def test_what_was_counted_is_never_changed(clerk: Appointment) -> None:
    (paper,) = worksheets(clerk, ["第一组"])
    printing.mark_printed([paper.pk], by=clerk, at=LATER)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Printing.objects.update(copies=9)


@pytest.mark.parametrize("copies", [0, 501])
def test_nobody_prints_no_copies_or_a_thousand(clerk: Appointment, copies: int) -> None:
    job = asked(worksheets(clerk), clerk)

    answer = printing.report(job.pk, copies, by=clerk, at=LATER)

    assert isinstance(answer, Refusal)
    assert answer.code == "copies_out_of_range"


def test_the_first_printing_stays_when_copies_follow(clerk: Appointment) -> None:
    some = worksheets(clerk, ["第一组"])
    printing.mark_printed([some[0].pk], by=clerk, at=AT)
    printed(asked(some, clerk), clerk)

    assert Paper.objects.get().printed_at == AT


def test_a_paper_printed_from_its_own_file_is_counted_once(clerk: Appointment) -> None:
    (paper,) = worksheets(clerk, ["第一组"])

    assert printing.mark_printed([paper.pk], by=clerk, at=LATER) == 1
    assert printing.mark_printed([paper.pk], by=clerk, at=LATER) == 0
    paper.refresh_from_db()
    assert (paper.printed_at, paper.printed_by) == (LATER, clerk.officer)


def test_a_paper_in_a_job_is_reported_there(clerk: Appointment) -> None:
    some = worksheets(clerk)
    asked(some[:1], clerk)

    assert printing.mark_printed([one.pk for one in some], by=clerk, at=LATER) == 2


def test_a_job_given_up_sets_its_papers_free(clerk: Appointment) -> None:
    some = worksheets(clerk)
    job = asked(some, clerk)

    assert printing.drop(job.pk, at=LATER)
    assert not printing.drop(job.pk, at=LATER)
    assert print_queue.waiting(VILLAGE).count() == 3


def test_what_waits_is_counted_by_village_and_kind(clerk: Appointment) -> None:
    worksheets(clerk)
    papers.issue([draft()], by=clerk, at=AT)

    found = print_queue.groups(VILLAGE)

    assert [(one.kind, one.papers, one.unknown) for one in found] == [
        ("first_publicity", 1, 1),
        (KIND, 3, 3),
    ]
    assert print_queue.amount(found) == (4, 0, 4)


def test_groups_are_chosen_by_name(clerk: Appointment) -> None:
    worksheets(clerk)
    papers.issue([draft()], by=clerk, at=AT)

    chosen = print_queue.of_groups(VILLAGE, [f"{VILLAGE}:{KIND}", "nonsense"])

    assert {paper.kind for paper in chosen} == {KIND}


def sizes_of(job: PrintJob) -> list[str]:
    """Return the size of each page of a job's file, by name."""
    names = {(595, 842): "A4", (842, 1191): "A3"}
    with job.file.open("rb") as stored:
        document = pypdfium2.PdfDocument(stored.read())
    return [
        names[round(w), round(h)]
        for w, h in map(document.get_page_size, range(len(document)))
    ]


def test_notices_lie_once_more_in_large_type_behind_the_others(
    clerk: Appointment,
) -> None:
    some = papers.issue([draft(households=3)], by=clerk, at=AT)

    job = asked(some, clerk, posters=True)

    sizes, texts = sizes_of(job), pages_of(job)
    assert job.poster_pages == sizes.count("A3") > 0
    assert sizes == sorted(sizes, reverse=True)
    assert some[0].number in texts[0]
    assert some[0].number in texts[-job.poster_pages]


def test_forms_are_never_posters(clerk: Appointment) -> None:
    job = asked(worksheets(clerk, ["第一组"]), clerk, posters=True)

    assert (job.poster_pages, sizes_of(job)) == (0, ["A4"])


def test_the_print_dialog_is_asked_for_the_true_size(clerk: Appointment) -> None:
    job = asked(worksheets(clerk), clerk)

    with job.file.open("rb") as stored:
        assert b"/PrintScaling/None" in stored.read().replace(b" ", b"")
