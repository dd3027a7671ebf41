"""The application (申请) with which a household asks to be put on the register.

Knows who asked and who signed; not what becomes of it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo


class Applicant(models.TextChoices):
    """Who puts the household forward."""

    HOUSEHOLD = "household", _("户主申请")
    GROUP = "group", _("村民小组推荐")


class GroupReason(models.TextChoices):
    """Why the group may speak for a household: S0 二(五)."""

    LONE_ELDERLY = "lone_elderly", _("孤寡老人")
    DISABLED = "disabled", _("残疾人")
    ORPHAN = "orphan", _("孤儿")


class Application(Recorded):
    """One household's application."""

    case = models.OneToOneField(CASE, models.PROTECT, related_name="application")
    made_by = models.CharField(_("提出方式"), max_length=10, choices=Applicant)
    group_reason = models.CharField(
        _("小组推荐原因"), max_length=14, choices=GroupReason, blank=True
    )
    applied_on = models.DateField(_("申请日期"))
    request = models.TextField(_("申请内容"))
    cause = models.CharField(_("致贫原因"), max_length=100)
    income_stated = models.DecimalField(
        _("自报人均纯收入（元）"), max_digits=12, decimal_places=2
    )
    labourers = models.PositiveSmallIntegerField(_("劳动力人数"))
    signature = photo(_("签字照片"))
    thumb = models.BooleanField(_("按手印"), default=False)
    proxy_name = models.CharField(_("代写人"), max_length=50, blank=True)
    witness_name = models.CharField(_("见证人"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("申请")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(made_by=Applicant.HOUSEHOLD, group_reason="")
                | Q(made_by=Applicant.GROUP, group_reason__in=GroupReason.values),
                name="application_group_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(income_stated__gte=0), name="application_income_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applied_on} {self.get_made_by_display()}"
