"""Failed log-ins per user name and address; the table behind the lock-out.

It must not know whether such a user exists, and keeps no name and no address.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginAttempt(models.Model):
    """How often one pair of user name and address failed of late.

    In the database, since a cache is one per process here. The key is a keyed
    digest: people type their password into the wrong field.
    """

    key = models.CharField(_("键"), max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(_("失败次数"), default=0)
    last_at = models.DateTimeField(_("最近一次"), db_index=True)

    class Meta:
        verbose_name = _("登录失败")
        verbose_name_plural = _("登录失败")

    def __str__(self) -> str:
        """Return the count; the key says nothing."""
        return str(self.failures)
