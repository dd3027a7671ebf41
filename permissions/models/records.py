"""What was done to accounts, for the audit administrator to read.

Rows are only ever added; `permissions.officers` writes them.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountAct(models.TextChoices):
    """What an administrator did to an account."""

    CREATED = "created", _("开户")
    PASSWORD_RESET = "password_reset", _("重置密码")
    CLOSED = "closed", _("停用")
    REOPENED = "reopened", _("恢复")
    FACTOR_ON = "factor_on", _("启用动态口令")
    FACTOR_OFF = "factor_off", _("停用动态口令")


class RecordsStayError(Exception):
    """Raised when somebody deletes a record of an account."""


class AccountRecord(models.Model):
    """One act of an administrator on one account."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="account_records",
        verbose_name=_("账号"),
    )
    act = models.CharField(_("操作"), max_length=16, choices=AccountAct)
    by = models.ForeignKey(
        "permissions.Appointment",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("账号记录")
        verbose_name_plural = _("账号记录")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        """Return the act; names are for the page to fetch."""
        return self.get_act_display()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise RecordsStayError(self.pk)
