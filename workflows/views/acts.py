"""Acts beside the desk: recall, withdraw, hold, release, print a sheet to sign.

Each takes a reason by POST and hands it to the engine; a "no" comes back as words.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notices.papers import Unprintable
from registry.refusals import Refusal
from registry.texts import tidy
from workflows import actions, clock
from workflows.actions.printing import print_forms
from workflows.errors import Stale, Trespass
from workflows.models import Batch
from workflows.views.access import batch_or_404, case_or_404, hat_of
from workflows.views.conflict import conflict
from workflows.views.desk import keep_typed
from workflows.views.desk_visit import at_desk
from workflows.views.paging import number


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own act while the next desk has not acted."""
    batch = batch_or_404(request, pk)
    version = number(request.POST.get("version", ""))
    try:
        answer = actions.recall(
            pk,
            by=hat_of(request),
            reason=tidy(request.POST.get("reason", "")),
            version=-1 if version is None else version,
            now=clock.now(),
        )
    except Stale as stale:
        return conflict(request, stale.batch, {})
    except Trespass as trespass:
        raise Http404 from trespass
    if isinstance(answer, Batch):
        messages.success(
            request,
            _("已撤回，名单转入补充批次 %(number)s") % {"number": answer.number},
        )
        return redirect("workflows:batch", answer.pk)
    return _said_no(request, batch.pk, answer)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the household itself no longer wants the procedure."""
    return _on_case(request, pk, actions.withdraw, _("已登记撤回申请"))


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one household."""
    return _on_case(request, pk, actions.hold, _("已暂缓"))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a held household go on."""
    return _on_case(request, pk, actions.release, _("已恢复办理"))


@require_POST
def print_sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Issue a sheet of this step that is printed and signed before the act."""
    batch = batch_or_404(request, pk)
    at = at_desk(request, batch)
    if at is None or kind not in at.step.forms:
        raise Http404
    # The button stands inside the desk's form: what was typed must not be lost.
    if "version" in request.POST and (wrong := keep_typed(at)):
        return wrong
    try:
        print_forms(batch, at.cases, [kind], by=hat_of(request), at=at.now)
    except Stale as stale:
        return conflict(request, stale.batch, {})
    except Unprintable as unprintable:
        return _said_no(request, batch.pk, unprintable.refusals[0])
    messages.success(request, _("已出具，可以打印"))
    return redirect("workflows:batch", batch.pk)


def _on_case(
    request: HttpRequest, pk: int, do: Callable[..., Any], said: str
) -> HttpResponse:
    case = case_or_404(request, pk)
    try:
        answer = do(
            pk,
            by=hat_of(request),
            reason=tidy(request.POST.get("reason", "")),
            now=clock.now(),
        )
    except Stale as stale:
        return conflict(request, stale.batch, {})
    except Trespass as trespass:
        raise Http404 from trespass
    if isinstance(answer, Refusal):
        return _said_no(request, case.batch_id, answer)
    messages.success(request, said)
    return redirect("workflows:batch", case.batch_id)


def _said_no(request: HttpRequest, batch_id: int, refusal: Refusal) -> HttpResponse:
    messages.error(request, refusal.cited)
    return redirect("workflows:batch", batch_id)
