"""Where a notice hangs, and since when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from notices.models.names import APPOINTMENT
from notices.models.papers import Paper
from notices.models.photos import Photo


class Posting(models.Model):
    """A notice put up at one spot, with the proof that starts the clock."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="postings")
    where = models.CharField(_("张贴地点"), max_length=100)
    posted_at = models.DateTimeField(_("张贴时间"))
    photos = models.ManyToManyField(Photo, related_name="+")
    posted_by_name = models.CharField(_("张贴人"), max_length=50)
    recorded_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    taken_down_at = models.DateTimeField(_("撤下时间"), null=True)
    taken_down_by_name = models.CharField(_("撤下人"), max_length=50, blank=True)
    taken_down_under = models.ForeignKey(
        APPOINTMENT, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("张贴")
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__lte=F("recorded_at")),
                name="posting_not_in_the_future",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True)
                | Q(taken_down_at__gte=F("posted_at")),
                name="posting_taken_down_after_posted",
            ),
        ]

    def __str__(self) -> str:
        """Return where the notice hangs."""
        return self.where
