"""The comparison (信息比对) with the records of departments, and its hits.

Knows what a department found and who decided; not which finds exclude.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo
from registry.comparing.kinds import Decision, HitKind


class Comparison(Recorded):
    """One household's comparison with the departments' records."""

    case = models.OneToOneField(CASE, models.PROTECT, related_name="comparison")
    compared_on = models.DateField(_("比对日期"))
    departments = models.JSONField(_("比对部门"), default=list)
    consent = models.BooleanField(_("户主授权查询"), default=False)
    # The county's round it was taken from; empty when it was typed.
    round = models.ForeignKey(
        "workflows.ComparisonRound", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("信息比对")

    def __str__(self) -> str:
        return f"{self.case_id} {self.compared_on}"


class Hit(models.Model):
    """One find of one department about one member; decided by a named officer."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="hits")
    person = models.ForeignKey(
        "registry.Person", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(_("命中类型"), max_length=10, choices=HitKind)
    department = models.CharField(_("部门"), max_length=50)
    detail = models.CharField(_("内容"), max_length=200)
    found_on = models.DateField(_("发现日期"))
    explanation = models.TextField(_("农户说明"), blank=True)
    evidence = photo(_("证明材料"))
    decision = models.CharField(
        _("认定"), max_length=10, choices=Decision, default=Decision.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(_("认定日期"), null=True)
    # The row of a round it was taken from: decided there, and only there.
    match = models.ForeignKey(
        "workflows.Match", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("比对命中")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN)
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="hit_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.EXPLAINED, explanation=""),
                name="hit_explained_in_words",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=HitKind.values), name="hit_kind_known"
            ),
            models.UniqueConstraint(
                fields=["comparison", "match"], name="hit_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}：{self.detail}"
