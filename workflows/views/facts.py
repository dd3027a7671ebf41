"""A page of facts about one household: any form a procedure declares for a step."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import clock
from workflows.actions.writing import keep_in_place
from workflows.drafts import Where, forget, keep_photos
from workflows.errors import Stale
from workflows.machine import Step
from workflows.models import Case, DeskDraft
from workflows.procedure import named
from workflows.views import drafts
from workflows.views.access import case_or_404, hat_of, officer_of, sits_at
from workflows.views.conflict import conflict
from workflows.views.desk_page import photos_by_about
from workflows.views.step_forms import case_pages, forms_of, typed_words

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One officer's visit to a page of facts about one household."""

    request: HttpRequest
    case: Case
    step: Step
    form_class: Any

    @property
    def where(self) -> Where:
        """Return under what the half-typed page is kept."""
        return Where(
            officer_id=officer_of(self.request).pk,
            batch=self.case.batch,
            step=self.step.name,
            page=f"{self.case.about}/{self.form_class.slug}",
        )

    def form(self, sent: drafts.Sent | None) -> Any:
        """Return the form, bound to what was sent or kept, if anything."""
        form = self.form_class(
            subject=self.case,
            step=self.step.name,
            by=hat_of(self.request),
            now=clock.now(),
            data=sent.data if sent else None,
            files=sent.files if sent else None,
        )
        if sent and not sent.submitted:
            form.leave_unjudged()
        return form


@require_http_methods(["GET", "HEAD", "POST"])
def case_fact(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show and take down one kind of facts about one household."""
    case = case_or_404(request, pk)
    step = _step_meant(request, case)
    declared = forms_of(named(case.procedure), step)
    form_class = next((form for form in declared.case if form.slug == slug), None)
    if form_class is None:
        raise Http404
    page = Page(request=request, case=case, step=step, form_class=form_class)
    if request.method == "POST":
        return _posted(page)
    kept = drafts.kept(page.where)
    return _shown(page, page.form(kept.sent), kept=kept)


def _posted(page: Page) -> HttpResponse:
    sent = drafts.sent(page.request, page.where)
    form = page.form(sent)
    words = typed_words([form])
    if page.case.closed_on or page.step.name != page.case.batch.step:
        return conflict(page.request, page.case.batch, {}, kept=words)
    if answer := drafts.only_kept(page.request, sent, page.where, words):
        return answer
    draft = drafts.put_aside(sent, page.where, words)
    if form.is_valid():
        return _save(page, form, draft)
    keep_photos(draft, sent.files)
    return _shown(page, form, status=UNPROCESSABLE)


def _shown(
    page: Page, form: Any, *, kept: drafts.Kept | None = None, status: int = 200
) -> HttpResponse:
    case = page.case
    declared = forms_of(named(case.procedure), page.step)
    context: dict[str, Any] = {
        "case": case,
        "batch": case.batch,
        "household": case.household,
        "step": page.step,
        "form": form,
        "kept": kept,
        "typing": True,
        "pages": case_pages(declared, [case], page.step)[case.pk],
        "photos": photos_by_about([case.about]).get(case.about, []),
    }
    return render(page.request, "workflows/case_fact.html", context, status=status)


def _step_meant(request: HttpRequest, case: Case) -> Step:
    """Return the step the page is about, when this hat works there; 404 otherwise.

    That is the step the case is at; a page sent too late names the one before.
    """
    name = request.POST.get("step") or ("" if case.closed_on else case.batch.step)
    known = {step.name: step for step in named(case.procedure).steps}
    if name not in known or not sits_at(hat_of(request), known[name], case.place_id):
        raise Http404
    return known[name]


def _save(page: Page, form: Any, draft: DeskDraft) -> HttpResponse:
    case = page.case
    try:
        with transaction.atomic():
            keep_in_place(case.batch)
            form.save()
            forget([draft])
    except Stale as stale:
        return conflict(page.request, stale.batch, {}, kept=typed_words([form]))
    messages.success(page.request, _("已保存"))
    return redirect(_after(page.request, case, form.slug))


def _after(request: HttpRequest, case: Case, slug: str) -> Any:
    """Return where to go: this page again for more lines, else the desk."""
    if request.POST.get("do") == "stay":
        return case_fact_url(case, slug)
    return desk_url(case)


def case_fact_url(case: Case, slug: str) -> str:
    """Return the address of a page of facts."""
    return reverse("workflows:case_fact", args=[case.pk, slug])


def desk_url(case: Case) -> str:
    """Return the address of the case's batch, at the case's own row."""
    return f"{reverse('workflows:batch', args=[case.batch_id])}#case-{case.pk}"
