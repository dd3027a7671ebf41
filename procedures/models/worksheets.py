"""The income worksheet (收入测算表): a year's income and costs, line by line.

Knows how a sheet adds up; not which line it is held against.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo


class LineKind(models.TextChoices):
    """The four kinds of income, and the costs that are taken off."""

    WAGE = "wage", _("工资性收入")
    OPERATING = "operating", _("生产经营性收入")
    PROPERTY = "property", _("财产性收入")
    TRANSFER = "transfer", _("转移性收入")
    COST = "cost", _("生产经营成本")


class Worksheet(Recorded):
    """Net income per head of one household over one period."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="worksheets")
    step = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    period_from = models.DateField(_("计算期起"))
    period_to = models.DateField(_("计算期止"))
    size = models.PositiveSmallIntegerField(_("家庭人口"))
    wages = models.DecimalField(_("工资性收入"), max_digits=12, decimal_places=2)
    operating = models.DecimalField(
        _("生产经营性收入"), max_digits=12, decimal_places=2
    )
    property = models.DecimalField(_("财产性收入"), max_digits=12, decimal_places=2)
    transfer = models.DecimalField(_("转移性收入"), max_digits=12, decimal_places=2)
    costs = models.DecimalField(_("生产经营成本"), max_digits=12, decimal_places=2)
    net = models.DecimalField(_("纯收入"), max_digits=12, decimal_places=2)
    per_head = models.DecimalField(_("人均纯收入"), max_digits=12, decimal_places=2)
    signed = models.BooleanField(_("户主已签字"), default=False)
    photo = photo(_("签字表照片"))

    class Meta:
        verbose_name = _("收入测算表")
        indexes: ClassVar = [
            models.Index(fields=["case", "step"], name="worksheet_case")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")),
                name="worksheet_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1), name="worksheet_has_people"
            ),
            models.CheckConstraint(
                condition=Q(
                    wages__gte=0,
                    operating__gte=0,
                    property__gte=0,
                    transfer__gte=0,
                    costs__gte=0,
                ),
                name="worksheet_sums_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.year}"


class WorksheetLine(models.Model):
    """One line; an excluded one is shown and not counted (one-off relief etc.)."""

    worksheet = models.ForeignKey(Worksheet, models.CASCADE, related_name="lines")
    kind = models.CharField(_("类别"), max_length=10, choices=LineKind)
    item = models.CharField(_("项目"), max_length=60)
    quantity = models.DecimalField(
        _("数量"), max_digits=12, decimal_places=2, null=True
    )
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    excluded = models.BooleanField(_("不计入"), default=False)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("收入项目")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="worksheet_line_positive"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LineKind.values), name="worksheet_line_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"
