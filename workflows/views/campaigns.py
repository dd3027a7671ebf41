"""Campaigns: their list, one of them with its places, and ordering a new one.

Knows rosters by what their kind says of them, never by name.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from registry.models import Place
from registry.places import path, span, within
from registry.refusals import Refusal
from workflows import campaign as kinds
from workflows import clock
from workflows.actions import campaigning
from workflows.campaign import CampaignKind
from workflows.campaign_forms import OrderForm
from workflows.errors import Trespass
from workflows.models import Campaign, RosterEntry
from workflows.views.access import hat_of, in_reach, territory_of

UNPROCESSABLE = 422


@dataclass(kw_only=True)
class Line:
    """One village in a campaign: how many of its households stand where."""

    place: Place
    meetings: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    waiting: int = 0


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns that concern the officer's places."""
    rows = Campaign.objects.filter(_concerns(request)).select_related("place")
    context = {
        "rows": rows.order_by("-begins", "-pk"),
        "today": clock.today(),
        "may_order": _orderable(request),
    }
    return render(request, "workflows/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Order a campaign: plan, places, period, basis."""
    known = _orderable(request)
    if not known:
        raise Http404
    sent = request.method == "POST"
    form = OrderForm(request.POST if sent else None)
    if not (sent and form.is_valid()):
        return _order_page(request, known[0], form)
    try:
        made = campaigning.open_campaign(
            known[0],
            form.order(request.POST.getlist("scope")),
            by=hat_of(request),
            now=clock.now(),
        )
    except Trespass as trespass:
        raise Http404 from trespass
    if isinstance(made, Campaign):
        return redirect("workflows:campaign", made.pk)
    return _order_page(request, known[0], form, refused=made)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign: its plan, and each village's rosters."""
    found = campaign_or_404(request, pk)
    kind = kinds.named(found.kind)
    hat = hat_of(request)
    lines = _lines(request, found, kind)
    mine = campaigning.covers(found, hat.place_id)
    context = {
        "campaign": found,
        "kind": kind,
        "scope": found.scope.order_by("code"),
        "lines": lines,
        "rosters": [
            (one, sum(li.counts[one.slug] for li in lines)) for one in kind.rosters
        ],
        "may_meet": hat.held == kind.meets and mine,
        "meetings": in_reach(request, found.meetings.select_related("place")).order_by(
            "-held_on", "place_id"
        ),
        "proposals": _proposals(request, found, kind),
        "running": found.is_running(clock.today()),
        "today": clock.today(),
    }
    return render(request, "workflows/campaign.html", context)


def campaign_or_404(request: HttpRequest, pk: int) -> Campaign:
    """Return a campaign that concerns the officer's places."""
    rows = Campaign.objects.filter(_concerns(request))
    return get_object_or_404(rows.select_related("place", "opened_by__officer"), pk=pk)


def _concerns(request: HttpRequest) -> Q:
    """Ordered somewhere he reads, or over where he sits."""
    hat, territory = hat_of(request), territory_of(request)
    above = Q(place__in=path(hat.place_id)) if territory.covers(hat.place_id) else Q()
    return territory.q() | above if above else territory.q()


def _orderable(request: HttpRequest) -> list[CampaignKind]:
    hat = hat_of(request)
    return [one for one in kinds.registered() if one.opens == hat.held]


def _order_page(
    request: HttpRequest,
    kind: CampaignKind,
    form: OrderForm,
    *,
    refused: list[Refusal] | None = None,
) -> HttpResponse:
    place = hat_of(request).place
    lo, hi = span(place.code)
    below = Place.objects.filter(code__gt=lo, code__lt=hi, valid_to=None)
    villages: dict[str, list[Place]] = {}
    for one in below.order_by("code"):
        villages.setdefault(one.parent_id or "", []).append(one)
    towns = villages.pop(place.code, [])
    context: dict[str, Any] = {
        "kind": kind,
        "form": form,
        "place": place,
        "towns": [(town, villages.get(town.code, [])) for town in towns],
        "chosen": set(request.POST.getlist("scope")),
        "refused": refused or [],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workflows/new_campaign.html", context, status=status)


def _lines(request: HttpRequest, found: Campaign, kind: CampaignKind) -> list[Line]:
    """Return the villages that met, of those the officer reads."""
    meetings = in_reach(request, found.meetings.select_related("place"))
    lines: dict[str, Line] = {}
    for met in meetings.order_by("place_id"):
        line = lines.setdefault(met.place_id, Line(place=met.place))
        line.meetings += 1
    if lines:
        entries = campaigning.entries_of(found, *lines)
        _count(lines, kind, entries.values())
    return list(lines.values())


def _count(
    lines: dict[str, Line], kind: CampaignKind, entries: Iterable[RosterEntry]
) -> None:
    for entry in entries:
        line, roster = lines[entry.meeting.place_id], kind.roster(entry.roster)
        line.counts[entry.roster] += 1
        if roster is not None and roster.procedure and entry.batch_id is None:
            line.waiting += 1


def _proposals(
    request: HttpRequest, found: Campaign, kind: CampaignKind
) -> list[tuple[Any, list[RosterEntry]]]:
    """Return per roster what waits for the officer's own village to open a list."""
    hat = hat_of(request)
    if hat.held != kind.meets or not within(hat.place_id, found.place_id):
        return []
    waiting = [
        (one, list(campaigning.proposals(found, hat.place_id, one.procedure).values()))
        for one in kind.rosters
        if one.procedure
    ]
    return [(one, entries) for one, entries in waiting if entries]
