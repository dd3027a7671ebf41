"""What upper offices check: the sample they draw and the households they visit.

Knows who was drawn and what was found; not how many must be drawn.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.models.record import BATCH, CASE, Recorded, photo


class Finding(models.TextChoices):
    """What a check on site found."""

    OK = "ok", _("属实")
    WRONG = "wrong", _("不属实")


class Sample(Recorded):
    """The households of a list drawn for a check; anyone can draw them again."""

    batch = models.ForeignKey(BATCH, models.PROTECT, related_name="samples")
    step = models.CharField(max_length=60)
    # An exact fraction such as "1/5": the rulebook's, as it was when drawn.
    rate = models.CharField(_("抽查比例"), max_length=12)
    seed = models.CharField(_("抽样种子"), max_length=64)
    size = models.PositiveSmallIntegerField(_("抽查户数"))
    drawn_on = models.DateField(_("抽样日期"))
    case_ids = models.JSONField(_("抽中的件"))

    class Meta:
        verbose_name = _("抽查名单")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "step"], name="sample_once"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.size}"


class SiteCheck(Recorded):
    """One household checked on site by an upper office."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="site_checks")
    step = models.CharField(max_length=60)
    checked_on = models.DateField(_("核查日期"))
    checkers = models.JSONField(_("核查人员"), default=list)
    finding = models.CharField(_("核查结论"), max_length=5, choices=Finding)
    note = models.TextField(_("说明"), blank=True)
    photo = photo(_("现场照片"))

    class Meta:
        verbose_name = _("实地核查")
        indexes: ClassVar = [
            models.Index(fields=["case", "step"], name="sitecheck_case")
        ]

    def __str__(self) -> str:
        return f"{self.checked_on} {self.get_finding_display()}"
