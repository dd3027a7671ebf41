"""A dated change of a family (自然增减) as it is reported, and the persons it is about.

Knows what may happen to a family; not which paper proves it, nor who decides.
"""

from enum import Enum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import CASE, Recorded, photo
from registry.codes import Sex
from registry.kinship import Relation
from registry.nationalities import Nationality


class Shape(Enum):
    """What a change does to a household."""

    JOINS = "joins"
    LEAVES = "leaves"
    PARTS = "parts"
    UNITES = "unites"
    MOVES = "moves"
    ENDS = "ends"


class FamilyEvent(models.TextChoices):
    """What happened; sources P19 (birth, death, marriage, split, end), law §1.7."""

    BIRTH = "birth", _("出生")
    MARRIAGE_IN = "marriage_in", _("婚入")
    ADOPTION = "adoption", _("收养")
    MOVE_IN = "move_in", _("迁入")
    RETURN = "return", _("服刑或服役期满返回")
    DEATH = "death", _("死亡")
    MARRIAGE_OUT = "marriage_out", _("婚出")
    MOVE_OUT = "move_out", _("迁出")
    AWAY = "away", _("服刑、服役或失踪")
    SPLIT = "split", _("分户")
    MERGE = "merge", _("并户")
    MOVE = "move", _("整户迁移（县内）")
    LEFT_COUNTY = "left_county", _("整户迁出县外")
    END = "end", _("自然销户")

    @property
    def shape(self) -> Shape:
        """Return what it does to the household."""
        return _SHAPES[self]


_SHAPES = {
    FamilyEvent.BIRTH: Shape.JOINS,
    FamilyEvent.MARRIAGE_IN: Shape.JOINS,
    FamilyEvent.ADOPTION: Shape.JOINS,
    FamilyEvent.MOVE_IN: Shape.JOINS,
    FamilyEvent.RETURN: Shape.JOINS,
    FamilyEvent.DEATH: Shape.LEAVES,
    FamilyEvent.MARRIAGE_OUT: Shape.LEAVES,
    FamilyEvent.MOVE_OUT: Shape.LEAVES,
    FamilyEvent.AWAY: Shape.LEAVES,
    FamilyEvent.SPLIT: Shape.PARTS,
    FamilyEvent.MERGE: Shape.UNITES,
    FamilyEvent.MOVE: Shape.MOVES,
    FamilyEvent.LEFT_COUNTY: Shape.ENDS,
    FamilyEvent.END: Shape.ENDS,
}


class FamilyChange(Recorded):
    """One change of one household: what, when, who says so, on which evidence.

    A merger stands with the household that ends; `other` is the one it joins.
    """

    case = models.OneToOneField(CASE, models.PROTECT, related_name="family_change")
    event = models.CharField(_("变动种类"), max_length=12, choices=FamilyEvent)
    happened_on = models.DateField(_("发生日期"))
    reporter = models.CharField(_("申报人"), max_length=50)
    reporter_is = models.CharField(_("申报人身份"), max_length=30)
    evidence = models.CharField(_("证明材料"), max_length=40)
    evidence_number = models.CharField(_("证明编号"), max_length=60, blank=True)
    photo = photo(_("证明材料照片"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    other = models.ForeignKey(
        "registry.Household",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("并入哪一户"),
    )
    village = models.ForeignKey(
        "registry.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("迁入村"),
    )
    group = models.CharField(_("新的村民小组"), max_length=30, blank=True)
    # Written at the county's entry, when a household was split off.
    made = models.ForeignKey(
        "registry.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("家庭变动")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(event__in=FamilyEvent.values), name="family_event_known"
            ),
            models.CheckConstraint(
                condition=Q(event=FamilyEvent.MERGE, other__isnull=False)
                | (~Q(event=FamilyEvent.MERGE) & Q(other=None)),
                name="family_merge_has_other",
            ),
            models.CheckConstraint(
                condition=Q(event=FamilyEvent.MOVE, village__isnull=False)
                | (~Q(event=FamilyEvent.MOVE) & Q(village=None)),
                name="family_move_has_village",
            ),
            models.CheckConstraint(
                condition=Q(made=None) | Q(event=FamilyEvent.SPLIT),
                name="family_made_by_split",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.happened_on}"

    @property
    def shape(self) -> Shape:
        """Return what it does to the household."""
        return FamilyEvent(self.event).shape


class Part(models.TextChoices):
    """What a person does in a change."""

    JOINS = "joins", _("增加")
    LEAVES = "leaves", _("减少")
    PARTS = "parts", _("转出")
    STAYS = "stays", _("留下")


class ChangedPerson(models.Model):
    """One person a change is about.

    Somebody who joins is described here until the county enters him; everybody else
    is a member, and `relation` is the one he has afterwards ("" as before).
    """

    change = models.ForeignKey(FamilyChange, models.CASCADE, related_name="persons")
    part = models.CharField(_("变动"), max_length=6, choices=Part)
    person = models.ForeignKey(
        "registry.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    relation = models.CharField(
        _("与户主关系"), max_length=2, choices=Relation, blank=True
    )
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, blank=True)
    birth = models.DateField(_("出生日期"), null=True, blank=True)
    id_cipher = models.CharField(_("证件号码（密文）"), max_length=120, blank=True)
    id_index = models.CharField(_("证件号码（索引）"), max_length=64, blank=True)
    nationality = models.CharField(
        _("民族"), max_length=2, choices=Nationality, blank=True
    )

    class Meta:
        verbose_name = _("变动成员")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["id_index"], name="changed_person_id"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="changed_part_known"
            ),
            models.CheckConstraint(
                condition=Q(part=Part.JOINS, person=None, birth__isnull=False)
                & ~Q(name="")
                & ~Q(relation="")
                & ~Q(sex="")
                | ~Q(part=Part.JOINS) & Q(person__isnull=False, name="", id_cipher=""),
                name="changed_newcomer_described",
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.PARTS) | ~Q(relation=""),
                name="changed_parting_related",
            ),
            models.UniqueConstraint(
                fields=["change", "person"], name="changed_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.person or self.name}"
