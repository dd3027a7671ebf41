"""Lists and the cases travelling in them; knows no procedure by name."""

from __future__ import annotations

from typing import Any

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
