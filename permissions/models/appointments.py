"""Appointments and their effect, and the register of officials' relatives.

It must not know cases; `permissions.appointments` is the only writer.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from permissions.posts import Post


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, cut by date."""

    def valid(self, on: date) -> "AppointmentQuerySet":
        """Return those in force on a day, of officers who may log in."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gt=on),
            since__lte=on,
            officer__is_active=True,
        )

    def overlapping(self, since: date, until: date | None) -> "AppointmentQuerySet":
        """Return those in force on at least one day of [since, until)."""
        found = self.filter(Q(until__isnull=True) | Q(until__gt=since)).exclude(
            until=F("since")
        )
        return found if until is None else found.filter(since__lt=until)


class Appointment(models.Model):
    """An officer holds a post at a place from one day until another.

    Units: `until` is the first day on which he no longer holds it, so that a
    removal dated today works at his next click.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="appointments",
        verbose_name=_("任职人"),
    )
    post = models.CharField(_("岗位"), max_length=24, choices=Post)
    place = models.ForeignKey(
        "registry.Place",
        models.PROTECT,
        related_name="appointments",
        verbose_name=_("地区"),
    )
    since = models.DateField(_("起任日期"))
    until = models.DateField(_("止任日期"), null=True, blank=True)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("代理谁"),
    )
    document = models.CharField(_("任职文件"), max_length=100)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )
    made_at = models.DateTimeField(_("登记时间"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("终止登记人"),
    )
    ended_at = models.DateTimeField(_("终止登记时间"), null=True)
    end_reason = models.CharField(_("终止原因"), max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ("-since", "pk")
        indexes = (
            models.Index(fields=["officer", "since"], name="appointment_officer"),
            models.Index(fields=["place", "post"], name="appointment_place_post"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | Q(until__isnull=False),
                name="appointment_acting_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | ~Q(acting_for=F("officer")),
                name="appointment_acting_for_another",
            ),
            models.CheckConstraint(
                condition=Q(post__in=Post.values), name="appointment_post_known"
            ),
            # Overlaps in general are refused by a trigger, see `triggers`.
            models.UniqueConstraint(
                fields=["officer", "post", "place"],
                condition=Q(until__isnull=True),
                name="appointment_one_open",
            ),
        )

    def __str__(self) -> str:
        """Return "place post", with （代理） when acting."""
        return self.title

    @property
    def held(self) -> Post:
        """Return the post as a member of its enum."""
        return Post(self.post)

    @property
    def title(self) -> str:
        """Return how the hat is called: place, post, acting or not."""
        acting = _("（代理）") if self.acting_for_id else ""
        return f"{self.place.name} {self.held.label}{acting}"

    @property
    def recorded_title(self) -> str:
        """Return the title for records: Chinese, whatever language he reads."""
        with translation.override(settings.LANGUAGE_CODE):
            return self.title

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it is in force."""
        return None if self.until is None else self.until - timedelta(days=1)

    @property
    def signature(self) -> str:
        """Return the name for papers and ledger; an acting official gives both."""
        if self.acting_for is None:
            return self.officer.full_name
        return f"{self.officer.full_name}（代{self.acting_for.full_name}）"

    def valid(self, on: date) -> bool:
        """Return whether it is in force on a day; the account is not asked."""
        return self.since <= on and (self.until is None or on < self.until)


class Relation(models.TextChoices):
    """Who is a relative (law-2 §7: the wider list of the register)."""

    SPOUSE = "spouse", _("配偶")
    PARENT = "parent", _("父母")
    SPOUSE_PARENT = "spouse_parent", _("配偶的父母")
    SIBLING = "sibling", _("兄弟姐妹")
    SPOUSE_SIBLING = "spouse_sibling", _("配偶的兄弟姐妹")
    UNCLE_AUNT = "uncle_aunt", _("伯叔姑舅姨")
    CHILD = "child", _("子女及其配偶")
    GRANDPARENT = "grandparent", _("祖父母、外祖父母")
    GRANDCHILD = "grandchild", _("孙子女、外孙子女")
    ADOPTIVE_STEP = "adoptive_step", _("养亲、继亲")


class Kinship(models.Model):
    """An officer declared that a household is his relative's."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="kinships",
        verbose_name=_("申报人"),
    )
    household = models.ForeignKey(
        "registry.Household",
        models.PROTECT,
        related_name="+",
        verbose_name=_("户"),
    )
    relation = models.CharField(_("亲属关系"), max_length=16, choices=Relation)
    declared_on = models.DateField(_("申报日期"))

    class Meta:
        verbose_name = _("近亲属备案")
        verbose_name_plural = _("近亲属备案")
        constraints = (
            models.UniqueConstraint(
                fields=["officer", "household"], name="kinship_once"
            ),
        )

    def __str__(self) -> str:
        """Return the relation alone; names are for the page to fetch."""
        return self.get_relation_display()


class PlaceGrant(UserObjectPermissionBase):
    """The effect of an appointment: guardian's permission on a place.

    A direct foreign key instead of guardian's generic row: no orphans, no casts.
    """

    content_object = models.ForeignKey(
        "registry.Place",
        models.CASCADE,
        related_name="grants",
        verbose_name=_("地区"),
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("地区权限")
        verbose_name_plural = _("地区权限")
