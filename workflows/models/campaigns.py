"""What a county orders for many villages at once, and the rosters their meetings make.

Knows places, households and officers; neither a roster nor a procedure by name.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from permissions.models import Appointment
from registry.models import Household, Place
from workflows.models.batches import Batch


class Campaign(models.Model):
    """A campaign (专项行动) ordered for some places, for a period, on a basis."""

    kind = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=120)
    document = models.CharField(_("方案文号"), max_length=60, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    plan = models.TextField(_("方案要点"), blank=True)
    begins = models.DateField(_("开始日期"))
    ends = models.DateField(_("结束日期"))
    scope: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Place, related_name="+", verbose_name=_("范围")
    )
    opened_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("专项行动")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="campaign_dates_ordered"
            ),
            models.UniqueConstraint(
                fields=["kind", "place", "title"], name="campaign_titled_once"
            ),
        )
        indexes = (models.Index(fields=["place", "-begins"], name="campaign_place"),)

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """Return the reference under which its photos go."""
        return f"campaign/{self.pk}"

    def is_running(self, on: date) -> bool:
        """Return whether a day lies in its period."""
        return self.begins <= on <= self.ends


class CampaignMeeting(models.Model):
    """A meeting in a village that puts its households on the campaign's rosters."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    group = models.CharField(_("村民小组"), max_length=30, blank=True)
    held_on = models.DateField(_("开会日期"))
    place_text = models.CharField(_("地点"), max_length=100)
    chair = models.CharField(_("主持人"), max_length=50)
    recorder = models.CharField(_("记录人"), max_length=50)
    due = models.PositiveSmallIntegerField(_("应到人数"))
    present = models.PositiveSmallIntegerField(_("实到人数"))
    attendees = models.JSONField(_("到会人员"), default=list)
    summary = models.TextField(_("会议情况"), blank=True)
    photos: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "notices.Photo", related_name="+", blank=True
    )
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("贫情分析会")
        constraints = (
            models.CheckConstraint(
                condition=Q(present__lte=F("due")),
                name="campaign_meeting_present_within_due",
            ),
            models.CheckConstraint(
                condition=Q(present__gt=0), name="campaign_meeting_attended"
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "place"], name="campaign_meeting_place"),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.held_on}"

    @property
    def about(self) -> str:
        """Return the reference under which its papers go."""
        return f"meeting/{self.pk}"


class RosterEntry(models.Model):
    """One household on one of a meeting's rosters, and the list it was handed to."""

    meeting = models.ForeignKey(CampaignMeeting, models.PROTECT, related_name="entries")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="roster_entries"
    )
    roster = models.CharField(_("名单"), max_length=20)
    reason = models.CharField(_("理由"), max_length=300)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, related_name="roster_entries"
    )

    class Meta:
        verbose_name = _("名单上的户")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "household"], name="roster_entry_once"
            ),
            models.CheckConstraint(
                condition=~Q(roster="") & ~Q(reason=""),
                name="roster_entry_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.roster} {self.household_id}"
