"""The list of batches, and opening a new one."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from registry.models import Household
from registry.refusals import Refusal
from workflows import clock, queries
from workflows.actions import campaigning, open_batch
from workflows.actions.opening import NotOpened
from workflows.errors import Trespass
from workflows.models import Batch, Campaign
from workflows.procedure import Procedure, registered
from workflows.rulebook import in_force
from workflows.views.access import hat_of, territory_of
from workflows.views.campaigns import campaign_or_404
from workflows.views.paging import newest_first, number, without

UNPROCESSABLE = 422
KEY_LENGTH = 64


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """List every batch the officer may read, the newest first."""
    rows = queries.batches_for(territory_of(request)).order_by("-pk")
    if slug := request.GET.get("procedure", ""):
        rows = rows.filter(procedure=slug)
    if request.GET.get("open"):
        rows = rows.filter(closed_on=None)
    if sought := request.GET.get("q", "").strip():
        rows = rows.filter(number__contains=sought)
    context: dict[str, Any] = {
        "page": newest_first(rows, request.GET.get("after", "")),
        "query": without(request.GET, "after"),
        "procedures": registered(),
        "today": clock.today(),
        "may_open": bool(_openable(request)),
    }
    return render(request, "workflows/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Choose a procedure, tick households, open the list."""
    known = _openable(request)
    if not known:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    slug = data.get("procedure", "")
    procedure = next((p for p in known if p.slug == slug), known[0])
    households = list(
        Household.objects.filter(
            place_id=hat_of(request).place_id, until=None
        ).order_by("group", "number")
    )
    if request.method != "POST":
        meant = {number(pk) or 0 for pk in request.GET.getlist("household")}
        return _form(request, procedure, households, ticked=meant)
    return _open(request, procedure, households)


def _openable(request: HttpRequest) -> list[Procedure]:
    hat = hat_of(request)
    return [p for p in registered() if p.steps[0].post == hat.post]


def startable(request: HttpRequest, household: Household) -> list[Procedure]:
    """Return the procedures this hat may begin for one household today."""
    if household.until or household.place_id != hat_of(request).place_id:
        return []
    today = clock.today()
    return [
        one
        for one in _openable(request)
        if not one.eligible([household], today).get(household.pk)
    ]


def _open(
    request: HttpRequest, procedure: Procedure, households: list[Household]
) -> HttpResponse:
    ticked = {number(pk) or 0 for pk in request.POST.getlist("household")}
    try:
        answer = _answer(
            request, procedure, [one for one in households if one.pk in ticked]
        )
    except Trespass as trespass:
        raise Http404 from trespass
    if isinstance(answer, Batch):
        return redirect("workflows:batch", answer.pk)
    return _form(request, procedure, households, refused=answer, ticked=ticked)


def _answer(
    request: HttpRequest, procedure: Procedure, households: list[Household]
) -> Batch | NotOpened:
    hat, now = hat_of(request), clock.now()
    if campaign := _campaign(request):
        return campaigning.open_from_rosters(
            campaign, procedure, households, by=hat, key=_key(request), now=now
        )
    return open_batch(
        procedure=procedure,
        place=hat.place,
        households=households,
        by=hat,
        key=_key(request),
        now=now,
    )


def _campaign(request: HttpRequest) -> Campaign | None:
    """Return the campaign whose rosters propose the list, if one was named."""
    data = request.POST if request.method == "POST" else request.GET
    pk = number(data.get("campaign", ""))
    return campaign_or_404(request, pk) if pk else None


def _key(request: HttpRequest) -> str:
    """Return what makes this submit one, and the page's repeated one the same."""
    return request.POST.get("key", "")[:KEY_LENGTH] or uuid4().hex


def _form(
    request: HttpRequest,
    procedure: Procedure,
    households: list[Household],
    *,
    refused: NotOpened | None = None,
    ticked: set[int] | None = None,
) -> HttpResponse:
    today = clock.today()
    place = hat_of(request).place
    rulebook = in_force(procedure.slug, place.pk, today)
    why = procedure.eligible(households, today)
    rows = [(one, list(why.get(one.pk, ()))) for one in households]
    campaign = _campaign(request)
    proposed = (
        campaigning.proposals(campaign, place.pk, procedure.slug) if campaign else {}
    )
    # A refused list comes back as it was ticked, a fresh page as it was proposed.
    ticks = set(ticked or ()) if refused else {*(ticked or ()), *proposed}
    context: dict[str, Any] = {
        "procedures": _openable(request),
        "procedure": procedure,
        "place": place,
        "today": today,
        "title": "" if isinstance(rulebook, Refusal) else rulebook.title,
        "no_rulebook": [rulebook] if isinstance(rulebook, Refusal) else [],
        "refused": refused,
        "fit": [row for row in rows if not row[1]],
        "unfit": [row for row in rows if row[1]],
        "ticked": ticks,
        "campaign": campaign,
        "proposed": proposed,
        "key": _key(request),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workflows/open_batch.html", context, status=status)
