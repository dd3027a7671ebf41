"""The demonstration's look-back: a county orders it, one village has met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from permissions.models import Appointment
from permissions.posts import Post
from procedures.look_back import KIND
from procedures.rehearsal import Stuck
from procedures.rehearsal.rehearse import sheet
from registry.models import Household
from registry.places import Level, ancestor
from workflows.actions.campaigning import (
    Minutes,
    Order,
    open_campaign,
    record_meeting,
)
from workflows.models import Campaign, CampaignMeeting


def play(
    told: Mapping[str, Any],
    hats: Mapping[Post, Appointment],
    households: Sequence[Household],
) -> Campaign:
    """Order the campaign and record the meeting as the script tells them.

    Raises: Stuck.
    """
    village = told["village"]
    order = Order(
        title=told["title"],
        document=told["document"],
        basis=told["basis"],
        plan=told["plan"],
        begins=told["begins"],
        ends=told["ends"],
        scope=[ancestor(village, Level.COUNTY)],
    )
    at = _morning(told["begins"])
    campaign = open_campaign(KIND, order, by=hats[KIND.opens], now=at)
    if isinstance(campaign, list):
        raise Stuck(told["title"], campaign)
    _meet(campaign, told, hats[KIND.meets], households)
    return campaign


def _meet(
    campaign: Campaign,
    told: Mapping[str, Any],
    by: Appointment,
    households: Sequence[Household],
) -> CampaignMeeting:
    at = _morning(told["met_on"])
    minutes = Minutes(
        group="",
        held_on=told["met_on"],
        place_text="村部会议室",
        chair=by.officer.full_name,
        recorder=told["attendees"][-1],
        due=20,
        present=18,
        attendees=told["attendees"],
        summary=told["summary"],
        sorted={
            households[int(number) - 1].pk: (roster, reason)
            for number, (roster, reason) in told["sorted"].items()
        },
        photos=[
            sheet(
                campaign.title, about=campaign.about, place=by.place_id, by=by, now=at
            )
        ],
    )
    met = record_meeting(campaign, by.place, minutes, by=by, now=at)
    if isinstance(met, list):
        raise Stuck(campaign.title, met)
    return met


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
