"""Check and sign: counts that add up, exceptions, the code of the list, the password.

GET shows; POST acts. A "no" comes back with every refusal, a lost race with 409.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from notices import kinds
from notices.models import Paper
from permissions import lockout, second_factor
from workflows import clock, judge
from workflows.actions import Done, Kind, Refused, act
from workflows.drafts import forget
from workflows.errors import Stale, Trespass
from workflows.models import Batch, DeskDraft, Receipt
from workflows.procedure import named
from workflows.views import drafts, verdicts
from workflows.views.access import batch_or_404, hat_of, officer_of
from workflows.views.conflict import conflict
from workflows.views.desk_page import Row, people, rows_of
from workflows.views.desk_visit import At, at_desk
from workflows.views.papers import due
from workflows.views.step_forms import desk_forms, forms_of, summaries

UNPROCESSABLE = 422
# households with these verdicts go on in a list of their own
FOLLOW_UP = frozenset({Kind.RETURN, Kind.ASIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure on top of the check page."""

    kind: str
    households: int
    persons: int


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be signed; POST signs it."""
    batch = batch_or_404(request, pk)
    draft = drafts.of_desk(request, batch)
    if request.method == "POST" and (receipt := _signed_before(request)):
        return redirect("workflows:done", batch.pk, receipt.key)
    at = at_desk(request, batch)
    if at is None or draft is None or draft.step != batch.step:
        if request.method == "POST" and draft:
            return conflict(request, batch, _of_list(batch, draft))
        return redirect("workflows:batch", batch.pk)
    if draft.version != batch.version:
        return conflict(request, batch, _of_list(batch, draft))
    if request.method == "POST":
        return _sign(at, draft)
    return _page(at, draft)


@require_safe
def done(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show what an act did: counts, follow-up lists, papers to print."""
    batch = batch_or_404(request, pk)
    receipt = Receipt.objects.filter(
        key=key, batch=batch, officer=officer_of(request)
    ).first()
    if receipt is None or "counts" not in receipt.result:
        return redirect("workflows:batch", batch.pk)
    procedure = named(batch.procedure)
    result = receipt.result
    issued = Paper.objects.filter(pk__in=result["papers"])
    papers = list(issued.select_related("household").order_by("number"))
    context: dict[str, Any] = {
        "batch": batch,
        "procedure": procedure,
        "acted": procedure.step(result["step"]),
        "next": procedure.step(batch.step) if batch.step else None,
        "counts": result["counts"],
        "follow_ups": Batch.objects.filter(pk__in=result["follow_ups"]),
        "papers": papers,
        "rendering": any(not one.rendered_at and not one.last_error for one in papers),
        "today": clock.today(),
    }
    return render(request, "workflows/done.html", context)


def _signed_before(request: HttpRequest) -> Receipt | None:
    key = request.POST.get("key", "")
    return (
        Receipt.objects.filter(key=key, officer=officer_of(request)).first()
        if key
        else None
    )


def _of_list(batch: Batch, draft: DeskDraft) -> verdicts.Verdicts:
    """Return the verdicts typed on whoever is on the list now."""
    return verdicts.typed(draft.typed, [case.pk for case in batch.cases.all()])


def _sign(at: At, draft: DeskDraft) -> HttpResponse:
    said = verdicts.typed(draft.typed, [case.pk for case in at.cases])
    if wrong := _unsigned(at, said):
        return _page(at, draft, problems=wrong, status=UNPROCESSABLE)
    try:
        answer = act(
            batch_id=at.batch.pk,
            step=at.step.name,
            verdicts=said,
            by=hat_of(at.request),
            key=draft.key,
            version=draft.version,
            now=at.now,
        )
    except Stale as stale:
        return conflict(at.request, stale.batch, said)
    except Trespass:
        return redirect("workflows:batch", at.batch.pk)
    if isinstance(answer, Done):
        forget([draft])
        return redirect("workflows:done", at.batch.pk, draft.key)
    return _page(at, draft, refused=answer, status=UNPROCESSABLE)


def _unsigned(at: At, said: verdicts.Verdicts) -> list[tuple[str, str]]:
    """Return what is wrong with the signature; the password is asked last."""
    sent = at.request.POST
    wrong = []
    if sent.get("digest") != verdicts.digest(at.batch, said):
        wrong.append(("main", _("名单或意见有变动，请重新核对后再签名")))
    if not sent.get("sure"):
        wrong.append(("sure", _("请先确认已逐户核对")))
    if not wrong and not _proves_himself(at):
        wrong.append(("password", _("密码不对，没有提交；连错 5 次将暂时不能签名")))
    return wrong


def _proves_himself(at: At) -> bool:
    # By real time, as at log-in: the training clock lends nobody more attempts.
    return second_factor.proves_himself(
        officer_of(at.request),
        at.request.POST.get("password", ""),
        seen_at=lockout.address_of(at.request),
        at=clock.wall(),
    )


def _page(
    at: At,
    draft: DeskDraft,
    *,
    problems: Sequence[tuple[str, str]] = (),
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    said = verdicts.typed(draft.typed, [case.pk for case in at.cases])
    desk = judge.desk(at.batch, at.cases, today=at.now.date())
    refused = refused or Refused(
        cases=judge.refusals(desk, said, by=hat_of(at.request)),
        batch=judge.whole_list(desk, said),
    )
    rows = rows_of(at.cases, facts=desk.facts, missing=refused.cases, verdicts=said)
    context: dict[str, Any] = {
        "batch": at.batch,
        "procedure": at.procedure,
        "step": at.step,
        "next": _next_title(at),
        "counts": _counts(rows),
        "people": people(at.cases),
        "rows": rows,
        "exceptions": [row for row in rows if row.verdict.kind is not Kind.PASS],
        "leaving": any(row.verdict.kind in FOLLOW_UP for row in rows),
        "passed": [row for row in rows if row.verdict.kind is Kind.PASS],
        "titles": {step.name: step.title for step in at.procedure.steps},
        "facts": _facts(at),
        "papers": [kinds.named(code) for code in due(at.batch, at.step)],
        "digest": verdicts.digest(at.batch, said),
        "key": draft.key,
        "problems": problems,
        "refused": refused,
        "stopped": [row for row in rows if row.missing],
        "may_sign": not refused.cases and not refused.batch,
        "today": desk.today,
    }
    return render(at.request, "workflows/check.html", context, status=status)


def _counts(rows: Sequence[Row]) -> list[Count]:
    found = []
    for kind in Kind:
        cases = [row.case for row in rows if row.verdict.kind is kind]
        if cases or kind is not Kind.ASIDE:
            count = Count(kind=kind.value, households=len(cases), persons=people(cases))
            found.append(count)
    return found


def _next_title(at: At) -> str:
    rulebook = at.batch.bound_rulebook
    names = [step.name for step in at.procedure.steps]
    later = at.procedure.steps[names.index(at.step.name) + 1 :]
    return next((str(s.title) for s in later if rulebook.requires(s.name)), "")


def _facts(at: At) -> list[Any]:
    forms = desk_forms(
        None,
        at.batch,
        (),
        declared=forms_of(at.procedure, at.step),
        step=at.step,
        by=hat_of(at.request),
        now=at.now,
    )
    return summaries(forms.batch)
