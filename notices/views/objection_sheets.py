"""The papers of objections as PDF: each record, each answer, the register of all.

A face that names the objector goes only to whoever may know, and is stored nowhere.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices import objection_papers
from notices.models import Objection, Paper
from notices.press import Unrendered
from notices.views.access import (
    hat_of,
    objection_or_404,
    objections_in_reach,
    paper_or_404,
)
from permissions import clock


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the record sheet: the full face only to whoever may know."""
    return _of_one(request, pk, objection_papers.record_pdf)


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the answer: with the objector's name only to whoever may know."""
    try:
        return _of_one(request, pk, objection_papers.answer_pdf)
    except Paper.DoesNotExist as unanswered:
        raise Http404 from unanswered


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Print the register of everything in reach, or of one notice."""
    hat = hat_of(request)
    code = request.GET.get("paper", "")
    notice = paper_or_404(request, code) if code else None
    rows = objections_in_reach(request).order_by("received_at")
    try:
        pdf = objection_papers.register_pdf(
            rows.filter(paper=notice) if notice else rows,
            place_code=notice.place_id if notice else hat.place_id,
            at=clock.now(),
            notice=notice,
        )
    except Unrendered:
        messages.error(request, _("登记簿暂时排不出版，请稍后再试"))
        return redirect("notices:objections")
    return _shown(pdf)


def _of_one(request: HttpRequest, pk: int, made: Callable[..., bytes]) -> HttpResponse:
    found: Objection = objection_or_404(request, pk)
    try:
        return _shown(made(found, by=hat_of(request), at=clock.now()))
    except Unrendered:
        messages.error(request, _("登记表暂时排不出版，请稍后再试"))
        return redirect("notices:objection", found.pk)


def _shown(pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
