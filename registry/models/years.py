"""What the national system's sheets say of a year; written by `registry.years` only.

They must not know which sheet it came from.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The system's first year, and one nobody means.
_SENSIBLE = (2005, 2100)


class HouseholdYear(models.Model):
    """A household in one year: income, land, house and measures.

    `values` holds columns by the identifiers of `registry.columns.YEAR_OF_HOUSEHOLD`,
    in the shape of `registry.columns.values`.
    """

    household = models.ForeignKey(
        "registry.Household",
        models.PROTECT,
        related_name="years",
        verbose_name=_("户"),
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    values = models.JSONField(_("年度信息"), default=dict)

    class Meta:
        """One row a year."""

        verbose_name = _("户年度信息")
        verbose_name_plural = _("户年度信息")
        ordering: ClassVar = ["household_id", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "year"], name="household_year_once"
            ),
            models.CheckConstraint(
                condition=Q(year__range=_SENSIBLE), name="household_year_sensible"
            ),
        ]

    def __str__(self) -> str:
        """Return the year."""
        return f"{self.year}"


class PersonYear(models.Model):
    """A person in one year: work, school, insurance.

    `values` holds columns by the identifiers of `registry.columns.YEAR_OF_PERSON`, in
    the shape of `registry.columns.values`.
    """

    person = models.ForeignKey(
        "registry.Person", models.PROTECT, related_name="years", verbose_name=_("人")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    values = models.JSONField(_("年度信息"), default=dict)

    class Meta:
        """One row a year."""

        verbose_name = _("人年度信息")
        verbose_name_plural = _("人年度信息")
        ordering: ClassVar = ["person_id", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "year"], name="person_year_once"),
            models.CheckConstraint(
                condition=Q(year__range=_SENSIBLE), name="person_year_sensible"
            ),
        ]

    def __str__(self) -> str:
        """Return the year."""
        return f"{self.year}"
