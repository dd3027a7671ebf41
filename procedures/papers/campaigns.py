"""The minutes of a look-back's analysis meeting, with its four rosters.

Knows what they say; not what becomes of a roster.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone, translation

from notices import papers
from notices.papers import Draft
from permissions.models import Appointment
from procedures.papers.occasion import Context, row
from registry.queries import names_along
from workflows import campaign as kinds
from workflows.models import CampaignMeeting, RosterEntry

CHINESE = "zh-hans"
MINUTES = "analysis_minutes"


def analysis_minutes(
    meeting: CampaignMeeting, by: Appointment, now: datetime
) -> list[Draft]:
    """Write who met and which household stands on which roster, and why."""
    campaign = meeting.campaign
    names = names_along(meeting.place_id)
    with translation.override(CHINESE):
        facts = {
            "campaign": campaign.title,
            "basis": campaign.basis,
            "document": campaign.document,
            "group": meeting.group,
            "held_on": meeting.held_on,
            "place_text": meeting.place_text,
            "chair": meeting.chair,
            "recorder": meeting.recorder,
            "due": meeting.due,
            "present": meeting.present,
            "attendees": list(meeting.attendees),
            "summary": meeting.summary,
            "rosters": _rosters(meeting),
        }
        header = papers.header(MINUTES, names, on=timezone.localdate(now))
    return [
        Draft(
            kind=MINUTES,
            issuer_code=meeting.place_id,
            place_code=meeting.place_id,
            about=meeting.about,
            context=header | facts,
        )
    ]


def _rosters(meeting: CampaignMeeting) -> list[Context]:
    entries = list(meeting.entries.select_related("household"))
    return [
        {"title": str(one.title), "rows": _rows(entries, one.slug)}
        for one in kinds.named(meeting.campaign.kind).rosters
    ]


def _rows(entries: Sequence[RosterEntry], roster: str) -> list[Context]:
    listed = [entry for entry in entries if entry.roster == roster]
    return [row(entry.household) | {"reason": entry.reason} for entry in listed]
