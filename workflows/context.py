"""What the frame of every page shows: the clock, the place, the hat, the navigation.

A context processor; everything in it is worked out only when a template asks.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from permissions.models import Appointment
from permissions.posts import Post
from registry import places
from registry.models import Place
from workflows import clock, queries
from workflows.queries import Counters

# name of the URL, words, icon, shown in the bar of a phone
NAVIGATION = (
    ("workflows:worklist", _("工作台"), "work", True),
    ("workflows:batches", pgettext_lazy("several", "批次"), "batch", False),
    ("workflows:roster", _("名册"), "roster", True),
    ("workflows:campaigns", _("专项行动"), "batch", False),
    ("workflows:papers", pgettext_lazy("several", "文书"), "paper", False),
    ("notices:print_centre", _("打印中心"), "print", False),
    ("workflows:publicities", _("公示"), "publicity", True),
    ("workflows:comparisons", _("信息比对"), "comparison", False),
    ("workflows:places", pgettext_lazy("several", "地区"), "place", False),
    ("permissions:account", _("设置"), "settings", False),
)
# Hits of a whole township are not for the village that appraises.
COMPARISONS = "workflows:comparisons"
COMPARING = Post.COUNTY | Post.TOWNSHIP | Post.READERS
# An administrator reads no household, so his navigation is another one.
ADMINISTRATION = {
    Post.SYSTEM_ADMIN: (
        ("permissions:officers", pgettext_lazy("several", "账号"), "roster", True),
        ("permissions:account", _("设置"), "settings", True),
    ),
    Post.SECURITY_ADMIN: (
        ("permissions:appointments", pgettext_lazy("several", "任职"), "roster", True),
        ("permissions:account", _("设置"), "settings", True),
    ),
    Post.AUDIT_ADMIN: (
        ("permissions:records", _("账号记录"), "paper", True),
        ("permissions:appointments", pgettext_lazy("several", "任职"), "roster", True),
        ("permissions:account", _("设置"), "settings", True),
    ),
}

# pages that stand under another line of the navigation
UNDER = {
    "workflows:open_batch": "workflows:batches",
    "workflows:batch": "workflows:batches",
    "workflows:new_campaign": "workflows:campaigns",
    "workflows:campaign": "workflows:campaigns",
    "workflows:new_campaign_meeting": "workflows:campaigns",
    "workflows:campaign_meeting": "workflows:campaigns",
    "workflows:check": "workflows:batches",
    "workflows:done": "workflows:batches",
    "workflows:case_fact": "workflows:batches",
    "workflows:household": "workflows:roster",
    "workflows:household_kin": "workflows:roster",
    "workflows:publicity": "workflows:publicities",
    "workflows:place": "workflows:places",
    "workflows:ledger": "workflows:places",
    "workflows:merge_villages": "workflows:places",
    "workflows:new_comparison": "workflows:comparisons",
    "workflows:comparison": "workflows:comparisons",
    "workflows:comparison_hits": "workflows:comparisons",
    "workflows:comparison_kin": "workflows:comparisons",
    "workflows:comparison_report": "workflows:comparisons",
    "workflows:department_file": "workflows:comparisons",
    "workflows:match": "workflows:comparisons",
    "workflows:export_list": "workflows:roster",
    "workflows:export_new": "workflows:roster",
    "workflows:export": "workflows:roster",
    "notices:print_job": "notices:print_centre",
    "notices:paper": "workflows:papers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """One line of the navigation."""

    url: str
    label: str
    icon: str
    current: bool
    badge: int
    on_phone: bool


class Frame:
    """The frame of one page; knows the request, decides nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def training(self) -> bool:
        """Return whether the banner of the training clock is shown."""
        return bool(settings.TRAINING)

    @property
    def may_move_clock(self) -> bool:
        """Return whether the buttons of the training clock are shown."""
        return self.training and self._signed_in

    @cached_property
    def now(self) -> datetime:
        """Return the hour by which this page is computed."""
        return clock.now()

    @property
    def density(self) -> str:
        """Return how close the lines stand: compact, normal or elder."""
        return getattr(self._request, "density", "normal")

    @property
    def hat(self) -> Appointment | None:
        """Return the appointment in which the officer acts now."""
        return getattr(self._request, "hat", None)

    @cached_property
    def path(self) -> list[Place]:
        """Return the places from the province down to where the hat sits."""
        if self.hat is None:
            return []
        codes = places.path(self.hat.place_id)
        return list(Place.objects.filter(code__in=codes).order_by("code"))

    @cached_property
    def nav(self) -> list[NavEntry]:
        """Return the navigation, with the number of waiting batches."""
        if self.hat is None:
            return []
        match = self._request.resolver_match
        here = match.view_name if match else ""
        here = UNDER.get(here, here)
        lines = ADMINISTRATION.get(Post(self.hat.post), NAVIGATION)
        waiting = 0
        if lines is NAVIGATION:
            day = self.now.date()
            waiting = counters_of(self._request, self.hat, today=day).todo
        return [
            NavEntry(
                url=reverse(name),
                label=str(label),
                icon=icon,
                current=name == here,
                badge=waiting if icon == "work" else 0,
                on_phone=phone,
            )
            for name, label, icon, phone in lines
            if name != COMPARISONS or self.hat.held in COMPARING
        ]

    @property
    def tabs(self) -> list[NavEntry]:
        """Return what the bar of a phone shows."""
        return [entry for entry in self.nav if entry.on_phone]

    @property
    def more(self) -> list[NavEntry]:
        """Return what the bar of a phone keeps behind its last button."""
        return [entry for entry in self.nav if not entry.on_phone]

    @property
    def _signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)


def counters_of(request: HttpRequest, hat: Appointment, *, today: date) -> Counters:
    """Return the figures of a hat, counted once for the page and its frame."""
    asked = cast(Any, request)
    if not hasattr(asked, "counters"):
        asked.counters = queries.counters(hat, today=today)
    return cast(Counters, asked.counters)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Give every template its frame."""
    return {"frame": Frame(request)}
