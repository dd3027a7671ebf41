"""Heaps of signed sheets: taking one in, seeing it sorted, confirming it.

Draws what `scans` decides; a "no" comes back as words with their source.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from notices.models import Intake, PageStanding, ScanPage
from notices.scans import intake as heaps
from notices.scans import settling, waiting
from notices.scans.forms import IntakeForm
from notices.scans.intake import Purpose, Taken
from notices.views.access import (
    acting_hat_of,
    hat_of,
    intake_or_404,
    own_hat,
    territory_of,
)
from permissions import clock
from registry.refusals import Refusal

MOST_SHOWN: Final = 50
UNPROCESSABLE: Final = 422
# Seconds between two looks at a heap that is being read; works without a script.
_AGAIN: Final = "3"

# In the order in which an officer settles them.
PROBLEMS: Final = (
    PageStanding.UNREADABLE,
    PageStanding.DOUBLED,
    PageStanding.SUPERSEDED,
    PageStanding.WITHDRAWN,
    PageStanding.FOREIGN,
    PageStanding.FORGED,
    PageStanding.BLANK,
    PageStanding.DISCARDED,
)


@require_safe
def intakes(request: HttpRequest) -> HttpResponse:
    """List the heaps taken in within reach, newest first."""
    reach = territory_of(request).q()
    open_page = Q(files__pages__confirmed_at=None)
    rows = Intake.objects.filter(reach).annotate(
        pages=Count("files__pages"),
        confirmed=Count("files__pages", filter=~open_page),
        unread=Count("files", filter=~Q(files__content="")),
    )
    rows = rows.select_related("place", "taken_by__officer").order_by("-taken_at")
    context = {
        "rows": rows[:MOST_SHOWN],
        "may_act": hat_of(request).held.acts,
    }
    return render(request, "notices/intakes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in a heap of any papers of the officer's place."""
    hat = acting_hat_of(request)
    sent = request.method == "POST"
    form = IntakeForm(request.POST if sent else None, initial=request.GET.dict())
    if form.is_valid():
        purpose = Purpose(place_id=hat.place_id, **form.cleaned_data)
        return take_in(request, purpose, form=form)
    return page_of_upload(request, form=form)


def take_in(request: HttpRequest, purpose: Purpose, **shown: Any) -> HttpResponse:
    """Take in the files of a request for this purpose, or say why not."""
    hat = acting_hat_of(request)
    taken = heaps.open_intake(
        files_of(request), purpose=purpose, by=hat, at=clock.now()
    )
    if isinstance(taken, Taken):
        _tell(request, taken)
        return redirect(taken.intake)
    return page_of_upload(request, refused=taken, **shown)


def page_of_upload(
    request: HttpRequest, *, refused: Sequence[Refusal] = (), **shown: Any
) -> HttpResponse:
    """Show where files are chosen; `form`, `expected` and `back` are the caller's."""
    context = {"refused": refused, "most_files": heaps.MOST_FILES, **shown}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "notices/new_intake.html", context, status=status)


def files_of(request: HttpRequest) -> list[UploadedFile]:
    """Return what was photographed and what was chosen, in order."""
    return [*request.FILES.getlist("camera"), *request.FILES.getlist("files")]


@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a heap: how far it is read, what is matched, what is wrong, what is missing."""
    return _page(request, intake_or_404(request, pk))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put further files into a heap."""
    found = intake_or_404(request, pk)
    own_hat(request, found)
    taken = heaps.add(found, files_of(request), at=clock.now())
    if isinstance(taken, Taken):
        _tell(request, taken)
        return redirect(found)
    return _page(request, found, refused=taken)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the ticked pages the proof of their papers."""
    found = intake_or_404(request, pk)
    hat = own_hat(request, found)
    ticked = [int(one) for one in request.POST.getlist("page") if one.isdecimal()]
    number = settling.confirm(found, ticked, by=hat, at=clock.now())
    said = _("已确认 %(number)s 页，已存入各户档案") % {"number": number}
    messages.success(request, said)
    return redirect(found)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a heap: pictures that are nobody's proof are thrown away."""
    found = intake_or_404(request, pk)
    own_hat(request, found)
    number = settling.close(found, at=clock.now())
    said = _("已收完，%(number)s 张没有确认的图像已删除") % {"number": number}
    messages.success(request, said)
    return redirect(found)


def _tell(request: HttpRequest, taken: Taken) -> None:
    if taken.added:
        said = _("已收到 %(number)s 个文件") % {"number": taken.added}
        messages.success(request, said)
    if taken.known:
        names = _("、").join(taken.known[:5])
        said = _("%(number)s 个文件以前收过，没有重复收：%(names)s")
        given = {"number": len(taken.known), "names": names}
        messages.warning(request, said % given)


def _page(
    request: HttpRequest, found: Intake, *, refused: Sequence[Refusal] = ()
) -> HttpResponse:
    hat = hat_of(request)
    files = list(found.files.annotate(read=Count("pages__number", distinct=True)))
    reading = any(file.content for file in files)
    pages = _pages(found)
    problems = _problems(pages)
    faults = [file for file in files if file.fault]
    missing = waiting.missing(found)
    mine = hat.held.acts and hat.place_id == found.place_id and not found.closed_at
    context: dict[str, Any] = {
        "intake": found,
        # A subject is called as its page is.
        "back": f"/{found.about}/" if found.about else "",
        "files": files,
        "reading": reading,
        "read": sum(file.read for file in files),
        "due": sum(file.pages_due or 0 for file in files),
        "uncounted": sum(file.pages_due is None for file in files),
        "matched": [p for p in pages if _is_open(p, PageStanding.MATCHED)],
        "confirmed": [p for p in pages if p.confirmed_at],
        "problems": problems,
        "problem_count": sum(len(these) for _label, these in problems) + len(faults),
        "faults": faults,
        "missing": missing[: waiting.MOST_SHOWN],
        "missing_count": missing.count(),
        "may_act": mine,
        "refused": refused,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    response = render(request, "notices/intake.html", context, status=status)
    if reading and request.method == "GET":
        response.headers["Refresh"] = _AGAIN
    return response


def _pages(found: Intake) -> list[ScanPage]:
    pages = ScanPage.objects.filter(file__intake=found).select_related(
        "file", "photo", "paper__household", "paper__place", "paper__superseded_by"
    )
    return list(pages.order_by("file_id", "number", "part"))


def _problems(pages: Sequence[ScanPage]) -> list[tuple[str, list[ScanPage]]]:
    found = []
    for standing in PROBLEMS:
        these = [page for page in pages if _is_open(page, standing)]
        if these:
            found.append((str(standing.label), these))
    return found


def _is_open(page: ScanPage, standing: PageStanding) -> bool:
    return page.standing == standing and page.confirmed_at is None
