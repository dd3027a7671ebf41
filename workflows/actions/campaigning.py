"""Campaigns: ordered by a county, sorted out in the villages, handed to procedures.

Decides on no household; what becomes of a roster is the procedure's it is handed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import papers
from notices.models import Photo
from permissions.models import Appointment
from registry.models import Household, Place
from registry.places import path, within
from registry.refusals import HOUSE_RULE, Refusal
from workflows import campaign as kinds
from workflows.actions import writing
from workflows.actions.opening import NotOpened, open_batch
from workflows.campaign import CampaignKind
from workflows.models import Batch, Campaign, CampaignMeeting, RosterEntry
from workflows.procedure import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a county orders: plan, places, period, basis."""

    title: str
    document: str
    basis: str
    plan: str
    begins: date
    ends: date
    scope: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What a village's meeting decided.

    Attributes:
        sorted: household id → roster and reason.
    """

    group: str
    held_on: date
    place_text: str
    chair: str
    recorder: str
    due: int
    present: int
    attendees: Sequence[str]
    summary: str
    sorted: Mapping[int, tuple[str, str]]
    photos: Sequence[Photo] = field(default_factory=tuple)


@transaction.atomic
def open_campaign(
    kind: CampaignKind, order: Order, *, by: Appointment, now: datetime
) -> Campaign | list[Refusal]:
    """Order a campaign for places under the officer's own.

    Effects: the campaign with its scope; nothing is sent to anybody but shown.
    Raises: Trespass: the officer does not hold the ordering post.
    Refuses: campaign_scope, campaign_period, campaign_twice.
    """
    place = by.place
    writing.must_hold(kind.opens, place.pk, by, at=now)
    if refused := _against(kind, order, place):
        return refused
    campaign = Campaign.objects.create(
        kind=kind.slug,
        place=place,
        title=order.title,
        document=order.document,
        basis=order.basis,
        plan=order.plan,
        begins=order.begins,
        ends=order.ends,
        opened_by=by,
        opened_at=now,
    )
    campaign.scope.set(order.scope)
    return campaign


@transaction.atomic
def record_meeting(
    campaign: Campaign,
    place: Place,
    minutes: Minutes,
    *,
    by: Appointment,
    now: datetime,
) -> CampaignMeeting | list[Refusal]:
    """Record a village's meeting with its rosters; nothing is written on a "no".

    A later meeting sorts a household anew; what was handed over stays handed over.

    Effects: the meeting, an entry per household with its reason, its minutes issued.
    Raises: Trespass; Unprintable for a name that cannot be printed.
    Refuses: meeting_scope, meeting_period, meeting_ahead, meeting_present,
        roster_empty, roster_unknown, roster_standing, roster_reason, photos_missing.
    """
    kind = kinds.named(campaign.kind)
    writing.must_hold(kind.meets, place.pk, by, at=now)
    homes = Household.objects.filter(place=place, until=None).in_bulk(minutes.sorted)
    refused = [*_out_of_order(campaign, place, minutes, now)]
    refused += _unsorted(kind, minutes, homes)
    if refused:
        return refused
    meeting = CampaignMeeting.objects.create(
        campaign=campaign,
        place=place,
        group=minutes.group,
        held_on=minutes.held_on,
        place_text=minutes.place_text,
        chair=minutes.chair,
        recorder=minutes.recorder,
        due=minutes.due,
        present=minutes.present,
        attendees=list(minutes.attendees),
        summary=minutes.summary,
        recorded_by=by,
        recorded_at=now,
    )
    meeting.photos.set(minutes.photos)
    RosterEntry.objects.bulk_create(
        RosterEntry(meeting=meeting, household_id=pk, roster=roster, reason=reason)
        for pk, (roster, reason) in sorted(minutes.sorted.items())
    )
    drafts = kind.papers(meeting, by, now)
    papers.issue(drafts, by=by, at=now, training=settings.TRAINING)
    return meeting


@transaction.atomic
def open_from_rosters(
    campaign: Campaign,
    procedure: Procedure,
    households: Sequence[Household],
    *,
    by: Appointment,
    key: str,
    now: datetime,
) -> Batch | NotOpened:
    """Open a list from what a campaign's meetings proposed, and keep the trace.

    Effects: those of `open_batch`; the rosters' entries know the list they went to.
    Raises: Trespass.
    """
    opened = open_batch(
        procedure=procedure,
        place=by.place,
        households=households,
        by=by,
        key=key,
        now=now,
    )
    if isinstance(opened, Batch):
        proposed = proposals(campaign, by.place_id, procedure.slug)
        ids = [proposed[one.pk].pk for one in households if one.pk in proposed]
        RosterEntry.objects.filter(pk__in=ids).update(batch=opened)
    return opened


def entries_of(campaign: Campaign, *codes: str) -> dict[int, RosterEntry]:
    """Return where the last meeting of a campaign put each household.

    Given codes, only of villages among them.
    """
    rows = RosterEntry.objects.filter(meeting__campaign=campaign)
    if codes:
        rows = rows.filter(meeting__place__in=codes)
    rows = rows.select_related("household", "meeting", "batch")
    return {row.household_id: row for row in rows.order_by("meeting__held_on", "pk")}


def proposals(
    campaign: Campaign, village: str, procedure: str
) -> dict[int, RosterEntry]:
    """Return the entries of a village that wait to be handed to a procedure."""
    kind = kinds.named(campaign.kind)
    slugs = {one.slug for one in kind.rosters if one.procedure == procedure}
    return {
        pk: entry
        for pk, entry in entries_of(campaign, village).items()
        if entry.roster in slugs and entry.batch_id is None
    }


def covers(campaign: Campaign, code: str) -> bool:
    """Return whether a place lies in the campaign's scope."""
    return campaign.scope.filter(pk__in=path(code)).exists()


def _against(kind: CampaignKind, order: Order, place: Place) -> list[Refusal]:
    found = []
    if not order.scope or not all(within(code, place.pk) for code in order.scope):
        found.append(_no("campaign_scope", _("范围须是本县的乡镇或者村")))
    if order.ends < order.begins:
        found.append(_no("campaign_period", _("结束日期早于开始日期")))
    known = Campaign.objects.filter(kind=kind.slug, place=place, title=order.title)
    if known.exists():
        found.append(_no("campaign_twice", _("已有同名的专项行动")))
    return found


def _out_of_order(
    campaign: Campaign, place: Place, minutes: Minutes, now: datetime
) -> list[Refusal]:
    found = []
    if not covers(campaign, place.pk):
        found.append(_no("meeting_scope", _("本村不在这次专项行动的范围内")))
    if not campaign.is_running(minutes.held_on):
        found.append(_no("meeting_period", _("开会日期不在专项行动的期限内")))
    if minutes.held_on > timezone.localdate(now):
        found.append(_no("meeting_ahead", _("开会日期晚于今天")))
    if not 0 < minutes.present <= minutes.due:
        found.append(_no("meeting_present", _("实到人数不对")))
    if not minutes.photos:
        found.append(_no("photos_missing", _("缺会议记录、签到表或者会场照片")))
    return found


def _unsorted(
    kind: CampaignKind, minutes: Minutes, homes: Mapping[int, Household]
) -> list[Refusal]:
    if not minutes.sorted:
        return [_no("roster_empty", _("一户也没有列入名单"))]
    found = []
    for pk, (slug, reason) in minutes.sorted.items():
        roster, home = kind.roster(slug), homes.get(pk)
        if roster is None or home is None:
            found.append(_no("roster_unknown", _("名单或者户不对")))
            continue
        words = {"head": home.head_name, "roster": roster.title}
        if home.status not in roster.standings:
            words["status"] = home.get_status_display()
            text = _("%(head)s户现为“%(status)s”，不能列入“%(roster)s”")
            found.append(_no("roster_standing", text % words))
        if not reason.strip():
            text = _("%(head)s户列入“%(roster)s”，须写明理由")
            found.append(_no("roster_reason", text % words))
    return found


def _no(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
