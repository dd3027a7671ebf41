"""Comparisons with departments: the list of rounds, opening one, one round.

Draws what `workflows.comparing` decides; a "no" comes back as words with its source.
"""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from permissions.posts import Post
from registry.comparing.kinds import Decision
from registry.refusals import Refusal
from workflows import clock
from workflows.comparing.report import report
from workflows.comparing.rounds import RULES, Wish, open_round
from workflows.errors import Trespass
from workflows.models import ComparisonRound, DepartmentFile
from workflows.rulebook import in_force
from workflows.views.access import hat_of
from workflows.views.paging import newest_first, without
from workflows.views.register.comparison_access import (
    matches_in_reach,
    reader,
    round_or_404,
    rounds_in_reach,
    sees_all,
)
from workflows.views.register.comparison_forms import RoundForm

UNPROCESSABLE = 422
NEWEST = 30


@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    """List the rounds the officer may read, the newest first."""
    open_hits = Q(matches__standing=True, matches__decision=Decision.OPEN)
    rows = rounds_in_reach(request).annotate(
        hits=Count("matches", filter=Q(matches__standing=True)),
        waiting=Count("matches", filter=open_hits),
    )
    context: dict[str, Any] = {
        "page": newest_first(rows, request.GET.get("after", "")),
        "query": without(request.GET, "after"),
        "today": clock.today(),
        "may_open": reader(request).held == Post.COUNTY_CLERK,
        "alone": reader(request).held in Post.TOWNSHIP,
    }
    return render(request, "workflows/register/comparisons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_comparison(request: HttpRequest) -> HttpResponse:
    """Choose whom to compare with which departments, and open the round."""
    hat = hat_of(request)
    if hat.held != Post.COUNTY_CLERK:
        raise Http404
    form = RoundForm(request.POST or None, place=hat.place)
    refused: list[Refusal] = []
    if form.is_valid():
        wish = Wish(place=hat.place, **form.cleaned_data)
        try:
            answer = open_round(wish, by=hat, now=clock.now())
        except Trespass as trespass:
            raise Http404 from trespass
        if isinstance(answer, ComparisonRound):
            return redirect(answer)
        refused = answer
    rules = in_force(RULES, hat.place_id, clock.today())
    context: dict[str, Any] = {
        "form": form,
        "place": hat.place,
        "refused": refused or ([rules] if isinstance(rules, Refusal) else []),
        "rules": None if isinstance(rules, Refusal) else rules,
        "title": "" if isinstance(rules, Refusal) else rules.title,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(
        request, "workflows/register/new_comparison.html", context, status=status
    )


@never_cache
@require_safe
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: its lists out, the files that came back, what was found."""
    return round_page(request, round_or_404(request, pk))


def round_page(
    request: HttpRequest,
    round_: ComparisonRound,
    *,
    refused: Refusal | None = None,
    told: tuple[int, str] | None = None,
) -> HttpResponse:
    """Show a round; `told` is a list's key with its password, shown this once."""
    hat = hat_of(request)
    whole = sees_all(request, round_)
    departments = list(_departments(round_))
    ours = hat.place_id == round_.place_id and round_.counts_on(clock.today())
    busy = round_.sealed_at is None or any(
        file.busy for one in departments for file in one.files.all()
    )
    context: dict[str, Any] = {
        "round": round_,
        "whole": whole,
        "departments": departments,
        "busy": busy,
        "today": clock.today(),
        "figures": report(round_),
        "found": _found(request, round_),
        "entries": _entries(round_) if whole else [],
        "may_release": ours
        and hat.held == Post.COUNTY_LEADER
        and hat.officer_id != round_.opened_by.officer_id,
        "may_fetch": ours and hat.held == Post.COUNTY_CLERK,
        "hat": hat,
        "refused": [refused] if refused else [],
        "told": told,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workflows/register/comparison.html", context, status=status)


def _departments(round_: ComparisonRound) -> Any:
    files = DepartmentFile.objects.select_related("received_by__officer")
    return round_.departments.select_related("released_by__officer").prefetch_related(
        Prefetch("files", files.order_by("-pk"))
    )


def _found(request: HttpRequest, round_: ComparisonRound) -> dict[str, int]:
    """Return the hits in reach by what became of them."""
    rows = matches_in_reach(request, round_).order_by().values("decision")
    counted = {row["decision"]: row["hits"] for row in rows.annotate(hits=Count("pk"))}
    return {
        "all": sum(counted.values()),
        "open": counted.get(Decision.OPEN, 0),
        "explained": counted.get(Decision.EXPLAINED, 0),
        "accepted": counted.get(Decision.ACCEPTED, 0),
    }


def _entries(round_: ComparisonRound) -> Any:
    rows = round_.entries.select_related("by__officer", "department", "match")
    return rows.order_by("-pk")[:NEWEST]
