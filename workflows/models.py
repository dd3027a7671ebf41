"""Batches, cases, the ledger and what the engine remembers.

Four states, four questions: ``Case.state`` is what a case is in law, ``Batch``
the list it travels in, ``BatchTask`` on whose desk it lies, ``Entry`` what
happened. Knows no procedure by name.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import AbstractProcess, AbstractTask

from permissions.models import Appointment
from registry.models import Household, Place
from workflows import machine
from workflows.rulebook import Rulebook, bound


class RulebookVersion(models.Model):
    """The text of a rulebook some batch was bound to, kept for ever."""

    digest = models.CharField(max_length=64, primary_key=True)
    slug = models.CharField(max_length=80)
    procedure = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    text = models.TextField()

    def __str__(self) -> str:
        return self.title


class Batch(AbstractProcess):
    """A list of households moving together: one procedure, one place, one round.

    It only moves forward and only shrinks; it is also the viewflow process.
    """

    procedure = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="follow_ups"
    )
    entry_step = models.CharField(max_length=60)
    step = models.CharField(max_length=60, blank=True)
    due = models.DateField(null=True)
    clock_until = models.DateField(null=True)
    rulebook = models.ForeignKey(RulebookVersion, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    step_since = models.DateField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)
    training = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("批次")
        # viewflow adds "manage" to every process class; saying so here keeps
        # the migration state the same whether or not a flow was imported.
        default_permissions = ("add", "change", "delete", "view", "manage")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="batch_dates_ordered",
            ),
            models.UniqueConstraint(
                fields=["procedure", "place", "year", "round"], name="batch_round_once"
            ),
        )
        indexes = (
            models.Index(fields=["step", "place"], name="batch_step_place"),
            models.Index(fields=["place", "-opened_on"], name="batch_place_opened"),
            models.Index(
                fields=["clock_until"],
                name="batch_clock",
                condition=Q(clock_until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        """Return the reference under which papers and photos of this list go."""
        return f"batch/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def bound_rulebook(self) -> Rulebook:
        """Return the rulebook this batch is judged by to its end."""
        return bound(self.rulebook.text)


class BatchTask(AbstractTask):
    """On whose desk a batch lies, in viewflow's terms."""

    process = models.ForeignKey(Batch, models.PROTECT, related_name="tasks")
    data = models.JSONField(default=dict, blank=True)

    # viewflow sets these two on every task; batches use neither.
    seed: Any = None
    artifact: Any = None

    class Meta:
        verbose_name = _("任务")


class Case(machine.FSMModelMixin, models.Model):
    """One household, or the place itself, in one procedure.

    Only ``workflows.actions`` writes ``state``.
    """

    procedure = models.CharField(max_length=60)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="cases"
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="cases")
    state = machine.FSMField(default=machine.OPENED, protected=True, max_length=40)
    held = models.BooleanField(default=False)
    held_reason = models.CharField(max_length=300, blank=True)
    returned_from = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("件")
        constraints = (
            models.UniqueConstraint(
                fields=["household", "procedure"],
                condition=Q(closed_on=None, household__isnull=False),
                name="case_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="case_dates_ordered",
            ),
        )
        indexes = (
            models.Index(fields=["batch", "state"], name="case_batch_state"),
            models.Index(fields=["state", "place"], name="case_state_place"),
        )

    def __str__(self) -> str:
        return f"{self.procedure}/{self.pk}"

    @property
    def about(self) -> str:
        """Return the reference under which this household's papers go."""
        return f"case/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @machine.transition(field="state", source="+", target=machine.REFUSED)
    def refuse(self) -> None:
        """End the case by a decision with reasons."""

    @machine.transition(field="state", source="+", target=machine.WITHDRAWN)
    def withdraw(self) -> None:
        """End the case at the household's own wish."""

    @machine.transition(field="state", source="*", target=machine.RETURN_VALUE())
    def send_back(self, source: str) -> str:
        """Put the case before an earlier step again; returns that state."""
        return source


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


class TrainingClock(models.Model):
    """How far training and demo time is from the wall clock; one row at most."""

    offset = models.DurationField()

    def __str__(self) -> str:
        return str(self.offset)


class Holiday(models.Model):
    """A day the administrator declares for a year the calendar does not know."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {'工作日' if self.working else '休息日'}"
