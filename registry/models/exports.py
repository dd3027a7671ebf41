"""Spreadsheets that left the register: who asked, what for, who agreed, who fetched.

Written by `registry.exports`. The file is a cipher with an end; the row stays.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.codes import Standing
from registry.models.record import AppendOnly


class ExportState(models.TextChoices):
    """How far an export is."""

    ASKED = "asked", _("待第二人同意")
    WAITING = "waiting", _("排队中")
    WRITING = "writing", _("正在生成")
    READY = "ready", _("已生成")
    FAILED = "failed", _("未能生成")
    REFUSED = "refused", _("未获同意")
    EXPIRED = "expired", _("已过期删除")

    @property
    def works(self) -> bool:
        """Return whether a worker is at it, or should be."""
        return self in {ExportState.WAITING, ExportState.WRITING}


class ExportLayout(models.TextChoices):
    """What each row of the file is, and in whose columns."""

    ROSTER = "roster", _("名册：每户一行")
    MEMBERS = "members", _("成员名单：每人一行")
    NATIONAL = "national", _("全国系统两张表（xlsx）")
    NATIONAL_HOUSEHOLDS = "national_households", _("全国系统户信息表")
    NATIONAL_PERSONS = "national_persons", _("全国系统人口信息表")

    @property
    def sheets(self) -> "tuple[ExportLayout, ...]":
        """Return the layouts of the file's sheets."""
        if self is ExportLayout.NATIONAL:
            return (ExportLayout.NATIONAL_HOUSEHOLDS, ExportLayout.NATIONAL_PERSONS)
        return (self,)

    @property
    def by_person(self) -> bool:
        """Return whether each row of a sheet is a person."""
        return self in {ExportLayout.MEMBERS, ExportLayout.NATIONAL_PERSONS}


class Export(models.Model):
    """One file of a place's households on a day.

    Attributes:
        form: xlsx, csv or gb18030.
        clear: ID numbers, telephones and accounts in clear, for the stated purpose.
        title: the hat in which it was asked for, in words; it stands in the watermark.
        digest: SHA-256 of the file in clear.
    """

    place = models.ForeignKey("registry.Place", models.PROTECT, related_name="+")
    layout = models.CharField(_("表式"), max_length=20, choices=ExportLayout)
    form = models.CharField(_("文件格式"), max_length=8)
    on = models.DateField(_("截至日期"))
    standing = models.CharField(
        _("建档状态"), max_length=12, choices=Standing, blank=True
    )
    clear = models.BooleanField(_("完整证件号码"), default=False)
    purpose = models.CharField(_("用途"), max_length=200)
    title = models.CharField(_("导出岗位"), max_length=120)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(
        _("进度"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("同意时间"), null=True)
    rows = models.PositiveIntegerField(_("行数"), null=True)
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="exports", blank=True)
    expires_at = models.DateTimeField(_("到期删除"))
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """A purpose is given, and nobody agrees to his own."""

        verbose_name = _("表格导出")
        verbose_name_plural = _("表格导出")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["place", "-id"], name="export_place_newest")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(purpose=""), name="export_has_a_purpose"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")),
                name="export_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="export_state_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the number by which people speak of it."""
        return f"{self.pk}"

    @property
    def percent(self) -> int:
        """Return how much of it is written."""
        return self.done * 100 // self.total if self.total else 0


class ExportFetch(AppendOnly):
    """Somebody fetched the file of an export."""

    export = models.ForeignKey(Export, models.PROTECT, related_name="fetches")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("下载时间"))
    digest = models.CharField(max_length=64)

    class Meta:
        """In the order of fetching."""

        verbose_name = _("导出下载记录")
        verbose_name_plural = _("导出下载记录")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Return who and when."""
        return f"{self.officer_id} {self.at}"
