"""An imported spreadsheet, from upload to acceptance; written by `registry.sheets`.

No column holds a name, a certificate or a file name in clear but the findings' values,
which are masked where they must be and deleted with the run.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.codes import Standing
from registry.sheets.rules.rule import Level


class RunState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", _("等待检查")
    CHECKING = "checking", _("正在检查")
    UNREADABLE = "unreadable", _("不能读取")
    CHECKED = "checked", _("已检查，等待确认")
    ACCEPTING = "accepting", _("正在写入档案")
    DONE = "done", _("已导入")
    DROPPED = "dropped", _("已放弃")

    @property
    def works(self) -> bool:
        """Return whether a worker is at it, or should be."""
        return self in {RunState.WAITING, RunState.CHECKING, RunState.ACCEPTING}


class ImportRun(models.Model):
    """One file: who sent it for which place, and what became of it.

    Attributes:
        digest: SHA-256 of the file; the same file again is known by it.
        name_cipher: what the file was called, sealed, for names are in it.
        original: the file as cipher, until it is settled.
        marked: the copy with the faults marked, as cipher.
        on: the day as of which households are entered and corrected.
        year: of rows that name none.
        standing: as what new households are entered.
        told: sheets and what was read of them.
    """

    place = models.ForeignKey("registry.Place", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    digest = models.CharField(max_length=64, db_index=True)
    name_cipher = models.CharField(max_length=600, blank=True)
    original = models.FileField(upload_to="imports", blank=True)
    marked = models.FileField(upload_to="imports", blank=True)
    on = models.DateField(_("以何日为准"))
    year = models.PositiveSmallIntegerField(_("年度"))
    standing = models.CharField(
        _("建档状态"), max_length=12, choices=Standing, default=Standing.UNREGISTERED
    )
    state = models.CharField(
        _("进度"), max_length=10, choices=RunState, default=RunState.WAITING
    )
    fault = models.CharField(max_length=20, blank=True)
    fault_numbers = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(_("检查时间"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        """Newest first, as a list of work is read."""

        verbose_name = _("表格导入")
        verbose_name_plural = _("表格导入")
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["place", "-uploaded_at"], name="import_place_uploaded")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="import_standing_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(accepted_by__isnull=False),
                name="import_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Return the number by which people speak of it."""
        return f"{self.pk}"


class VillageState(models.TextChoices):
    """What became of one village of a file."""

    FAULTY = "faulty", _("有错误")
    READY = "ready", _("可以导入")
    CHOSEN = "chosen", _("等待写入")
    ACCEPTED = "accepted", _("已导入")
    STALE = "stale", _("档案已有变动，请重新检查")


class ImportVillage(models.Model):
    """The rows of one village: accepted together or not at all.

    Attributes:
        entries: the checked households as one cipher, until they are settled.
        plan: digest of what acceptance would do.
        differences: what would change, in words, masked; the first ones.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="villages")
    place = models.ForeignKey("registry.Place", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VillageState)
    households = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    to_explain = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    entries = models.BinaryField(default=b"")
    plan = models.CharField(max_length=64, blank=True)
    differences = models.JSONField(default=list)

    class Meta:
        """By code, as the tree is read."""

        verbose_name = _("导入的村")
        verbose_name_plural = _("导入的村")
        ordering: ClassVar = ["place_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "place"], name="import_village_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VillageState.values),
                name="import_village_state_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the village's code."""
        return self.place_id


class ImportFinding(models.Model):
    """One thing found in a file: where, what stands there, which rule.

    Attributes:
        value: what stands in the cell; masked where the column is sealed.
        said: the numbers and words of the rule's sentence.
        explanation: what was written about it, where the rule asks for that.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="findings")
    village = models.ForeignKey(
        "registry.Place", models.PROTECT, null=True, related_name="+"
    )
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    row = models.PositiveIntegerField()
    cell = models.CharField(_("单元格"), max_length=12)
    column = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=Level)
    value = models.CharField(_("内容"), max_length=60, blank=True)
    said = models.JSONField(default=dict)
    explanation = models.CharField(_("说明"), max_length=150, blank=True)

    class Meta:
        """In the order in which the file is read."""

        verbose_name = _("导入问题")
        verbose_name_plural = _("导入问题")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["run", "level"], name="import_finding_level")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="import_finding_level_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the rule and the cell."""
        return f"{self.rule} {self.cell}"
