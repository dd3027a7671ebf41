"""What departments sent back, and whom of the register it is about.

Rows about nobody who was asked are never stored. Must not know any procedure.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from permissions.models import Appointment
from registry.comparing.kinds import Decision, HitKind
from registry.models import DeclaredKin, Household, Person, Place
from registry.sheets.sentences import said_of
from workflows.models.rounds import ComparisonRound, RoundDepartment


class DepartmentFile(models.Model):
    """One file a department sent; kept only until it has been compared.

    Attributes:
        content: the file as sent, in cipher; emptied when it has been read.
        rows, done: how many rows there are, and how many were read.
        adds: it adds to the files before it; otherwise it corrects and replaces them.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("排队等待")
        READING = "reading", _("正在比对")
        READ = "read", _("比对完成")
        FAULTY = "faulty", _("读不了")
        SUPERSEDED = "superseded", _("已被更正数据替换")

    department = models.ForeignKey(
        RoundDepartment, models.PROTECT, related_name="files"
    )
    name = models.CharField(_("文件名"), max_length=100)
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="comparing", blank=True)
    received_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("收到时间"))
    adds = models.BooleanField(_("补充数据"), default=False)
    stage = models.CharField(
        max_length=12, choices=Stage.choices, default=Stage.WAITING
    )
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True)
    fault_numbers = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("部门数据")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["department", "sha256"],
                condition=~Q(stage="faulty"),
                name="department_file_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def busy(self) -> bool:
        """Return whether it still waits or is being read."""
        return self.stage in {self.Stage.WAITING, self.Stage.READING}

    @property
    def fault_said(self) -> str:
        """Return why the file was not read, in the reader's language."""
        return said_of(self.fault, self.fault_numbers) if self.fault else ""


class FileFault(models.Model):
    """One row of a file that could not be compared, by sheet, cell and rule."""

    file = models.ForeignKey(DepartmentFile, models.CASCADE, related_name="file_faults")
    sheet = models.CharField(_("工作表"), max_length=60)
    cell = models.CharField(_("单元格"), max_length=12)
    rule = models.CharField(_("规则"), max_length=40)
    text = models.CharField(_("问题"), max_length=200)

    class Meta:
        verbose_name = _("部门数据的问题行")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} {self.rule}"


class Match(models.Model):
    """A row of a department that is about a member or declared relative.

    Attributes:
        office: the department as rulebooks name it.
        name_differs: the number is the same, the name is not: somebody must look.
        lengthened: the department wrote the old number of 15 digits.
        standing: false once a corrected file no longer says it.
        exception: key of the rulebook's exception that was picked.
        same_person: somebody looked and it is the same person.
    """

    round = models.ForeignKey(ComparisonRound, models.PROTECT, related_name="matches")
    file = models.ForeignKey(DepartmentFile, models.PROTECT, related_name="matches")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kin = models.ForeignKey(DeclaredKin, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("命中类型"), max_length=10, choices=HitKind.choices)
    office = models.CharField(_("部门"), max_length=50)
    name_given = models.CharField(_("部门登记姓名"), max_length=50, blank=True)
    name_differs = models.BooleanField(default=False)
    lengthened = models.BooleanField(default=False)
    detail = models.CharField(_("内容"), max_length=200, blank=True)
    found_on = models.DateField(_("信息日期"), null=True)
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    standing = models.BooleanField(default=True)
    decision = models.CharField(
        _("认定"), max_length=10, choices=Decision.choices, default=Decision.OPEN
    )
    exception = models.CharField(_("例外情形"), max_length=40, blank=True)
    explanation = models.TextField(_("说明或理由"), blank=True)
    same_person = models.BooleanField(_("已核对是同一人"), default=False)
    decided_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("认定时间"), null=True)

    class Meta:
        verbose_name = _("比中记录")
        indexes = (
            models.Index(
                fields=["round", "decision", "place"], name="match_round_decision"
            ),
            models.Index(fields=["household"], name="match_household"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=True, kin__isnull=False)
                | Q(person__isnull=False, kin__isnull=True),
                name="match_about_one_person",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="match_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN) | ~Q(explanation=""),
                name="match_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=HitKind.values), name="match_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.office}：{self.detail}"

    def get_absolute_url(self) -> str:
        return reverse("workflows:match", args=[self.pk])

    @property
    def about(self) -> str:
        """Return the reference under which its evidence goes."""
        return f"match/{self.pk}"

    @property
    def whose(self) -> Person | DeclaredKin:
        """Return the person the row is about."""
        found = self.person or self.kin
        if found is None:
            raise ValueError(f"match {self.pk} is about nobody")
        return found
