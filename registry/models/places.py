"""The administrative divisions; a place must not know who lives or serves there."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.places import Level


class Place(models.Model):
    """One administrative division for as long as it existed.

    Merged villages (1,961 became 1,567 in Xiangxi) keep their row with `valid_to`.
    """

    code = models.CharField(_("区划代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=50)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级区划"),
    )
    valid_from = models.DateField(_("设立日期"))
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    # Written when villages merge, so that an old code leads to the new one.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("并入"),
    )
    merged_under = models.CharField(_("撤并文号"), max_length=200, blank=True)

    class Meta:
        """Dates are ordered; every place but a province has one above it."""

        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="place_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(valid_to__isnull=False),
                name="place_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE) | Q(parent__isnull=False),
                name="place_below_another",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="place_level_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{12}$"), name="place_code_digits"
            ),
        ]

    def __str__(self) -> str:
        """Return the name as the office writes it."""
        return self.name

    @property
    def merged_on(self) -> date | None:
        """Return the first day on which it belonged to the place it came into."""
        if self.merged_into_id is None or self.valid_to is None:
            return None
        return self.valid_to + timedelta(days=1)
