"""One paper for the officers of its place: its page, its PDF, its printings; photos."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices import kinds, postings, printing, tasks
from notices.models import Objection, PrintJob
from notices.press import Unrendered
from notices.views.access import acting_hat_of, hat_of, paper_or_404, photo_or_404
from permissions import clock

# A PDF shows itself in the browser's own viewer, which the site's policy would stop.
_PDF_POLICY = "frame-ancestors 'none'"
_ONE_DAY = 24 * 60 * 60


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a paper is worth, where it hangs and who objects."""
    shown = paper_or_404(request, code)
    kind = kinds.named(shown.kind)
    context: dict[str, Any] = {
        "paper": shown,
        "kind": kind,
        "postings": postings.postings_of([shown.pk]) if kind.public else [],
        "objections": _objections(shown.pk) if kind.public else [],
        "replaces": shown.replaces.all(),
        "printings": shown.printings.select_related("printed_by__officer", "job"),
        "job": PrintJob.objects.filter(sheets__paper=shown, sheets__open=True).first(),
        "signed_sheets": shown.signed_sheets.order_by("pk"),
        "may_act": hat_of(request).held.acts,
    }
    return render(request, "notices/paper.html", context)


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the PDF, making it now if the worker has not come to it yet."""
    shown = paper_or_404(request, code)
    try:
        content = tasks.pdf(shown)
    except Unrendered as error:
        tasks.note_failure(shown, error)
        messages.error(request, _("这份文书暂时排不出版，已记录，请稍后再试"))
        return redirect(shown)
    return inline_pdf(request, content, name=shown.code)


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the large-type A3 copy of a notice."""
    shown = paper_or_404(request, code)
    if not kinds.named(shown.kind).public:
        raise Http404
    try:
        content = tasks.poster(shown)
    except Unrendered:
        messages.error(request, _("大字版暂时排不出版，请稍后再试"))
        return redirect(shown)
    return inline_pdf(request, content, name=f"{shown.code}-A3")


def inline_pdf(request: HttpRequest, content: bytes, *, name: str) -> HttpResponse:
    """Return a PDF to look at, or with `download` to keep; no cache keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    kind = "attachment" if request.GET.get("download") else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = _PDF_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """Take the ticked papers off the print queue."""
    hat = acting_hat_of(request)
    codes = [paper_or_404(request, code).pk for code in request.POST.getlist("code")]
    number = printing.mark_printed(codes, by=hat, at=clock.now())
    messages.success(request, _("已标记打印 %(number)s 份") % {"number": number})
    if len(codes) == 1:
        return redirect("notices:paper", codes[0])
    return redirect("/papers/?v=print")


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a photo."""
    shown = photo_or_404(request, pk)
    if not default_storage.exists(str(shown.file.name)):
        raise Http404
    with shown.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response.headers["Cache-Control"] = f"private, max-age={_ONE_DAY}, immutable"
    return response


def _objections(code: str) -> Any:
    return Objection.objects.filter(paper_id=code).select_related(
        "household", "handler"
    )
