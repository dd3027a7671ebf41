"""Signatures: the village's on its list, the household's on its own paper.

Knows who signed; not which signatures are needed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.record import BATCH, CASE, Recorded, photo


class Confirmation(Recorded):
    """The village's three signatures under its list of exits (两委和工作队核实)."""

    batch = models.ForeignKey(BATCH, models.PROTECT, related_name="confirmations")
    step = models.CharField(max_length=60)
    secretary = models.CharField(_("村党组织书记"), max_length=50, blank=True)
    village_head = models.CharField(_("村民委员会主任"), max_length=50, blank=True)
    team_leader = models.CharField(_("驻村工作队队长"), max_length=50, blank=True)
    confirmed_on = models.DateField(_("签字日期"))
    photo = photo(_("签字名单照片"))

    class Meta:
        verbose_name = _("村级核实")
        indexes: ClassVar = [
            models.Index(fields=["batch", "step"], name="confirmation_batch")
        ]

    def __str__(self) -> str:
        return f"{self.secretary} {self.village_head} {self.team_leader}"


class SignOffKind(models.TextChoices):
    """What the household signs."""

    CONSENT = "consent", _("脱贫确认书")
    RECEIPT = "receipt", _("退出告知书回执")
    REGISTRATION = "registration", _("贫困户登记表和扶贫手册")
    NOTIFICATION = "notification", _("清退通知书回执")
    FAMILY_CHANGE = "family_change", _("家庭成员变更登记表")


class Signer(models.TextChoices):
    """Who signs for the household."""

    HEAD = "head", _("户主")
    PROXY = "proxy", _("代签人")


class SignOff(Recorded):
    """What a household signed, or why it refused."""

    case = models.ForeignKey(CASE, models.PROTECT, related_name="sign_offs")
    kind = models.CharField(_("签字事项"), max_length=14, choices=SignOffKind)
    signed_on = models.DateField(_("签字日期"))
    by = models.CharField(
        _("签字人"), max_length=6, choices=Signer, default=Signer.HEAD
    )
    proxy_name = models.CharField(_("代签人姓名"), max_length=50, blank=True)
    proxy_relation = models.CharField(_("代签人与户主关系"), max_length=30, blank=True)
    witness_name = models.CharField(_("见证人"), max_length=50, blank=True)
    thumb = models.BooleanField(_("按手印"), default=False)
    photo = photo(_("签字照片"))
    refused = models.BooleanField(_("拒绝签字"), default=False)
    refusal_reason = models.CharField(_("拒签理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("签字确认")
        indexes: ClassVar = [models.Index(fields=["case", "kind"], name="signoff_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(refused=False) | ~Q(refusal_reason=""),
                name="signoff_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(by=Signer.HEAD) | ~Q(proxy_name=""),
                name="signoff_proxy_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.signed_on}"
