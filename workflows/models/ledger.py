"""What happened: the ledger, and the receipts of submits; append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from permissions.models import Appointment
from workflows.models.batches import Batch, Case


class Entry(models.Model):
    """One line of the ledger: append-only, chained by hash within its batch."""

    class Act(models.TextChoices):
        OPEN = "open", _("开批")
        PASS = "pass", _("同意")
        RETURN = "return", _("退回")
        REFUSE = "refuse", _("不同意")
        SKIP = "skip", _("规程不要求，系统通过")
        CLOCK = "clock", _("期满")
        SET_ASIDE = "set_aside", _("暂缓，转补充批次")
        RECALL = "recall", _("撤回")
        WITHDRAW = "withdraw", _("户主撤回申请")
        HOLD = "hold", _("暂缓")
        RELEASE = "release", _("恢复")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="entries")
    act = models.CharField(max_length=12, choices=Act)
    step = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("办理记录")
        ordering = ("batch_id", "seq")
        constraints = (
            models.UniqueConstraint(fields=["batch", "seq"], name="entry_seq_once"),
        )
        indexes = (
            models.Index(fields=["case", "step"], name="entry_case_step"),
            models.Index(fields=["actor", "-at"], name="entry_actor_at"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.seq} {self.act} {self.step}"


class Receipt(models.Model):
    """What a submit did, so that the same submit again does nothing."""

    key = models.CharField(max_length=64, unique=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    result = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
