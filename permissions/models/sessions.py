"""Where officers are logged in; Django's own session row with the officer beside it.

So that an officer sees his own log-ins and ends them, and old ones end by themselves.
"""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficerSession(AbstractBaseSession):
    """One browser's session; nobody's until somebody logs in."""

    officer_id = models.BigIntegerField(_("账号"), null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "登录"
        verbose_name_plural = "登录"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the store that writes these rows."""
        from permissions.sessions import SessionStore  # noqa: PLC0415 - it imports us

        return SessionStore
