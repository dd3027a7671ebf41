"""A campaign's meeting in a village: recorded, and read again with its rosters."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from notices import photos
from notices.models import Paper, Photo
from notices.papers import Unprintable
from registry.models import Household
from registry.refusals import Refusal
from workflows import campaign as kinds
from workflows import clock
from workflows.actions import campaigning
from workflows.campaign import CampaignKind
from workflows.campaign_forms import MinutesForm, sorted_out
from workflows.errors import Trespass
from workflows.models import Campaign, CampaignMeeting
from workflows.views.access import covered, hat_of
from workflows.views.campaigns import UNPROCESSABLE, campaign_or_404

MOST_PHOTOS = 9


class _Rollback(Exception):
    """Leave the transaction without a trace, with a "no" to hand over."""

    def __init__(self, refused: Sequence[Refusal]) -> None:
        self.refused = list(refused)
        super().__init__()


@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who met, and sort the village's households onto the rosters."""
    campaign = campaign_or_404(request, pk)
    kind = kinds.named(campaign.kind)
    hat = hat_of(request)
    if hat.held != kind.meets or not campaigning.covers(campaign, hat.place_id):
        raise Http404
    rows = Household.objects.filter(place_id=hat.place_id, until=None)
    homes = list(rows.order_by("group", "number"))
    sent = request.method == "POST"
    form = MinutesForm(request.POST if sent else None)
    refused: list[Refusal] = []
    if sent and form.is_valid():
        made = _record(request, campaign, form, homes)
        if isinstance(made, CampaignMeeting):
            return redirect("workflows:campaign_meeting", made.pk)
        refused = made
    return _page(request, campaign, form, homes, refused)


@require_safe
def campaign_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: who came, the rosters, their papers and where they went."""
    rows = CampaignMeeting.objects.select_related(
        "campaign", "place", "recorded_by__officer"
    )
    found = get_object_or_404(rows, pk=pk)
    covered(request, found.place_id)
    kind = kinds.named(found.campaign.kind)
    entries = list(found.entries.select_related("household", "batch").order_by("pk"))
    context = {
        "meeting": found,
        "campaign": found.campaign,
        "kind": kind,
        "rosters": [
            (one, [entry for entry in entries if entry.roster == one.slug])
            for one in kind.rosters
        ],
        "papers": Paper.objects.filter(about=found.about).order_by("-issued_at"),
        "photos": found.photos.order_by("pk"),
    }
    return render(request, "workflows/campaign_meeting.html", context)


def _record(
    request: HttpRequest,
    campaign: Campaign,
    form: MinutesForm,
    homes: Sequence[Household],
) -> CampaignMeeting | list[Refusal]:
    hat, now = hat_of(request), clock.now()
    chosen = sorted_out(kinds.named(campaign.kind), homes, request.POST)
    try:
        with transaction.atomic():
            minutes = form.minutes(chosen, _photos(request, campaign))
            made = campaigning.record_meeting(
                campaign, hat.place, minutes, by=hat, now=now
            )
            if isinstance(made, list):
                raise _Rollback(made)
            return made
    except _Rollback as rollback:
        return rollback.refused
    except Unprintable as error:
        return error.refusals
    except Trespass as trespass:
        raise Http404 from trespass


def _photos(request: HttpRequest, campaign: Campaign) -> list[Photo]:
    hat, now = hat_of(request), clock.now()
    kept = [
        photos.accept(
            upload,
            by=hat,
            at=now,
            about=campaign.about,
            purpose="campaign-meeting",
            place_code=hat.place_id,
        )
        for upload in request.FILES.getlist("photos")[:MOST_PHOTOS]
    ]
    if refused := [one for one in kept if isinstance(one, Refusal)]:
        raise _Rollback(refused)
    return [one for one in kept if isinstance(one, Photo)]


def _page(
    request: HttpRequest,
    campaign: Campaign,
    form: MinutesForm,
    homes: Sequence[Household],
    refused: Sequence[Refusal],
) -> HttpResponse:
    kind = kinds.named(campaign.kind)
    leads = kind.leads([home.pk for home in homes])
    known = campaigning.entries_of(campaign, hat_of(request).place_id)
    context: dict[str, Any] = {
        "campaign": campaign,
        "kind": kind,
        "place": hat_of(request).place,
        "form": form,
        "refused": refused,
        "rows": [
            {
                "home": home,
                "leads": leads.get(home.pk, ()),
                "choices": _choices(kind, home),
                "before": known.get(home.pk),
                "roster": request.POST.get(f"roster-{home.pk}", ""),
                "reason": request.POST.get(f"reason-{home.pk}", ""),
            }
            for home in homes
        ],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(
        request, "workflows/new_campaign_meeting.html", context, status=status
    )


def _choices(kind: CampaignKind, home: Household) -> list[tuple[str, Any]]:
    """Return the rosters a household may stand on."""
    return [
        (one.slug, one.title) for one in kind.rosters if home.status in one.standings
    ]
