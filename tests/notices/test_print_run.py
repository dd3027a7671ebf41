"""The worker makes a job's file: progress, failures, a kill, and what the tick does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from notices import papers, print_file, print_run, printing
from notices.models import JobSheet, JobState, Paper, PrintJob
from permissions.models import Appointment
from tests.notices.contexts import AT
from tests.notices.factories import named_places, official
from tests.notices.test_printing import pages_of, worksheets

pytestmark = pytest.mark.django_db

NOW = AT + timedelta(days=1)
LATE = NOW + print_run.PATIENCE + timedelta(minutes=1)
OLD = NOW + print_run.KEEP + timedelta(minutes=1)


def clock() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def still_clock(settings: Settings) -> None:
    settings.CLOCK = "tests.notices.test_print_run.clock"


@pytest.fixture
def clerk() -> Appointment:
    named_places()
    return official()


@pytest.fixture
def job(clerk: Appointment) -> PrintJob:
    """Return a job of three worksheets that nobody has taken up yet."""
    codes = [one.pk for one in worksheets(clerk)]
    (made,) = printing.ask(codes, by=clerk, at=NOW)
    return made


def run(job: PrintJob) -> PrintJob:
    print_run.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def break_paper(sheet: JobSheet, lines: object = 3) -> None:
    """Leave facts behind that no press can lay out; with lines it can again."""
    facts = {**sheet.paper.context, "lines": lines}
    Paper.objects.filter(pk=sheet.paper_id).update(context=facts)


def test_a_job_is_made_once(job: PrintJob) -> None:
    assert print_run.run_job.call(job.pk) is True
    assert print_run.run_job.call(job.pk) is False


def test_the_page_can_tell_how_far_the_worker_is(
    job: PrintJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_run, "_HEARTBEAT_SECONDS", 0)
    seen, whole = [], print_run._heartbeat

    def watched(found: PrintJob) -> Callable[[int], None]:
        tell = whole(found)

        def told(done: int) -> None:
            tell(done)
            row = PrintJob.objects.get(pk=job.pk)
            seen.append((row.state, row.done, row.percent))

        return told

    monkeypatch.setattr(print_run, "_heartbeat", watched)
    run(job)

    assert seen == [
        (JobState.RENDERING, 1, 33),
        (JobState.RENDERING, 2, 66),
        (JobState.RENDERING, 3, 100),
    ]


def test_a_paper_that_fails_stops_no_other(job: PrintJob) -> None:
    bad = job.sheets.get(position=2)
    break_paper(bad)
    run(job)
    bad.refresh_from_db()

    assert (job.state, job.done, job.total) == (JobState.READY, 2, 3)
    assert (bool(bad.error), bad.open, bad.pages) == (True, False, None)
    assert bad.paper.number in pages_of(job)[0]


def test_what_failed_is_tried_again_and_the_rest_is_not(
    job: PrintJob, clerk: Appointment
) -> None:
    bad = job.sheets.get(position=2)
    break_paper(bad)
    run(job)
    break_paper(bad, lines=[])

    (again,) = printing.complete(job, by=clerk, at=NOW)

    assert [sheet.paper_id for sheet in again.sheets.all()] == [bad.paper_id]
    assert run(again).state == JobState.READY


def test_a_job_of_which_nothing_is_left_has_failed(job: PrintJob) -> None:
    for sheet in job.sheets.all():
        break_paper(sheet)
    run(job)

    assert (job.state, job.last_error) == (JobState.FAILED, print_run.NOTHING_LEFT)
    assert not job.sheets.filter(open=True).exists()


def test_a_paper_withdrawn_meanwhile_is_left_out(
    job: PrintJob, clerk: Appointment
) -> None:
    gone = job.sheets.get(position=1)
    papers.withdraw([gone.paper_id], by=clerk, at=NOW, reason="写错")
    run(job)
    gone.refresh_from_db()

    assert (gone.error, gone.open, job.done) == ("已撤销", False, 2)


def test_a_killed_workers_job_goes_on(job: PrintJob) -> None:
    PrintJob.objects.update(state=JobState.RENDERING, touched_at=NOW, attempts=1)

    assert print_run.resume(NOW) == 0
    assert print_run.resume(LATE) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.READY, 2)


def test_a_job_lost_from_the_queue_is_queued_again(job: PrintJob) -> None:
    assert print_run.resume(NOW) == 0
    assert print_run.resume(LATE) == 1
    job.refresh_from_db()
    assert job.state == JobState.READY


def test_a_job_that_kills_every_worker_is_given_up(job: PrintJob) -> None:
    PrintJob.objects.update(state=JobState.RENDERING, touched_at=NOW, attempts=3)

    assert print_run.resume(LATE) == 0
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.FAILED, print_run.KILLED)
    assert not job.sheets.filter(open=True).exists()


def test_a_job_given_up_under_way_leaves_no_file(
    job: PrintJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = print_run.make

    def slow(found: PrintJob, **given: object) -> print_file.Made:
        done = whole(found, **given)  # type: ignore[arg-type]
        printing.drop(job.pk, at=NOW)
        return done

    monkeypatch.setattr(print_run, "make", slow)
    run(job)

    assert (job.state, str(job.file)) == (JobState.DROPPED, "")
    assert default_storage.listdir("printing/2018")[1] == []


def test_a_file_nobody_reported_is_thrown_away_and_its_papers_wait(
    job: PrintJob,
) -> None:
    name = str(run(job).file)

    assert print_run.clear(NOW + timedelta(days=1)) == 0
    assert print_run.clear(OLD) == 1
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.DROPPED, print_run.UNREPORTED)
    assert not default_storage.exists(name)
    assert not job.sheets.filter(open=True).exists()


def test_a_printed_jobs_file_is_thrown_away_and_the_count_stays(
    job: PrintJob, clerk: Appointment
) -> None:
    run(job)
    printing.report(job.pk, 2, by=clerk, at=NOW)

    assert print_run.clear(OLD) == 1
    assert print_run.clear(OLD) == 0
    job.refresh_from_db()
    assert (job.state, job.printings.count()) == (JobState.PRINTED, 3)
    assert Paper.objects.filter(printed_at=NOW).count() == 3
