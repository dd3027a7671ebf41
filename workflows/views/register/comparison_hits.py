"""The hits of a round, and one hit with its decision.

Draws what `workflows.comparing` decides.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from permissions.recusal import recusals
from registry.comparing.kinds import Decision, HitKind
from registry.models import Place
from registry.places import span
from registry.refusals import Refusal
from workflows import clock
from workflows.comparing import deciding
from workflows.comparing.deciding import DECIDERS, EXCEPTION
from workflows.errors import Trespass
from workflows.models import ComparisonRound, Match
from workflows.views.access import hat_of, officer_of
from workflows.views.paging import number, page_of, without
from workflows.views.register.comparison_access import (
    match_or_404,
    matches_in_reach,
    round_or_404,
    sees_all,
)
from workflows.views.register.comparison_forms import RulingForm

UNPROCESSABLE = 422


@never_cache
@require_safe
def comparison_hits(request: HttpRequest, pk: int) -> HttpResponse:
    """List the hits of a round in reach, filtered, a page at a time."""
    round_ = round_or_404(request, pk)
    rows = _filtered(request, matches_in_reach(request, round_))
    rows = rows.select_related("household", "place", "person", "kin")
    # Anything a page would not send begins at the first.
    after = str(number(request.GET.get("after", "")) or "")
    context: dict[str, Any] = {
        "round": round_,
        "page": page_of(rows, "pk", after),
        "query": without(request.GET, "after"),
        "kinds": HitKind.choices,
        "decisions": Decision.choices,
        "townships": _townships(request, round_),
        "excluding": round_.bound_rulebook.words("exclusion_kinds"),
    }
    return render(request, "workflows/register/comparison_hits.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one hit, and let a county officer decide it."""
    found = match_or_404(request, pk)
    hat = hat_of(request)
    may = hat.held in DECIDERS and hat.place_id == found.round.place_id
    if request.method == "POST" and not may:
        raise Http404
    form = RulingForm(
        request.POST or None, request.FILES or None, match=found, initial=_said(found)
    )
    refused: list[Refusal] = []
    if form.is_valid():
        refused = _decided(request, found, form)
        if not refused:
            messages.success(request, _("已认定，已转入这户正在办理的件"))
            return redirect(found)
    today = clock.today()
    barred = recusals(officer_of(request), [found.household_id], today)
    context: dict[str, Any] = {
        "match": found,
        "round": found.round,
        "form": form,
        "refused": refused,
        "barred": list(barred.values()),
        "may": may and found.standing,
        "evidence": deciding.evidence(found),
        "exception": _exception(found),
        "entries": found.entries.select_related("by__officer").order_by("-pk"),
        "excludes": found.kind in found.round.bound_rulebook.words("exclusion_kinds"),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workflows/register/match.html", context, status=status)


def _filtered(request: HttpRequest, rows: QuerySet[Match]) -> QuerySet[Match]:
    kind, decision = request.GET.get("kind", ""), request.GET.get("decision", "")
    place = request.GET.get("place", "")
    if kind in HitKind.values:
        rows = rows.filter(kind=kind)
    if decision in Decision.values:
        rows = rows.filter(decision=decision)
    if request.GET.get("name"):
        rows = rows.filter(name_differs=True)
    if Place.objects.filter(pk=place).exists():
        low, high = span(place)
        rows = rows.filter(place_id__gte=low, place_id__lt=high)
    return rows


def _townships(request: HttpRequest, round_: ComparisonRound) -> QuerySet[Place]:
    if not sees_all(request, round_):
        return Place.objects.filter(pk=hat_of(request).place_id)
    return Place.objects.filter(parent=round_.place_id).order_by("code")


def _said(found: Match) -> dict[str, Any]:
    """Return what was decided before, for whoever changes it."""
    if found.decision == Decision.OPEN:
        return {"exception": ""}
    return {
        "decision": found.decision,
        "exception": found.exception,
        "explanation": found.explanation,
        "same_person": found.same_person,
    }


def _exception(found: Match) -> str:
    rules = found.round.bound_rulebook
    return rules[EXCEPTION + found.exception].cited if found.exception else ""


def _decided(request: HttpRequest, found: Match, form: RulingForm) -> list[Refusal]:
    picture = form.cleaned_data["evidence"]
    try:
        return deciding.decide(
            found,
            form.ruling,
            [picture] if picture else [],
            by=hat_of(request),
            now=clock.now(),
        )
    except Trespass as trespass:
        raise Http404 from trespass
