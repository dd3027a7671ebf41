"""Relatives a household declared who do not live in it; written by `kin.py` only.

Parents, spouse and children count at a comparison wherever they live (P55). They must
not know why they were declared.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.identity import mask, unseal
from registry.models.households import Household


class KinRelation(models.TextChoices):
    """Whose a declared relative is, seen from the head of the household."""

    SPOUSE = "spouse", _("配偶")
    PARENT = "parent", _("父母")
    CHILD = "child", _("子女")
    SPOUSE_PARENT = "spouse_parent", _("配偶的父母")
    CHILD_SPOUSE = "child_spouse", _("子女的配偶")


class DeclaredKin(models.Model):
    """A relative outside the household, as the household itself named him."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="kin", verbose_name=_("户")
    )
    name = models.CharField(_("姓名"), max_length=50)
    relation = models.CharField(
        _("与户主关系"), max_length=16, choices=KinRelation.choices
    )
    id_cipher = models.CharField(_("证件号码（密文）"), max_length=120)
    id_index = models.CharField(_("证件号码（索引）"), max_length=64)
    # He lives elsewhere, so the household's own letter does not speak for him.
    consented_on = models.DateField(_("查询授权书签署日期"), null=True, blank=True)
    declared_on = models.DateField(_("申报日期"))
    declared_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_on = models.DateField(_("不再申报日期"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("停止申报经办人"),
    )

    class Meta:
        """Named once per household as long as he stands."""

        verbose_name = _("申报亲属")
        verbose_name_plural = _("申报亲属")
        ordering: ClassVar = ["household_id", "pk"]
        indexes: ClassVar = [models.Index(fields=["id_index"], name="kin_id_index")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(relation__in=KinRelation.values), name="kin_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("declared_on")),
                name="kin_dates_ordered",
            ),
            models.UniqueConstraint(
                fields=["household", "id_index"],
                condition=Q(ended_on=None),
                name="kin_declared_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def masked_id(self) -> str:
        """Return the ID number as it may be shown: region, then stars."""
        return mask(unseal(self.id_cipher))
