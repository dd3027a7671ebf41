"""How often the public check page was asked, by minute; no address is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Inquiry(models.Model):
    """Questions of one asker in one minute.

    In the database, since a cache is one per process here. `who` is a keyed digest of
    the address, or the word for all who guessed.
    """

    who = models.CharField(_("键"), max_length=64)
    minute = models.DateTimeField(db_index=True)
    asked = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("查验次数")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["who", "minute"], name="inquiry_once"),
        ]

    def __str__(self) -> str:
        """Return the count; the key says nothing."""
        return str(self.asked)
