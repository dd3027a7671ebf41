"""The officer: one person, one account, never deleted.

It must not know which posts he holds.
"""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficersStayError(Exception):
    """Raised when somebody deletes an officer; the ledger names him for ever."""


class Density(models.TextChoices):
    """How large the pages are set."""

    COMPACT = "compact", _("紧凑")
    NORMAL = "normal", _("标准")
    ELDER = "elder", _("长辈")


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Officers; a set of them cannot be deleted either."""

    def delete(self) -> NoReturn:
        """Refuse: an account is switched off instead."""
        raise OfficersStayError


class OfficerManager(UserManager.from_queryset(OfficerQuerySet)):  # type: ignore[misc]
    """Creates officers, never a superuser."""

    # The manager is no part of the schema.
    use_in_migrations = False

    def create_superuser(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nobody stands above the posts; use `manage.py first_admin`."""
        raise NotImplementedError("manage.py first_admin")


# viewflow's reverse relations have managers without types.
class Officer(AbstractUser):  # type: ignore[django-manager-missing]
    """A person who logs in; what he may do comes from his appointments alone."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("姓名"), max_length=50)
    id_index = models.CharField(
        _("身份证号索引"), max_length=64, blank=True, db_index=True
    )
    density = models.CharField(
        _("字号"), max_length=8, choices=Density, default=Density.NORMAL
    )
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    must_change_password = models.BooleanField(_("须先改密码"), default=False)

    objects: ClassVar[OfficerManager] = OfficerManager()

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")
        constraints = (
            # A superuser would pass every object permission unasked.
            models.CheckConstraint(
                condition=models.Q(is_superuser=False, is_staff=False),
                name="officer_is_no_superuser",
            ),
        )

    def __str__(self) -> str:
        """Return the name by which papers call him."""
        return self.full_name or self.username

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an account is switched off instead."""
        raise OfficersStayError(self.pk)

    def get_full_name(self) -> str:
        """Return the name in one piece, as Chinese names are kept."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the same name; there is no shorter one."""
        return self.full_name
