"""The log-ins of an officer: how many at once, where from, and ending them.

Django's session engine (`SESSION_ENGINE`) with the officer in a column. It must not
know posts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from permissions.lockout import address_of
from permissions.models import Officer, OfficerSession

# At his desk, on his telephone, in the meeting room: assumed, no law gives a number.
MOST_AT_ONCE = 3
FROM = "logged_in"
_LONGEST_AGENT = 200


class SessionStore(DatabaseStore):
    """Django's sessions in the database, found by officer."""

    @classmethod
    def get_model_class(cls) -> type[OfficerSession]:
        """Return the table."""
        return OfficerSession

    def create_model_instance(self, data: dict[str, Any]) -> OfficerSession:
        """Return the row with whose session it is."""
        row = cast("OfficerSession", super().create_model_instance(data))
        row.officer_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One log-in as its officer reads it."""

    key: str
    since: datetime
    address: str
    agent: str
    own: bool


def note(request: HttpRequest, officer: Officer, at: datetime) -> None:
    """Write down where a log-in comes from, and end the oldest beyond the limit."""
    request.session[FROM] = {
        "since": at.isoformat(),
        "address": address_of(request),
        "agent": request.headers.get("User-Agent", "")[:_LONGEST_AGENT],
    }
    request.session.save()
    kept = places(officer, at, own=request.session.session_key or "")
    over = [place.key for place in kept[MOST_AT_ONCE:]]
    OfficerSession.objects.filter(pk__in=over).delete()


def places(officer: Officer, at: datetime, *, own: str = "") -> list[Place]:
    """Return where an officer is logged in: this one first, then the newest."""
    rows = OfficerSession.objects.filter(officer_id=officer.pk, expire_date__gt=at)
    found = [_place(row, own) for row in rows]
    return sorted(found, key=lambda place: (place.own, place.since), reverse=True)


def end_others(officer: Officer, *, own: str) -> int:
    """End every log-in of an officer but this one; return how many."""
    rows = OfficerSession.objects.filter(officer_id=officer.pk).exclude(pk=own)
    return rows.delete()[0]


def _place(row: OfficerSession, own: str) -> Place:
    told = row.get_decoded().get(FROM, {})
    since = datetime.fromisoformat(told["since"]) if told else row.expire_date
    return Place(
        key=row.pk,
        since=since,
        address=told.get("address", ""),
        agent=_spoken(told.get("agent", "")),
        own=row.pk == own,
    )


def _spoken(agent: str) -> str:
    """Return the system and the browser a header names, as far as people know them."""
    systems = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "Linux")
    browsers = ("MicroMessenger", "Edg", "Firefox", "Chrome", "Safari")
    named = [
        next((one for one in known if one in agent), "")
        for known in (systems, browsers)
    ]
    return " · ".join(filter(None, named))
