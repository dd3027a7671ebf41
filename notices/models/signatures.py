"""The electronic signature on a paper's stored PDF, where the office signs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.models.papers import Paper


class Signature(models.Model):
    """Whose certificate signed a PDF; the paper's own SHA-256 is that before signing."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="signature")
    # The signed file begins with the unsigned one: this many bytes of it.
    unsigned_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    subject = models.CharField(_("签名人"), max_length=200)
    # SHA-256 of the certificate.
    fingerprint = models.CharField(_("证书指纹"), max_length=64)
    algorithm = models.CharField(_("签名算法"), max_length=40)

    class Meta:
        verbose_name = _("电子签名")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        """Return who signed."""
        return self.subject
