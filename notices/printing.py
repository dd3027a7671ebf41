"""Asking for a print job and reporting what was printed: the only writer of "printed".

The first printing of a paper is the original, however many sheets it takes; printed
again, each sheet says which copy (副本) it is. Knows papers as rows; must not know why
one was issued.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from notices import kinds, print_run
from notices.models import JobSheet, JobState, Paper, PaperState, Printing, PrintJob
from notices.originals import copy_numbers, in_hand, prints_original
from permissions.models import Appointment
from registry.groups import place_in_village
from registry.refusals import HOUSE_RULE, Refusal

# A file of more papers is slow to open on an old PC; the rest goes into a second one.
MOST_PAPERS = 500
MOST_COPIES = 500

# In what order papers of several kinds lie in one household's file.
_ORDER = {code: order for order, code in enumerate(kinds.KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file is to look."""

    contents: bool = True
    duplex: bool = False
    # Public notices once more in large type on A3, behind the others.
    posters: bool = False
    copies: int = 1
    # All papers into one file, whatever their kind: one household's.
    household_id: int | None = None


PLAIN = Wish()


def ask(
    codes: Iterable[str], *, by: Appointment, at: datetime, wish: Wish = PLAIN
) -> list[PrintJob]:
    """Queue files with these papers; one per village and kind.

    Left out are papers no longer in force and those that wait in another job already:
    asking twice does no harm, and there are never two files with one original.

    Effects: jobs and their sheets; rendering is queued after commit.
    """
    with transaction.atomic():
        papers = _free(codes, by)
        numbers = copy_numbers(papers, by)
        jobs, sheets = [], []
        for place, kind, some in _files(papers, wish):
            job = PrintJob(
                place_id=place,
                kind=kind,
                household_id=wish.household_id,
                asked_by=by,
                asked_at=at,
                contents=wish.contents and len(some) > 1,
                duplex=wish.duplex,
                posters=wish.posters,
                copies=min(max(wish.copies, 1), MOST_COPIES),
                total=len(some),
            )
            jobs.append(job)
            sheets += [
                JobSheet(job=job, position=position, paper=one, copy=numbers[one.code])
                for position, one in enumerate(some, start=1)
            ]
        PrintJob.objects.bulk_create(jobs)
        JobSheet.objects.bulk_create(sheets)
        for job in jobs:
            transaction.on_commit(partial(print_run.queue, job.pk))
    return jobs


def report(
    job_id: int, copies: int, *, by: Appointment, at: datetime
) -> PrintJob | Refusal:
    """Count the printing of a job's file, so many times; the job is over.

    Effects: one row per paper, the papers leave the print queue, the file is closed:
    whoever needs more asks for copies, which say that they are.
    Refuses: not_ready, copies_out_of_range.
    """
    if not 1 <= copies <= MOST_COPIES:
        return _refused(
            "copies_out_of_range", _("份数应在 1 到 %(most)s 之间"), most=MOST_COPIES
        )
    with transaction.atomic():
        job = PrintJob.objects.select_for_update().get(pk=job_id)
        if job.state != JobState.READY:
            return _refused("not_ready", _("这个打印任务没有待登记的打印件"))
        sheets = list(job.sheets.filter(open=True))
        _count(
            [
                Printing(
                    paper_id=sheet.paper_id,
                    job=job,
                    copy=sheet.copy,
                    copies=copies,
                    printed_by=by,
                    printed_at=at,
                )
                for sheet in sheets
            ]
        )
        _close(job, JobState.PRINTED, at=at)
    return job


def mark_printed(codes: Sequence[str], *, by: Appointment, at: datetime) -> int:
    """Count papers printed from their own files; return how many.

    Left out are those printed before, those that wait in a job, to be reported there,
    and those of another office.
    """
    with transaction.atomic():
        fresh = [
            paper
            for paper in _free(codes, by)
            if paper.printed_at is None and prints_original(by, paper)
        ]
        _count(
            [
                Printing(paper=paper, copy=0, copies=1, printed_by=by, printed_at=at)
                for paper in fresh
            ]
        )
    return len(fresh)


def again(job: PrintJob, *, by: Appointment, at: datetime) -> list[PrintJob]:
    """Queue a job's papers once more: as copies if printed, else as they were."""
    return _once_more(job, job.sheets.all(), by=by, at=at)


def complete(job: PrintJob, *, by: Appointment, at: datetime) -> list[PrintJob]:
    """Queue the papers that failed in a job once more."""
    return _once_more(job, job.sheets.exclude(error=""), by=by, at=at)


def _once_more(
    job: PrintJob, sheets: QuerySet[JobSheet], *, by: Appointment, at: datetime
) -> list[PrintJob]:
    wish = Wish(contents=job.contents, duplex=job.duplex, household_id=job.household_id)
    codes = list(sheets.values_list("paper_id", flat=True))
    return ask(codes, by=by, at=at, wish=wish)


def drop(job_id: int, *, at: datetime) -> bool:
    """Give a job up; its papers are to be printed as before. Return whether it was live."""
    with transaction.atomic():
        job = PrintJob.objects.select_for_update().get(pk=job_id)
        if not job.live:
            return False
        _close(job, JobState.DROPPED, at=at)
    return True


def _free(codes: Iterable[str], by: Appointment) -> list[Paper]:
    """Return the papers in force that wait in no job of this hat's concern, locked."""
    wanted = Paper.objects.filter(code__in=list(codes), state=PaperState.ISSUED)
    # Two clerks asking at once queue here; what the first one took is seen below.
    papers = list(
        wanted.select_for_update(of=("self",))
        .select_related("household")
        .defer("context")
        .order_by("code")
    )
    taken = in_hand(papers, by)
    return [paper for paper in papers if paper.code not in taken]


def _files(
    papers: Sequence[Paper], wish: Wish
) -> Iterator[tuple[str, str, list[Paper]]]:
    """Yield place, kind and papers of each file, in the order of handing out."""

    def file_of(paper: Paper) -> tuple[str, str]:
        return paper.place_id, "" if wish.household_id else paper.kind

    in_order = sorted(papers, key=lambda paper: (*file_of(paper), *_as_handed(paper)))
    for (place, kind), found in groupby(in_order, key=file_of):
        some = list(found)
        for start in range(0, len(some), MOST_PAPERS):
            part = some[start : start + MOST_PAPERS]
            alone = part[0].kind if len(part) == 1 else ""
            yield place, kind or alone, part


def _as_handed(paper: Paper) -> tuple[tuple[int, str], str, datetime, int, str]:
    household = paper.household
    group = place_in_village(household.group) if household else (0, "")
    number = household.number if household else ""
    return group, number, paper.issued_at, _ORDER[paper.kind], paper.code


def _count(printings: Sequence[Printing]) -> None:
    """Write the printings down; a paper's original takes it off the print queue."""
    if not printings:
        return
    Printing.objects.bulk_create(printings)
    first = printings[0]
    Paper.objects.filter(
        code__in=[one.paper_id for one in printings if not one.copy], printed_at=None
    ).update(printed_at=first.printed_at, printed_by_id=first.printed_by.officer_id)


def _close(job: PrintJob, state: JobState, *, at: datetime) -> None:
    job.sheets.update(open=False)
    job.state, job.closed_at = state, at
    job.save(update_fields=["state", "closed_at"])


def _refused(code: str, text: str, **values: object) -> Refusal:
    return Refusal(
        code=code,
        text=text % values if values else text,
        source=HOUSE_RULE,
    )
