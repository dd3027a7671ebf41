"""A county asks its departments about its households: the round and its lists out.

Knows who asks whom about which households; must not know what an answer means.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from permissions.models import Appointment
from registry.comparing import departments
from registry.comparing.departments import DepartmentSource
from registry.models import Household, Place
from registry.models.record import AppendOnly
from workflows.models.batches import RulebookVersion
from workflows.rulebook import Rulebook, bound

# Asked with the standings of the register: households with a case under way.
APPLICANTS = "applicants"


class ComparisonRound(models.Model):
    """One comparison of a county with its departments, bound to one rulebook.

    Attributes:
        areas: codes of the county or of its townships.
        groups: standings of the register, and `APPLICANTS`.
        basis: the document that lets the departments answer.
        expires_on: the last day on which its results count.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.CharField(_("比对任务号"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    seq = models.PositiveSmallIntegerField()
    areas = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    purpose = models.CharField(_("用途"), max_length=100)
    basis = models.CharField(_("查询依据"), max_length=200)
    authorised = models.BooleanField(_("各户授权书在档"), default=False)
    rulebook = models.ForeignKey(RulebookVersion, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("发起时间"))
    opened_on = models.DateField(_("发起日期"))
    expires_on = models.DateField(_("有效期至"))
    sealed_at = models.DateTimeField(null=True)
    households = models.PositiveIntegerField(_("户数"), default=0)
    persons = models.PositiveIntegerField(_("人数"), default=0)
    training = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("比对任务")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("opened_on")), name="round_dates_ordered"
            ),
            models.UniqueConstraint(
                fields=["place", "year", "seq"], name="round_seq_once"
            ),
        )
        indexes = (models.Index(fields=["place", "-opened_at"], name="round_place"),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("workflows:comparison", args=[self.pk])

    @property
    def about(self) -> str:
        """Return the reference under which papers of this round go."""
        return f"comparison/{self.pk}"

    @property
    def bound_rulebook(self) -> Rulebook:
        """Return the rulebook by which its hits are judged."""
        return bound(self.rulebook.text)

    def counts_on(self, day: date) -> bool:
        """Return whether its results may be used on that day."""
        return self.opened_on <= day <= self.expires_on


class RoundDepartment(models.Model):
    """One department's list in a round: sealed, released by a second person, fetched.

    `content` is the encrypted workbook; file and password go when it may no longer
    be fetched, the digest stays.
    """

    round = models.ForeignKey(
        ComparisonRound, models.PROTECT, related_name="departments"
    )
    source = models.CharField(_("名单"), max_length=30)
    content = models.FileField(upload_to="comparing", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    password_cipher = models.CharField(max_length=120, blank=True)
    released_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(_("批准发出时间"), null=True)
    fetch_until = models.DateField(_("最后领取日"), null=True)
    fetched_at = models.DateTimeField(_("领取时间"), null=True)

    class Meta:
        verbose_name = _("比对部门")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["round", "source"], name="round_department_once"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, fetch_until=None)
                | Q(
                    released_at__isnull=False,
                    released_by__isnull=False,
                    fetch_until__isnull=False,
                ),
                name="round_department_released_whole",
            ),
        )

    def __str__(self) -> str:
        return self.catalogued.label

    @property
    def catalogued(self) -> DepartmentSource:
        """Return what the catalogue says of this list."""
        return departments.named(self.source)

    def fetchable_on(self, day: date) -> bool:
        """Return whether the list may be fetched on that day."""
        until = self.fetch_until
        return bool(self.content) and until is not None and day <= until


class RoundHousehold(models.Model):
    """A household a round asked about, and who belonged to it when it did."""

    round = models.ForeignKey(ComparisonRound, models.PROTECT, related_name="asked")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    belongs = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("参加比对的户")
        constraints = (
            models.UniqueConstraint(
                fields=["round", "household"], name="round_household_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id}/{self.household_id}"


class RoundEntry(AppendOnly):
    """What happened to a round: every list, file and decision; only ever added."""

    class Act(models.TextChoices):
        OPENED = "opened", _("发起")
        SEALED = "sealed", _("生成密封名单")
        RELEASED = "released", _("批准发出")
        FETCHED = "fetched", _("领取名单")
        PASSWORD = "password", _("查看密码")
        EXPIRED = "expired", _("名单到期销毁")
        RECEIVED = "received", _("收到部门数据")
        MATCHED = "matched", _("比对完成")
        SUPERSEDED = "superseded", _("被更正数据替换")
        DECIDED = "decided", _("认定")
        HANDED = "handed", _("转入办件")
        REUSED = "reused", _("引用比对结果")

    round = models.ForeignKey(ComparisonRound, models.PROTECT, related_name="entries")
    department = models.ForeignKey(
        RoundDepartment, models.PROTECT, null=True, related_name="entries"
    )
    match = models.ForeignKey(
        "workflows.Match", models.PROTECT, null=True, related_name="entries"
    )
    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("比对记录")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.round_id} {self.act}"
