"""What was changed and who looked: rows that are only ever added.

They must not know what the change was for.
"""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What was done."""

    ENTERED = "entered", _("入册")
    HOUSEHOLD_CORRECTED = "household_corrected", _("更正户信息")
    MEMBER_ADDED = "member_added", _("增加成员")
    MEMBER_REMOVED = "member_removed", _("减少成员")
    MEMBER_CORRECTED = "member_corrected", _("更正成员信息")
    STANDING_SET = "standing_set", _("建档状态变更")
    CLOSED = "closed", _("整户注销")
    SPLIT = "split", _("分户")
    MERGED = "merged", _("并户")
    MOVED = "moved", _("迁居")
    YEAR_ENTERED = "year_entered", _("登记年度信息")
    YEAR_CORRECTED = "year_corrected", _("更正年度信息")


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a record."""


class AppendOnlySet(models.QuerySet):
    """A queryset that adds and reads, and refuses everything else."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(self.model)


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it a second time."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(type(self))


class Change(AppendOnly):
    """One change of a household, with what stood before and after it.

    `before` and `after` hold columns by name; neither ID number nor phone is among
    them, not even in cipher (only the word that it changed).
    """

    household = models.ForeignKey(
        "registry.Household",
        models.PROTECT,
        related_name="changes",
        verbose_name=_("户"),
    )
    person = models.ForeignKey(
        "registry.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("人"),
    )
    on = models.DateField(_("发生日期"))
    kind = models.CharField(_("变更类型"), max_length=20, choices=ChangeKind)
    before = models.JSONField(_("变更前"), default=dict)
    after = models.JSONField(_("变更后"), default=dict)
    reason = models.CharField(_("变更原因"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    # The database's own clock: evidence of writing, never used to judge a deadline.
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())

    class Meta:
        """Newest last, as a ledger reads."""

        verbose_name = _("变更记录")
        verbose_name_plural = _("变更记录")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["on", "household"], name="change_on_household"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values),
                name="change_kind_known",
            ),
        ]

    def __str__(self) -> str:
        """Return kind and day."""
        return f"{self.get_kind_display()} {self.on}"


class Opening(AppendOnly):
    """Somebody looked at what is usually hidden, and said why."""

    person = models.ForeignKey(
        "registry.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="openings",
        verbose_name=_("人"),
    )
    household = models.ForeignKey(
        "registry.Household",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="openings",
        verbose_name=_("户"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("查看人"),
    )
    what = models.CharField(_("查看内容"), max_length=30)
    reason = models.CharField(_("查看事由"), max_length=200)
    at = models.DateTimeField(_("查看时间"))

    class Meta:
        """Somebody or some household was looked at, and a reason was given."""

        verbose_name = _("查看记录")
        verbose_name_plural = _("查看记录")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(household__isnull=False),
                name="opening_of_something",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="opening_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        """Return what was seen and when."""
        return f"{self.what} {self.at}"
