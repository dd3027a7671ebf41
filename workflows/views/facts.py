"""A page of facts about one household: any form a procedure declares for a step."""

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
from workflows.errors import Stale
from workflows.machine import Step
from workflows.models import Case
from workflows.procedure import named
from workflows.views.access import case_or_404, hat_of, sits_at
from workflows.views.conflict import conflict
from workflows.views.desk_page import photos_by_about
from workflows.views.step_forms import case_pages, forms_of, typed_words

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def case_fact(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show and take down one kind of facts about one household."""
    case = case_or_404(request, pk)
    step = _step_meant(request, case)
    declared = forms_of(named(case.procedure), step)
    form_class = next((form for form in declared.case if form.slug == slug), None)
    if form_class is None:
        raise Http404
    form = _form(request, case, step, form_class)
    status = 200
    if request.method == "POST":
        if case.closed_on or step.name != case.batch.step:
            return conflict(request, case.batch, {}, kept=typed_words([form]))
        if form.is_valid():
            return _save(request, case, form)
        status = UNPROCESSABLE
    context: dict[str, Any] = {
        "case": case,
        "batch": case.batch,
        "household": case.household,
        "step": step,
        "form": form,
        "pages": case_pages(declared, [case], step)[case.pk],
        "photos": photos_by_about([case.about]).get(case.about, []),
    }
    return render(request, "workflows/case_fact.html", context, status=status)


def _step_meant(request: HttpRequest, case: Case) -> Step:
    """Return the step the page is about, when this hat works there; 404 otherwise.

    That is the step the case is at; a page sent too late names the one before.
    """
    name = request.POST.get("step") or ("" if case.closed_on else case.batch.step)
    known = {step.name: step for step in named(case.procedure).steps}
    if name not in known or not sits_at(hat_of(request), known[name], case.place_id):
        raise Http404
    return known[name]


def _save(request: HttpRequest, case: Case, form: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            keep_in_place(case.batch)
            form.save()
    except Stale as stale:
        return conflict(request, stale.batch, {}, kept=typed_words([form]))
    messages.success(request, _("已保存"))
    return redirect(_after(request, case, form.slug))


def _form(request: HttpRequest, case: Case, step: Step, form_class: Any) -> Any:
    sent = request.method == "POST"
    return form_class(
        subject=case,
        step=step.name,
        by=hat_of(request),
        now=clock.now(),
        data=request.POST if sent else None,
        files=request.FILES if sent else None,
    )


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
