"""Making the file of a print job in the background; resuming and clearing by the tick.

Running a job twice, or half of it, does no harm: whoever takes it off the queue makes
it, and only his file counts.
"""

import hashlib
import logging
import time
from datetime import datetime, timedelta

import pypdfium2
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_noop
from django_tasks import task

from notices.models import JobSheet, JobState, PrintJob
from notices.press import Unrendered
from notices.print_file import Made, Progress, make
from permissions import clock

logger = logging.getLogger(__name__)

ATTEMPTS = 3
# A worker that has said nothing for so long was killed.
PATIENCE = timedelta(minutes=5)
# Files hold names and can be made again: they are not kept longer than they are used.
KEEP = timedelta(days=7)

KILLED = gettext_noop("生成多次中断")
UNREPORTED = gettext_noop("超过保存期，没有登记打印")
NOTHING_LEFT = gettext_noop("没有一份能够生成")

_HEARTBEAT_SECONDS = 1.0


def queue(job_id: int) -> None:
    """Queue the job."""
    run_job.enqueue(job_id)


@task()
def run_job(job_id: int) -> bool:
    """Make the file of a job that waits; return whether this run made it."""
    waiting = PrintJob.objects.filter(pk=job_id, state=JobState.WAITING)
    taken = waiting.update(
        state=JobState.RENDERING,
        touched_at=clock.now(),
        done=0,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return False
    job = PrintJob.objects.select_related("asked_by__officer", "asked_by__place")
    return _made(job.get(pk=job_id))


def resume(now: datetime) -> int:
    """Queue again what a killed worker left behind; return how many jobs that were."""
    silent = PrintJob.objects.filter(
        Q(state=JobState.WAITING, asked_at__lt=now - PATIENCE)
        | Q(state=JobState.RENDERING, touched_at__lt=now - PATIENCE)
    )
    for job in silent.filter(attempts__gte=ATTEMPTS):
        _give_up(job, JobState.FAILED, KILLED, at=now)
    left = list(silent.filter(attempts__lt=ATTEMPTS).values_list("pk", flat=True))
    PrintJob.objects.filter(pk__in=left, state=JobState.RENDERING).update(
        state=JobState.WAITING
    )
    for job_id in left:
        queue(job_id)
    return len(left)


def clear(now: datetime) -> int:
    """Throw away the files nobody needs any more; return how many.

    Effects: jobs nobody reported are given up; their papers are to be printed again.
    """
    old = Q(closed_at__lt=now - KEEP) | Q(
        state=JobState.READY, touched_at__lt=now - KEEP
    )
    jobs = list(PrintJob.objects.exclude(file="").filter(old))
    for job in jobs:
        if job.live:
            _give_up(job, JobState.DROPPED, UNREPORTED, at=now)
        job.file.delete(save=False)
        PrintJob.objects.filter(pk=job.pk).update(file="")
    return len(jobs)


def _made(job: PrintJob) -> bool:
    try:
        made = make(job, progress=_heartbeat(job))
    except Unrendered as error:
        logger.warning("print job %s: %s", job.pk, error)
        return _give_up(job, JobState.FAILED, str(error), at=clock.now())
    if made.sheets:
        return _store(job, made)
    with transaction.atomic():
        _note_missing(made)
        return _give_up(job, JobState.FAILED, NOTHING_LEFT, at=clock.now())


def _heartbeat(job: PrintJob) -> Progress:
    """Return what tells the page how far the worker is, and the tick that it lives."""
    said = 0.0

    def progress(done: int) -> None:
        nonlocal said
        if done < job.total and time.monotonic() - said < _HEARTBEAT_SECONDS:
            return
        said = time.monotonic()
        PrintJob.objects.filter(pk=job.pk, state=JobState.RENDERING).update(
            done=done, touched_at=clock.now()
        )

    return progress


def _store(job: PrintJob, made: Made) -> bool:
    """Keep the file, unless the job was given up or taken over meanwhile."""
    name = f"printing/{job.asked_at.year}/{job.pk}-{job.attempts}.pdf"
    storage = job.file.storage
    storage.delete(name)
    storage.save(name, ContentFile(made.pdf))
    document = pypdfium2.PdfDocument(made.pdf)
    pages = len(document)
    document.close()
    ours = PrintJob.objects.filter(
        pk=job.pk, state=JobState.RENDERING, attempts=job.attempts
    )
    with transaction.atomic():
        kept = ours.update(
            state=JobState.READY,
            file=name,
            pages=pages,
            poster_pages=made.posters,
            sha256=hashlib.sha256(made.pdf).hexdigest(),
            done=len(made.sheets),
            touched_at=clock.now(),
            last_error="",
        )
        if kept:
            JobSheet.objects.bulk_update(made.sheets, ["first_page", "pages"])
            _note_missing(made)
    if not kept:
        storage.delete(name)
    return bool(kept)


def _note_missing(made: Made) -> None:
    """Let go of the papers that are not in the file; each sheet keeps the reason."""
    for sheet in made.missing:
        sheet.open = False
    JobSheet.objects.bulk_update(made.missing, ["error", "open"])


def _give_up(job: PrintJob, state: JobState, why: str, *, at: datetime) -> bool:
    """Close a live job without a printing; its papers are free again."""
    with transaction.atomic():
        live = PrintJob.objects.filter(pk=job.pk, state=job.state)
        if live.update(state=state, last_error=why, closed_at=at):
            job.sheets.update(open=False)
    return False
