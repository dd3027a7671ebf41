"""The register of objections: entering, giving to somebody, answering.

Draws what `objections` decides; a "no" comes back as words with their source.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from notices import kinds, objection_rules, objections
from notices.forms import AnswerForm, AssignForm, ObjectionForm
from notices.models import Objection, Outcome
from notices.views.access import (
    acting_hat_of,
    hat_of,
    objection_or_404,
    objections_in_reach,
    paper_or_404,
)
from permissions import clock
from registry.refusals import Refusal
from registry.texts import tidy

MOST_SHOWN = 200
UNPROCESSABLE = 422


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List the objections to notices of everything in reach, open ones first."""
    rows = objections_in_reach(request)
    only_open = request.GET.get("v") != "all"
    if only_open:
        rows = rows.filter(outcome=Outcome.OPEN)
    context = {
        "rows": rows.order_by("-received_at")[:MOST_SHOWN],
        "only_open": only_open,
    }
    return render(request, "notices/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter an objection to one notice."""
    paper = paper_or_404(request, code)
    hat = acting_hat_of(request)
    if not kinds.named(paper.kind).public:
        raise Http404
    now = clock.now()
    start = {"received_at": timezone.localtime(now).replace(second=0, microsecond=0)}
    form = ObjectionForm(request.POST or None, paper=paper, initial=start)
    refused: Sequence[Refusal] = ()
    if request.method == "POST" and form.is_valid():
        filed = objections.file_objection(paper, form.complaint(), by=hat, now=now)
        if isinstance(filed, Objection):
            said = _("异议已登记并告知受理，编号 %(number)s")
            messages.success(request, said % {"number": filed.number})
            return redirect("notices:objection", filed.pk)
        refused = filed
    context = {"paper": paper, "form": form, "refused": refused}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "notices/new_objection.html", context, status=status)


@require_safe
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one objection; who objected only to whoever may know."""
    return _page(request, objection_or_404(request, pk))


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to the officer who answers it."""
    found = _handled(request, pk)
    now = clock.now()
    form = AssignForm(request.POST, objection=found, now=now)
    if not form.is_valid():
        return _page(request, found, assigning=form)
    answer = objections.assign(found, form.cleaned_data["handler"], now=now)
    return _after(request, found, answer, _("已交办"))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in writing."""
    found = _handled(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answering=form)
    said = objections.answer(
        found,
        Outcome(form.cleaned_data["outcome"]),
        finding=form.cleaned_data["finding"],
        investigators=form.cleaned_data["investigators"],
        by=hat_of(request),
        now=clock.now(),
        training=settings.TRAINING,
    )
    return _after(request, found, said, _("已答复"), answering=form)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the objector took it back."""
    found = _handled(request, pk)
    reason = tidy(request.POST.get("reason", ""))
    said = objections.withdraw(
        found, reason=reason, by=hat_of(request), now=clock.now()
    )
    return _after(request, found, said, _("已登记撤回"))


def _handled(request: HttpRequest, pk: int) -> Objection:
    """Return an objection that this officer's office may handle; 404 otherwise."""
    found = objection_or_404(request, pk)
    hat = acting_hat_of(request)
    if not objection_rules.may_handle(found.paper.place_id, hat.officer, clock.now()):
        raise Http404
    return found


def _after(
    request: HttpRequest,
    found: Objection,
    answer: Objection | Sequence[Refusal],
    said: str,
    **forms: Any,
) -> HttpResponse:
    if isinstance(answer, Objection):
        messages.success(request, said)
        return redirect("notices:objection", found.pk)
    found.refresh_from_db()
    return _page(request, found, refused=answer, **forms)


def _page(
    request: HttpRequest,
    found: Objection,
    *,
    assigning: AssignForm | None = None,
    answering: AnswerForm | None = None,
    refused: Sequence[Refusal] = (),
) -> HttpResponse:
    now = clock.now()
    hat = hat_of(request)
    may_handle = hat.held.acts and objection_rules.may_handle(
        found.paper.place_id, hat.officer, now
    )
    context: dict[str, Any] = {
        "objection": found,
        "objector": objections.objector_of(found, reader=hat),
        "may_handle": may_handle and found.is_open,
        "assigning": assigning or AssignForm(objection=found, now=now),
        "answering": answering or AnswerForm(),
        "refused": refused,
    }
    # A page that answers a POST says what was wrong with it.
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "notices/objection.html", context, status=status)
