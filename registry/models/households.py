"""Households and their members; written by `changes.py` only.

They must not know any procedure, post or paper.
"""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from registry.codes import (
    Attribute,
    Cause,
    Education,
    HousingGrade,
    Labour,
    Sex,
    Standing,
    StudentStatus,
)
from registry.identity import mask, unseal
from registry.kinship import SPOUSES, Relation
from registry.nationalities import Nationality

if TYPE_CHECKING:
    from datetime import date


class Household(models.Model):
    """A household (户): those who live together and share income and expenses."""

    number = models.CharField(_("户编号"), max_length=20, unique=True)
    place = models.ForeignKey(
        "registry.Place",
        models.PROTECT,
        related_name="households",
        verbose_name=_("所在村"),
    )
    group = models.CharField(_("村民小组"), max_length=30, blank=True)
    status = models.CharField(
        _("建档状态"),
        max_length=12,
        choices=Standing,
        default=Standing.UNREGISTERED,
    )
    attribute = models.CharField(
        _("贫困户属性"), max_length=2, choices=Attribute, blank=True
    )
    main_cause = models.CharField(
        _("主要致贫原因"), max_length=12, choices=Cause, blank=True
    )
    other_causes = models.JSONField(_("其他致贫原因"), default=list, blank=True)
    housing_grade = models.CharField(
        _("住房等级"), max_length=1, choices=HousingGrade, blank=True
    )
    water_safe = models.BooleanField(_("饮水安全"), null=True, blank=True)
    farmland_mu = models.DecimalField(
        _("耕地面积（亩）"), max_digits=8, decimal_places=2, default=0
    )
    phone_cipher = models.CharField(_("联系电话（密文）"), max_length=120, blank=True)
    since = models.DateField(_("入册日期"))
    until = models.DateField(_("注销日期"), null=True, blank=True)
    registered_on = models.DateField(_("建档日期"), null=True, blank=True)
    exited_on = models.DateField(_("脱贫日期"), null=True, blank=True)
    # Kept by changes.py so that a list of households is one query on one table.
    size = models.PositiveSmallIntegerField(_("家庭人口"), default=0)
    head_name = models.CharField(_("户主姓名"), max_length=50, blank=True)
    # Put on a row by as_of.py: who belonged to the household on the day it was read for.
    members_then: list["Person"]

    class Meta:
        """What must never be false of a household."""

        verbose_name = _("户")
        verbose_name_plural = _("户")
        ordering: ClassVar = ["place_id", "number"]
        indexes: ClassVar = [
            models.Index(fields=["place", "status"], name="household_place_status"),
            models.Index(fields=["head_name"], name="household_head_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="household_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(exited_on=None) | Q(exited_on__gte=F("registered_on")),
                name="household_exits_after_register",
            ),
            # A village is the level whose last three digits are not 000.
            models.CheckConstraint(
                condition=~Q(Exact(Right(F("place_id"), 3), Value("000"))),
                name="household_in_a_village",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Standing.values), name="household_status_known"
            ),
            models.CheckConstraint(
                condition=Q(attribute__in=["", *Attribute.values]),
                name="household_attribute_known",
            ),
            models.CheckConstraint(
                condition=Q(main_cause__in=["", *Cause.values]),
                name="household_cause_known",
            ),
            models.CheckConstraint(
                condition=Q(housing_grade__in=["", *HousingGrade.values]),
                name="household_housing_known",
            ),
            models.CheckConstraint(
                condition=Q(farmland_mu__gte=0), name="household_farmland_positive"
            ),
        ]

    def __str__(self) -> str:
        """Return the head's name and the household number."""
        return f"{self.head_name}（{self.number}）"

    @property
    def head(self) -> "Person | None":
        """Return the present head; asks the prefetched members when there are any."""
        return next((p for p in self.members.all() if p.is_present_head), None)

    def members_on(self, day: "date") -> list["Person"]:
        """Return who belonged to the household on that day, head first."""
        return [p for p in self.members.all() if p.belonged_on(day)]


class Person(models.Model):
    """A member (人) of one household, from joining to leaving it."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="members", verbose_name=_("户")
    )
    name = models.CharField(_("姓名"), max_length=50)
    relation = models.CharField(_("与户主关系"), max_length=2, choices=Relation)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex)
    birth = models.DateField(_("出生日期"))
    # Empty for a newborn without a number; the number itself is in no column.
    id_cipher = models.CharField(_("证件号码（密文）"), max_length=120, blank=True)
    id_index = models.CharField(_("证件号码（索引）"), max_length=64, blank=True)
    nationality = models.CharField(
        _("民族"), max_length=2, choices=Nationality, blank=True
    )
    education = models.CharField(
        _("文化程度"), max_length=12, choices=Education, blank=True
    )
    student_status = models.CharField(
        _("在校生状况"), max_length=14, choices=StudentStatus, blank=True
    )
    health = models.JSONField(_("健康状况"), default=list, blank=True)
    labour = models.CharField(_("劳动技能"), max_length=10, choices=Labour, blank=True)
    joined_on = models.DateField(_("加入日期"))
    left_on = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        """What must never be false of a member."""

        verbose_name = _("人")
        verbose_name_plural = _("人")
        ordering: ClassVar = ["household_id", "relation", "birth", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["id_index"], name="person_id_index"),
            models.Index(fields=["name"], name="person_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="person_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(birth__lte=F("joined_on")),
                name="person_born_before_joining",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=Sex.values), name="person_sex_known"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="person_relation_known"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.HEAD, left_on=None),
                name="household_one_present_head",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation__in=sorted(SPOUSES), left_on=None),
                name="household_one_present_spouse",
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(left_on=None) & ~Q(id_index=""),
                name="person_present_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def is_present_head(self) -> bool:
        """Return whether this is the head of the household now."""
        return self.relation == Relation.HEAD and self.left_on is None

    @property
    def masked_id(self) -> str:
        """Return the ID number as it may be shown: region, then stars."""
        return mask(unseal(self.id_cipher)) if self.id_cipher else ""

    def belonged_on(self, day: "date") -> bool:
        """Return whether the person was a member on that day.

        The day of leaving is the first day without the person.
        """
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)
