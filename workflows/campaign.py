"""The register of campaigns: what a county may order, and the rosters it leads to.

Campaigns register themselves at start-up as procedures do; the engine knows neither a
campaign nor a roster by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from permissions.posts import Post

if TYPE_CHECKING:
    from notices.papers import Draft
    from permissions.models import Appointment
    from workflows.models import CampaignMeeting

# What speaks for a household being on some roster, by household.
Leads = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One of the lists a meeting sorts households into.

    Attributes:
        procedure: whose opening page takes the list; "" where it is only kept.
        standings: of which households it may hold.
        note: what happens to the list, for whoever reads it.
    """

    slug: str
    title: str | Promise
    procedure: str
    standings: frozenset[str]
    note: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignKind:
    """All that differs between campaigns, in one record.

    Attributes:
        slug: stored with campaigns; never renamed.
        opens, meets: the posts that order it, and that record its meetings.
        meeting: how the meeting is called.
        leads: what is known against or for households before the meeting.
        papers: the minutes of a meeting with its rosters.
    """

    slug: str
    title: str | Promise
    meeting: str | Promise
    opens: Post
    meets: Post
    rosters: tuple[Roster, ...]
    leads: Callable[[Collection[int]], Leads]
    papers: Callable[[CampaignMeeting, Appointment, datetime], list[Draft]]

    def roster(self, slug: str) -> Roster | None:
        """Return a roster by its slug; None for an unknown one."""
        return next((one for one in self.rosters if one.slug == slug), None)


_kinds: dict[str, CampaignKind] = {}


def register(kind: CampaignKind) -> None:
    """Add a kind; raises ValueError when its slug is taken."""
    if kind.slug in _kinds:
        raise ValueError(f"campaign {kind.slug} registered twice")
    _kinds[kind.slug] = kind


def named(slug: str) -> CampaignKind:
    """Return a kind; raises KeyError for an unknown one."""
    return _kinds[slug]


def registered() -> tuple[CampaignKind, ...]:
    """Return every kind in order of registration."""
    return tuple(_kinds.values())
