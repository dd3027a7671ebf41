"""What speaks for a removal, and what the household says to it.

Knows what was found and said; not which ground suffices.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo


class Conclusion(models.TextChoices):
    """What the verification team concluded."""

    REMOVE = "remove", _("不符合条件，应当清退")
    KEEP = "keep", _("符合条件，予以保留")


class Investigation(Recorded):
    """The verification team's finding on one household (核定登记表)."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="investigations")
    step = models.CharField(max_length=60)
    conclusion = models.CharField(_("核定结论"), max_length=6, choices=Conclusion)
    grounds = models.JSONField(_("清退情形"), default=list, blank=True)
    account = models.TextField(_("查实情况"))
    evidence = models.TextField(_("证据材料"), blank=True)
    photo = photo(_("证据照片"))

    class Meta:
        verbose_name = _("核定")
        indexes: ClassVar = [
            models.Index(fields=["case", "step"], name="investigation_case")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(conclusion__in=Conclusion.values),
                name="investigation_conclusion_known",
            ),
            models.CheckConstraint(
                condition=~Q(account=""), name="investigation_accounted_for"
            ),
            models.CheckConstraint(
                condition=Q(conclusion=Conclusion.KEEP) | ~Q(evidence=""),
                name="investigation_removes_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_conclusion_display()}"


class Statement(Recorded):
    """What the household says to its removal, and what it is answered (农户意见)."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="statements")
    step = models.CharField(max_length=60)
    stated_on = models.DateField(_("陈述日期"))
    objects_to_it = models.BooleanField(_("有异议"), default=False)
    words = models.TextField(_("农户意见"), blank=True)
    answer = models.TextField(_("核实答复"), blank=True)

    class Meta:
        verbose_name = _("农户意见")
        indexes: ClassVar = [
            models.Index(fields=["case", "step"], name="statement_case")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(objects_to_it=False) | ~Q(words=""),
                name="statement_objects_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stated_on}"
