"""What was found in the household: visit, visitors and the checklist of needs.

Knows what was seen; not which standard it has to meet.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo
from registry.codes import HousingGrade


class Visit(Recorded):
    """One visit to a household (入户) at one step."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="visits")
    step = models.CharField(max_length=60)
    visited_on = models.DateField(_("入户日期"))
    note = models.TextField(_("核实情况"), blank=True)
    photo = photo(_("入户照片"))

    class Meta:
        verbose_name = _("入户核实")
        indexes: ClassVar = [models.Index(fields=["case", "step"], name="visit_case")]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.step}"


class Visitor(models.Model):
    """One person who made a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="visitors")
    name = models.CharField(_("姓名"), max_length=50)
    unit = models.CharField(_("单位"), max_length=100)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("入户人员")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "name", "unit"], name="visitor_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.name}"


class Checklist(Recorded):
    """Two freedoms from want, three guarantees and water; empty means not asked."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="checklists")
    step = models.CharField(max_length=60)
    income_over_line = models.BooleanField(_("收入稳定超过标准"), null=True)
    food = models.BooleanField(_("不愁吃"), null=True)
    clothing = models.BooleanField(_("不愁穿"), null=True)
    water_quality = models.BooleanField(_("水质合格"), null=True)
    water_litres = models.PositiveSmallIntegerField(_("每人每天水量（升）"), null=True)
    water_minutes = models.PositiveSmallIntegerField(
        _("取水往返时间（分钟）"), null=True
    )
    water_metres = models.PositiveSmallIntegerField(_("取水垂直高差（米）"), null=True)
    water_dry_days = models.PositiveSmallIntegerField(_("连续缺水最长天数"), null=True)
    school = models.BooleanField(_("义务教育无辍学"), null=True)
    medical = models.BooleanField(_("基本医疗有保障"), null=True)
    housing_grade = models.CharField(
        _("住房等级"), max_length=1, choices=HousingGrade, blank=True
    )
    housing_certificate = models.CharField(
        _("住房鉴定书编号"), max_length=60, blank=True
    )
    blockers = models.JSONField(_("不能脱贫的情形"), default=list, blank=True)
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("两不愁三保障核查")
        indexes: ClassVar = [
            models.Index(fields=["case", "step"], name="checklist_case")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(housing_grade__in=["", *HousingGrade.values]),
                name="checklist_housing_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"
