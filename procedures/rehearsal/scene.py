"""What every rehearsed fact needs: the list, the step, who records, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from notices.models import Photo
from permissions.models import Appointment
from registry.refusals import Refusal
from workflows.machine import Step
from workflows.models import Batch, Case

Deviations = Mapping[int | str, Mapping[str, Any]]
EVERYBODY = "list"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One rehearsal: a batch's open cases at one step.

    Attributes:
        deviations: per case id what is to be different; under ``"list"`` what
            is different for the meeting or the posting.
        refused: what the writers of facts would not take.
    """

    batch: Batch
    cases: Sequence[Case]
    step: Step
    by: Appointment
    now: datetime
    photo: Photo
    deviations: Deviations = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def recorded(self) -> dict[str, Any]:
        """Return the columns every recorded fact has."""
        return {"recorded_by": self.by, "recorded_at": self.now}

    def of(self, case: Case, key: str, default: Any) -> Any:
        """Return what a household has, unless it deviates."""
        return self.deviations.get(case.pk, {}).get(key, default)

    def of_list(self, key: str, default: Any) -> Any:
        """Return what the list has, unless it deviates."""
        return self.deviations.get(EVERYBODY, {}).get(key, default)

    def picture(self, *, wanted: bool) -> Photo | None:
        return self.photo if wanted else None
