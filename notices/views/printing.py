"""The print centre 打印中心: what waits, the jobs, their files, and what was printed.

Draws what `printing` decides and `print_queue` counts.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices import print_queue, printing
from notices.models import JobState, Paper, PrintJob
from notices.printing import Wish
from notices.views.access import (
    acting_hat_of,
    hat_of,
    is_own,
    job_or_404,
    own_job_or_404,
    territory_of,
)
from notices.views.papers import inline_pdf
from permissions import clock
from registry.refusals import Refusal

MOST_GROUPS = 100
MOST_JOBS = 50
_LONGEST_NUMBER = 4


@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """Show what waits to be printed, and the newest jobs of this office."""
    office = hat_of(request).place_id
    reach = territory_of(request).q()
    waiting = print_queue.groups(office)
    papers, pages, unknown = print_queue.amount(waiting)
    jobs = list(print_queue.jobs(office).filter(reach)[:MOST_JOBS])
    context: dict[str, Any] = {
        "groups": waiting[:MOST_GROUPS],
        "more": max(0, len(waiting) - MOST_GROUPS),
        "papers": papers,
        "pages": pages,
        "unknown": unknown,
        "jobs": jobs,
        "working": any(_at_work(job) for job in jobs),
        "may_act": hat_of(request).held.acts,
    }
    return render(request, "notices/print_centre.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Queue the ticked papers, everything that waits, or the ticked groups of it."""
    hat = acting_hat_of(request)
    reach = territory_of(request).q()
    codes = request.POST.getlist("code")
    if codes:
        wanted = Paper.objects.filter(reach, code__in=codes)
        if wanted.count() != len(set(codes)):
            raise Http404
    elif "every" in request.POST:
        wanted = print_queue.waiting(hat.place_id).filter(reach)
    else:
        groups = request.POST.getlist("group")
        wanted = print_queue.of_groups(hat.place_id, groups).filter(reach)
    found = list(wanted.values_list("code", flat=True))
    jobs = printing.ask(found, by=hat, at=clock.now(), wish=wish_of(request))
    return asked(request, jobs)


def wish_of(request: HttpRequest, household_id: int | None = None) -> Wish:
    """Return how the file shall look, as the form says."""
    return Wish(
        contents="no_contents" not in request.POST,
        duplex="duplex" in request.POST,
        posters="posters" in request.POST,
        copies=_number(request.POST.get("copies", "")) or 1,
        household_id=household_id,
    )


def asked(request: HttpRequest, jobs: Sequence[PrintJob]) -> HttpResponse:
    """Lead on to the one job that was made, or to the print centre."""
    if len(jobs) == 1:
        return redirect(jobs[0])
    if jobs:
        said = _("已提交 %(number)s 个打印任务") % {"number": len(jobs)}
        messages.success(request, said)
    else:
        messages.info(request, _("没有新的文书要打印：有的已在打印任务里，或者已失效"))
    return redirect("notices:print_centre")


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one job: how far it is, what is on which page, what was printed."""
    shown = job_or_404(request, pk)
    sheets = list(shown.sheets.select_related("paper", "paper__household"))
    context: dict[str, Any] = {
        "job": shown,
        "sheets": sheets,
        "in_file": [sheet for sheet in sheets if sheet.pages],
        "missing": [sheet for sheet in sheets if sheet.error],
        "void": sum(
            1 for sheet in sheets if sheet.pages and sheet.paper.state != "issued"
        ),
        "printing": shown.printings.select_related("printed_by__officer").first(),
        "working": _at_work(shown),
        "may_act": hat_of(request).held.acts,
        "own": is_own(request, shown),
    }
    return render(request, "notices/print_job.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file while it is to be printed: an original is printed once."""
    shown = job_or_404(request, pk)
    name = str(shown.file)
    if shown.state != JobState.READY or not default_storage.exists(name):
        messages.info(request, _("这个打印文件已经关闭，再印请用“重印”"))
        return redirect(shown)
    with shown.file.open("rb") as stored:
        content = stored.read()
    return inline_pdf(request, content, name=f"print-{shown.pk}")


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what was printed from a job's file."""
    hat = acting_hat_of(request)
    shown = own_job_or_404(request, pk)
    copies = _number(request.POST.get("copies", "")) or 0
    answer = printing.report(shown.pk, copies, by=hat, at=clock.now())
    if isinstance(answer, Refusal):
        messages.error(request, str(answer))
    else:
        said = _("已登记：每份文书打印 %(copies)s 份") % {"copies": copies}
        messages.success(request, said)
    return redirect(shown)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a job's papers once more, or only those that are missing in its file."""
    hat = acting_hat_of(request)
    shown = job_or_404(request, pk)
    once_more = printing.complete if "missing" in request.POST else printing.again
    return asked(request, once_more(shown, by=hat, at=clock.now()))


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a job up; its papers wait again."""
    acting_hat_of(request)
    shown = own_job_or_404(request, pk)
    if printing.drop(shown.pk, at=clock.now()):
        messages.success(request, _("已取消，文书回到待打印"))
    return redirect(shown)


def _at_work(shown: PrintJob) -> bool:
    return shown.state in {JobState.WAITING, JobState.RENDERING}


def _number(text: str) -> int | None:
    good = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if good else None
