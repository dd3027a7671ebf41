"""Papers an officer may read, those that wait to be printed, and drafts of those to come."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices import papers as office
from notices.models import Paper, PaperState
from notices.press import Unrendered
from workflows import clock
from workflows.machine import Step
from workflows.models import Batch
from workflows.procedure import named
from workflows.views.access import batch_or_404, hat_of, in_reach
from workflows.views.desk_visit import at_desk
from workflows.views.paging import by_issue, without


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
    if sought := request.GET.get("q", "").strip():
        rows = rows.filter(number__contains=sought)
    rows = rows.order_by("-issued_at", "code")
    context: dict[str, Any] = {
        "page": by_issue(rows, request.GET.get("after", "")),
        "query": without(request.GET, "after"),
        "only_unprinted": only_unprinted,
        "today": clock.today(),
    }
    return render(request, "workflows/papers.html", context)


def due(batch: Batch, step: Step) -> list[str]:
    """Return the kinds an act at this step issues, the next notice included."""
    procedure, rulebook = named(batch.procedure), batch.bound_rulebook
    names = [one.name for one in procedure.steps]
    later = procedure.steps[names.index(step.name) + 1 :]
    following = next((one for one in later if rulebook.requires(one.name)), None)
    notice = following.posts if following else ""
    return [kind for kind in (*step.papers, notice) if kind]


@require_safe
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Show what a paper of this step would say now, 草稿 across every page."""
    batch = batch_or_404(request, pk)
    at = at_desk(request, batch)
    if at is None or kind not in {*at.step.forms, *due(batch, at.step)}:
        raise Http404
    record = at.procedure.record(batch, at.cases, at.step)
    drafts = at.procedure.papers(
        [kind], record, at.cases, by=hat_of(request), now=at.now
    )
    if not drafts:
        raise Http404
    if refusals := office.printable(drafts):
        messages.error(request, refusals[0].cited)
        return redirect("workflows:batch", batch.pk)
    try:
        pdf = office.preview(kind, drafts[0].context, at=at.now)
    except Unrendered:
        messages.error(request, _("草稿暂时排不出版，请稍后再试"))
        return redirect("workflows:batch", batch.pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    # The browser's own viewer needs more than the site's policy allows.
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
