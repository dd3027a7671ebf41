"""The desk 办理: one batch at one step, its facts and a verdict per household.

GET shows what is missing before anybody presses a button, and what was typed and not
saved; POST saves facts and leads to the check page. Who may not act here reads.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import clock, judge
from workflows.actions import PASS
from workflows.drafts import keep_photos
from workflows.errors import Stale
from workflows.models import Batch
from workflows.models.drafts import Words
from workflows.procedure import named
from workflows.views import drafts, verdicts
from workflows.views.access import batch_or_404, hat_of
from workflows.views.anew import offered
from workflows.views.conflict import conflict
from workflows.views.desk_page import (
    Row,
    marks,
    papers_of,
    people,
    rows_of,
    shared,
    sheets,
    whole_record,
)
from workflows.views.desk_visit import At, at_desk, forms_at, where
from workflows.views.reading import reading
from workflows.views.stacks import stacks
from workflows.views.step_forms import (
    DeskForms,
    case_pages,
    desk_forms,
    earlier_rows,
    forms_of,
    typed_words,
)

OK, UNPROCESSABLE = 200, 422


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: as a desk to the officer whose turn it is, else to read."""
    found = batch_or_404(request, pk)
    at = at_desk(request, found)
    if request.method == "POST":
        return _save(at) if at and _fresh(at) else _too_late(request, found)
    if at is None or request.GET.get("view") == "record":
        return reading(request, found)
    kept = drafts.kept(where(at))
    return _page(at, forms_at(at, kept.sent), kept)


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
    typed = verdicts.typed(request.POST, [case.pk for case in cases])
    step = next(
        (s for s in procedure.steps if s.name == request.POST.get("step")), None
    )
    if step is None:
        return conflict(request, batch, typed)
    forms = desk_forms(
        drafts.Sent(data=request.POST, files=MultiValueDict(), submitted=True),
        batch,
        cases,
        declared=forms_of(procedure, step),
        step=step,
        by=hat_of(request),
        now=clock.now(),
    )
    return conflict(request, batch, typed, kept=typed_words(forms))


def _save(at: At) -> HttpResponse:
    if wrong := keep_typed(at):
        return wrong
    if at.request.POST.get("do") == "check":
        return redirect("workflows:check", at.batch.pk)
    messages.success(at.request, _("已暂存"))
    return redirect("workflows:batch", at.batch.pk)


def _reasons(at: At) -> Words:
    """Return the exceptions typed, in words."""
    said = verdicts.typed(at.request.POST, [case.pk for case in at.cases])
    return [
        (str(case.household or at.batch.place), f"{verdicts.WORDS[v.kind]} {v.reason}")
        for case in at.cases
        if (v := said[case.pk]) != PASS
    ]


def keep_typed(at: At) -> HttpResponse | None:
    """Keep the verdicts and save the facts; return the desk again when some are wrong.

    What was typed is put aside first, so that no refusal and no race loses it.
    """
    sent = drafts.sent(at.request, where(at))
    forms = forms_at(at, sent)
    words = [*_reasons(at), *typed_words(forms)]
    if answer := drafts.only_kept(at.request, sent, where(at), words):
        return answer
    draft = drafts.put_aside(sent, where(at), words)
    try:
        saved = forms.save(at.batch)
    except Stale as stale:
        said = verdicts.typed(at.request.POST, [case.pk for case in at.cases])
        return conflict(at.request, stale.batch, said, kept=typed_words(forms))
    if saved:
        drafts.saved(sent, where(at), _reasons(at))
        return None
    keep_photos(draft, sent.files)
    return _page(at, forms, drafts.Kept(here=draft), status=UNPROCESSABLE)


def _desk(at: At) -> judge.Desk:
    """Return what the gates judge, with more facts than they ask: people read them."""
    today, rulebook = at.now.date(), at.batch.bound_rulebook
    record = whole_record(at.procedure, at.batch, at.cases, at.step)
    return judge.Desk(
        batch=at.batch,
        procedure=at.procedure,
        step=at.step,
        rulebook=rulebook,
        cases=at.cases,
        record=record,
        facts=at.procedure.facts(record, rulebook=rulebook, today=today),
        today=today,
    )


def _page(
    at: At, forms: DeskForms, kept: drafts.Kept, status: int = OK
) -> HttpResponse:
    desk = _desk(at)
    rows = _rows(at, desk, forms, kept)
    papers = papers_of(at.batch, at.cases)
    context: dict[str, Any] = {
        "batch": at.batch,
        "procedure": at.procedure,
        "step": at.step,
        "rule": desk.rulebook.step(at.step.name),
        "marks": marks(at.batch, at.procedure, today=desk.today),
        "forms": forms,
        "kept": kept if status == OK else None,
        "typing": True,
        "anew": offered(at.batch, at.cases),
        "shared": shared(rows),
        "rows": rows,
        "people": people(at.cases),
        "returns": judge.return_steps(desk),
        "sheets": sheets(at.step, papers),
        "papers": papers,
        "stacks": stacks(papers),
        "today": desk.today,
        "has_pages": bool(forms_of(at.procedure, at.step).case),
        "known": any(row.earlier or _known(row.facts) for row in rows),
    }
    return render(at.request, "workflows/desk.html", context, status=status)


def _rows(at: At, desk: judge.Desk, forms: DeskForms, kept: drafts.Kept) -> list[Row]:
    lacking = judge.missing(desk)
    barred = judge.barred(desk, hat_of(at.request))
    ids = [case.pk for case in at.cases]
    rows = rows_of(
        at.cases,
        facts=desk.facts,
        missing={pk: [*barred[pk], *lacking[pk]] for pk in ids},
        verdicts=verdicts.typed(kept.here.typed if kept.here else None, ids),
    )
    pages = case_pages(forms_of(at.procedure, at.step), at.cases, at.step)
    told = {"by": hat_of(at.request), "now": at.now}
    earlier = earlier_rows(at.procedure, at.cases, step=at.step, **told)
    for row in rows:
        row.form = forms.rows.get(row.case.pk)
        row.pages = pages.get(row.case.pk, [])
        row.earlier = earlier.get(row.case.pk, "")
    return rows


def _known(facts: Any) -> bool:
    """Return whether anything was found out about a household in earlier steps."""
    names = ("worksheets", "sample", "told")
    return any(getattr(facts, name, None) for name in names)
