"""The list of papers an officer may read, and those that wait to be printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notices.models import Paper, PaperState
from workflows import clock
from workflows.views.access import hat_of, in_reach
from workflows.views.paging import SIZE, Page, without


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """List papers, newest first; `v=print` only what is not printed yet."""
    rows = in_reach(request, Paper.objects.select_related("household", "place"))
    only_unprinted = request.GET.get("v") == "print"
    if only_unprinted:
        rows = rows.filter(
            issuer_id=hat_of(request).place_id,
            state=PaperState.ISSUED,
            printed_at=None,
        )
    if number := request.GET.get("q", "").strip():
        rows = rows.filter(number__contains=number)
    rows = rows.order_by("-issued_at", "code")
    start = request.GET.get("after", "")
    skip = int(start) if start.isdecimal() else 0
    found = list(rows[skip : skip + SIZE + 1])
    page = Page(
        rows=found[:SIZE],
        first=not skip,
        next=str(skip + SIZE) if len(found) > SIZE else "",
    )
    context: dict[str, Any] = {
        "page": page,
        "query": without(request.GET, "after"),
        "only_unprinted": only_unprinted,
        "today": clock.today(),
    }
    return render(request, "workflows/papers.html", context)
