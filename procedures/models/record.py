"""What every fact has: who wrote it down, under which appointment, and when.

Knows neither steps nor what is written.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

CASE = "workflows.Case"
BATCH = "workflows.Batch"
PHOTO = "notices.Photo"


class Recorded(models.Model):
    """A fact somebody wrote down under an appointment."""

    recorded_by = models.ForeignKey(
        "permissions.Appointment",
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记岗位"),
    )
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        abstract = True


def photo(label: Any) -> Any:
    """Return the column of a photo that may still be missing."""
    return models.ForeignKey(
        PHOTO, models.PROTECT, null=True, related_name="+", verbose_name=label
    )
