"""What the ledgers count of each village, and which villages are to be counted again.

Both tables can be thrown away and made anew from households and persons.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class VillageFigures(models.Model):
    """The figures of one village as they were last counted."""

    place = models.OneToOneField(
        "registry.Place",
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("所在村"),
    )
    # "dimension/value/measure" -> number; zeros are left out.
    figures = models.JSONField(_("统计数字"), default=dict)

    class Meta:
        """One row per village that ever had a household."""

        verbose_name = _("村级统计")
        verbose_name_plural = _("村级统计")

    def __str__(self) -> str:
        """Return the village's code."""
        return self.place_id


class Uncounted(models.Model):
    """A change in a village that its figures do not hold yet.

    One row per act and village, written in the act's own transaction. Whoever counts
    deletes only the rows he saw, so a change that commits meanwhile keeps its row.
    """

    place = models.ForeignKey(
        "registry.Place",
        models.CASCADE,
        related_name="+",
        verbose_name=_("所在村"),
    )

    class Meta:
        """In the order of the acts."""

        verbose_name = _("待重新统计")
        verbose_name_plural = _("待重新统计")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Return the village's code."""
        return self.place_id
