"""The desk 办理: one batch at one step, its facts and a verdict per household.

GET shows what is missing before anybody presses a button; POST saves facts and
leads to the check page. Who may not act here gets the reading page instead.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import clock, judge
from workflows.errors import Stale
from workflows.machine import Step
from workflows.models import Batch, Case
from workflows.procedure import Procedure, named
from workflows.views import drafts
from workflows.views.access import batch_or_404, hat_of, sits_at
from workflows.views.conflict import conflict
from workflows.views.desk_page import (
    marks,
    papers_of,
    people,
    rows_of,
    shared,
    sheets,
    whole_facts,
)
from workflows.views.reading import reading
from workflows.views.step_forms import (
    DeskForms,
    case_pages,
    desk_forms,
    earlier_rows,
    forms_of,
    typed_words,
)

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """One officer's visit to a desk."""

    request: HttpRequest
    batch: Batch
    procedure: Procedure
    step: Step
    cases: list[Case]
    now: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: as a desk to the officer whose turn it is, else to read."""
    found = batch_or_404(request, pk)
    at = at_desk(request, found)
    if request.method == "POST":
        return _save(at) if at and _fresh(at) else _too_late(request, found)
    if at is None or request.GET.get("view") == "record":
        return reading(request, found)
    return _page(at, _forms(at))


def at_desk(request: HttpRequest, batch: Batch) -> At | None:
    """Return the officer's visit, when it is this hat's turn to act on the batch."""
    if not batch.step or batch.clock_until is not None:
        return None
    procedure = named(batch.procedure)
    step = procedure.step(batch.step)
    if not sits_at(hat_of(request), step, batch.place_id):
        return None
    return At(
        request=request,
        batch=batch,
        procedure=procedure,
        step=step,
        cases=open_cases(batch, procedure),
        now=clock.now(),
    )


def open_cases(batch: Batch, procedure: Procedure) -> list[Case]:
    """Return the households still on the list, in its order."""
    cases = procedure.case_class.objects.filter(batch=batch, closed_on=None)
    found = list(cases.select_related("household").order_by("pk"))
    for case in found:
        case.batch = batch
    return found


def _fresh(at: At) -> bool:
    sent = at.request.POST
    return (sent.get("version"), sent.get("step")) == (
        str(at.batch.version),
        at.batch.step,
    )


def _too_late(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Answer a page that was overtaken; nothing typed on it is lost from sight."""
    procedure = named(batch.procedure)
    cases = list(batch.cases.select_related("household", "batch").order_by("pk"))
    typed = drafts.typed(request.POST, [case.pk for case in cases])
    step = next(
        (s for s in procedure.steps if s.name == request.POST.get("step")), None
    )
    if step is None:
        return conflict(request, batch, typed)
    forms = desk_forms(
        request,
        batch,
        cases,
        declared=forms_of(procedure, step),
        step=step,
        by=hat_of(request),
        now=clock.now(),
    )
    return conflict(request, batch, typed, kept=typed_words(forms))


def _forms(at: At) -> DeskForms:
    return desk_forms(
        at.request,
        at.batch,
        at.cases,
        declared=forms_of(at.procedure, at.step),
        step=at.step,
        by=hat_of(at.request),
        now=at.now,
    )


def _save(at: At) -> HttpResponse:
    if wrong := keep_typed(at):
        return wrong
    if at.request.POST.get("do") == "check":
        return redirect("workflows:check", at.batch.pk)
    messages.success(at.request, _("已暂存"))
    return redirect("workflows:batch", at.batch.pk)


def keep_typed(at: At) -> HttpResponse | None:
    """Keep the verdicts and save the facts; return the desk again when some are wrong."""
    verdicts = drafts.typed(at.request.POST, [case.pk for case in at.cases])
    drafts.keep(at.request, at.batch, verdicts)
    forms = _forms(at)
    try:
        saved = forms.save(at.batch)
    except Stale as stale:
        return conflict(at.request, stale.batch, verdicts, kept=typed_words(forms))
    return None if saved else _page(at, forms, status=UNPROCESSABLE)


def _desk(at: At) -> judge.Desk:
    """Return what the gates judge, with more facts than they ask: people read them."""
    today = at.now.date()
    return judge.Desk(
        batch=at.batch,
        procedure=at.procedure,
        step=at.step,
        rulebook=at.batch.bound_rulebook,
        cases=at.cases,
        facts=whole_facts(at.procedure, at.cases, at.step, today=today),
        today=today,
    )


def _page(at: At, forms: DeskForms, status: int = 200) -> HttpResponse:
    desk = _desk(at)
    lacking = judge.missing(desk)
    barred = judge.barred(desk, hat_of(at.request))
    ids = [case.pk for case in at.cases]
    draft = drafts.kept(at.request, at.batch)
    rows = rows_of(
        at.cases,
        facts=desk.facts,
        missing={pk: [*barred[pk], *lacking[pk]] for pk in ids},
        verdicts=drafts.complete(draft, ids, at.batch.step),
    )
    declared = forms_of(at.procedure, at.step)
    pages = case_pages(declared, at.cases, at.step)
    told = {"by": hat_of(at.request), "now": at.now}
    earlier = earlier_rows(at.procedure, at.cases, step=at.step, **told)
    for row in rows:
        row.form = forms.rows.get(row.case.pk)
        row.pages = pages.get(row.case.pk, [])
        row.earlier = earlier.get(row.case.pk, "")
    papers = papers_of(at.batch, at.cases)
    context: dict[str, Any] = {
        "batch": at.batch,
        "procedure": at.procedure,
        "step": at.step,
        "rule": desk.rulebook.step(at.step.name),
        "marks": marks(at.batch, at.procedure, today=desk.today),
        "forms": forms,
        "shared": shared(rows),
        "rows": rows,
        "people": people(at.cases),
        "returns": judge.return_steps(desk),
        "sheets": sheets(at.step, papers),
        "papers": papers,
        "today": desk.today,
        "has_pages": bool(declared.case),
        "known": any(earlier) or any(map(_known, desk.facts.values())),
    }
    return render(at.request, "workflows/desk.html", context, status=status)


def _known(facts: Any) -> bool:
    """Return whether anything was found out about a household in earlier steps."""
    return any(getattr(facts, name, None) for name in ("worksheets", "sample"))
