"""Pictures that prove something."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices.models.names import APPOINTMENT, PLACE
from notices.models.papers import Paper

# The purpose of a photo that is a paper come back signed; `paper` says which.
SIGNED_SHEET = "signed_sheet"


class Photo(models.Model):
    """A re-encoded picture: a signed sheet, a notice on the wall, a meeting."""

    file = models.FileField(upload_to="photos")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    uploaded_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+")
    about = models.CharField(max_length=40, db_index=True)
    purpose = models.CharField(max_length=40)
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        related_name="signed_sheets",
        verbose_name=_("签字文书"),
    )

    class Meta:
        verbose_name = _("照片")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        """Return what the picture is about."""
        return f"{self.about} {self.purpose}"

    def get_absolute_url(self) -> str:
        """Return the address of the picture for officers of the place."""
        return reverse("notices:photo", args=[self.pk])
