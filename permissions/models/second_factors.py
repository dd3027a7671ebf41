"""What an officer holds besides his password; `permissions.second_factor` writes it.

The secret is kept sealed, a recovery code only as a keyed digest.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SecondFactor(models.Model):
    """The telephone or token that shows an officer's codes (RFC 6238).

    Attributes:
        confirmed_at: when he first typed a right code; before, it asks nobody.
        last_step: the step of thirty seconds of the last code taken, never again.
    """

    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        related_name="second_factor",
        verbose_name=_("账号"),
    )
    secret_cipher = models.CharField(_("密钥"), max_length=160)
    confirmed_at = models.DateTimeField(_("启用时间"), null=True)
    last_step = models.BigIntegerField(_("已用时段"), default=0)

    class Meta:
        verbose_name = _("动态口令")
        verbose_name_plural = _("动态口令")

    def __str__(self) -> str:
        """Return whose it is, and nothing of the secret."""
        return f"{self.officer_id}"


class RecoveryCode(models.Model):
    """A code on paper for the day the telephone is lost; it works once."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recovery_codes",
        verbose_name=_("账号"),
    )
    digest = models.CharField(_("摘要"), max_length=64)
    used_at = models.DateTimeField(_("使用时间"), null=True)

    class Meta:
        verbose_name = _("备用码")
        verbose_name_plural = _("备用码")
        constraints = (
            models.UniqueConstraint(
                fields=("officer", "digest"), name="recovery_code_once"
            ),
        )

    def __str__(self) -> str:
        """Return whose it is, and nothing of the code."""
        return f"{self.officer_id}"
