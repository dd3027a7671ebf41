"""Meetings (会议) with their authorisation, attendance, recusals and votes.

Knows who met and how they voted; not how many were needed.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import BATCH, CASE, PHOTO, Recorded


class MeetingKind(models.TextChoices):
    """Which body met."""

    GROUP = "group", _("村民小组会议")
    REPRESENTATIVES = "representatives", _("村民代表会议")
    VILLAGERS = "villagers", _("村民会议")
    # No body of the village law: every household of the village is asked (P16, P17).
    ASSEMBLY = "assembly", _("群众评议会")


class QuorumBasis(models.TextChoices):
    """Who is counted as due and present."""

    MEMBERS = "members", _("组成人员")
    ADULTS = "adults", _("十八周岁以上村民")
    HOUSEHOLDS = "households", _("户的代表")


class Authorisation(models.TextChoices):
    """How the representatives were empowered to decide: Q2 art. 3."""

    VILLAGERS_MEETING = "villagers_meeting", _("村民会议授权")
    WRITTEN_VOTE = "written_vote", _("村民书面表决授权")
    CHARTER = "charter", _("村民自治章程规定")


class Method(models.TextChoices):
    """How the votes were cast."""

    SECRET = "secret", _("无记名投票")
    OPEN = "open", _("记名投票")
    HANDS = "hands", _("举手表决")


class Meeting(Recorded):
    """One meeting about the households of a list, at one step."""

    batch = models.ForeignKey(BATCH, models.PROTECT, related_name="meetings")
    step = models.CharField(max_length=60)
    kind = models.CharField(_("会议类型"), max_length=16, choices=MeetingKind)
    group = models.CharField(_("村民小组"), max_length=30, blank=True)
    basis = models.CharField(
        _("人数依据"), max_length=10, choices=QuorumBasis, default=QuorumBasis.MEMBERS
    )
    authorisation_type = models.CharField(
        _("授权方式"), max_length=18, choices=Authorisation, blank=True
    )
    authorisation_on = models.DateField(_("授权日期"), null=True)
    authorisation_document = models.CharField(_("授权文件"), max_length=120, blank=True)
    called_on = models.DateField(_("通知日期"))
    held_at = models.DateTimeField(_("开会时间"))
    place_text = models.CharField(_("开会地点"), max_length=100)
    due = models.PositiveSmallIntegerField(_("应到人数"))
    present = models.PositiveSmallIntegerField(_("实到人数"))
    women = models.PositiveSmallIntegerField(_("其中女性"), default=0)
    chair = models.CharField(_("主持人"), max_length=50)
    recorder = models.CharField(_("记录人"), max_length=50)
    teller = models.CharField(_("计票人"), max_length=50, blank=True)
    scrutineer = models.CharField(_("监票人"), max_length=50, blank=True)
    method = models.CharField(_("表决方式"), max_length=8, choices=Method)
    comparison_read_out = models.BooleanField(_("已宣读比对结果"), default=False)
    summary = models.TextField(_("会议情况"), blank=True)
    photos: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PHOTO, related_name="+", blank=True
    )

    class Meta:
        verbose_name = _("会议")
        indexes: ClassVar = [
            models.Index(fields=["batch", "step"], name="meeting_batch")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(present__lte=F("due")), name="meeting_present_within_due"
            ),
            models.CheckConstraint(
                condition=Q(women__lte=F("present")),
                name="meeting_women_within_present",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_at:%Y-%m-%d}"


class Recused(models.Model):
    """Somebody present who did not vote: on one household, or on none at all."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="recused")
    name = models.CharField(_("回避人"), max_length=50)
    case = models.ForeignKey(
        CASE, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("回避原因"), max_length=100)

    class Meta:
        verbose_name = _("回避")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "name", "case"], name="recused_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(case=None),
                name="recused_from_all_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """How a meeting voted on one household; that it adds up is a gate."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    case = models.ForeignKey(CASE, models.PROTECT, related_name="votes")
    votes_for = models.PositiveSmallIntegerField(_("赞成"))
    against = models.PositiveSmallIntegerField(_("反对"))
    abstain = models.PositiveSmallIntegerField(_("弃权"))

    class Meta:
        verbose_name = _("表决")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "case"], name="vote_once"),
            models.CheckConstraint(
                condition=Q(votes_for__gte=0, against__gte=0, abstain__gte=0),
                name="vote_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.votes_for}:{self.against}:{self.abstain}"
