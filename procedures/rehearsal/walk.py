"""Walks a list from desk to desk: facts filled in, then the real act, day by day.

For demo, stories, tests and benches. Decides nothing that an officer would not.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from notices.models import Photo
from permissions.models import Appointment
from permissions.posts import Post
from procedures.rehearsal.rehearse import rehearse
from procedures.rehearsal.scene import Deviations
from registry.models import Household, Place
from registry.refusals import Refusal
from workflows.actions import PASS, Done, Refused, Verdict, act, close_clock, open_batch
from workflows.actions.opening import NotOpened
from workflows.models import Batch, Case
from workflows.procedure import named

MORNING = time(9)
BETWEEN_ACTS = timedelta(minutes=7)
ACTS_A_DAY = 60


class Stuck(Exception):
    """A rehearsal met a "no" where its script has none.

    Attributes:
        said: every refusal in words.
    """

    def __init__(self, where: str, found: Sequence[Refusal]) -> None:
        self.said = [f"{one.code}：{one.text}" for one in found]
        super().__init__(f"{where}：{'；'.join(self.said)}")


@dataclass(kw_only=True)
class Walk:
    """Officers of one village and of those above it; the day moves as they act."""

    village: str
    day: date
    hats: dict[Post, Appointment] = field(default_factory=dict)
    photo: Photo | None = None
    usual: Deviations = field(default_factory=dict)
    acts: int = 0

    @property
    def now(self) -> datetime:
        """Return the moment of the day at which the next act happens."""
        morning = timezone.make_aware(datetime.combine(self.day, MORNING))
        return morning + (self.acts % ACTS_A_DAY) * BETWEEN_ACTS

    def key(self) -> str:
        """Return an idempotency key nobody used."""
        return uuid.uuid4().hex

    def try_open(
        self,
        slug: str,
        households: Sequence[Household],
        *,
        by: Appointment | None = None,
    ) -> Batch | NotOpened:
        """Open a batch as the post of the first step, or hear why not."""
        procedure = named(slug)
        self.acts += 1
        return open_batch(
            procedure=procedure,
            place=Place.objects.get(pk=self.village),
            households=households,
            by=by or self.hats[procedure.steps[0].post],
            key=self.key(),
            now=self.now,
        )

    def open(self, slug: str, households: Sequence[Household]) -> Batch:
        """Open a batch that nothing stands against.

        Raises: Stuck.
        """
        batch = self.try_open(slug, households)
        if isinstance(batch, NotOpened):
            found = [*batch.batch, *(r for rs in batch.households.values() for r in rs)]
            raise Stuck(slug, found)
        return batch

    def hat(self, batch: Batch) -> Appointment:
        """Return who sits at the batch's present desk."""
        return self.hats[named(batch.procedure).step(batch.step).post]

    def fill(
        self,
        batch: Batch,
        deviations: Deviations | None = None,
    ) -> list[Refusal]:
        """Record right facts at the present step, but for the deviations."""
        given = {**self.usual, **(deviations or {})}
        return rehearse(
            batch,
            by=self.hat(batch),
            now=self.now,
            deviations=given,
            photo=self.photo,
        )

    def act(
        self,
        batch: Batch,
        verdicts: Mapping[int, Verdict] | None = None,
        *,
        by: Appointment | None = None,
        key: str = "",
    ) -> Done | Refused:
        """Act at the present step; households without a verdict pass."""
        cases = Case.objects.filter(batch=batch, closed_on=None)
        given = dict.fromkeys(cases.values_list("pk", flat=True), PASS)
        self.acts += 1
        done = act(
            batch_id=batch.pk,
            step=batch.step,
            verdicts=given | dict(verdicts or {}),
            by=by or self.hat(batch),
            key=key or self.key(),
            version=batch.version,
            now=self.now,
        )
        batch.refresh_from_db()
        return done

    def step(self, batch: Batch, verdicts: Mapping[int, Verdict] | None = None) -> Done:
        """Fill in the present step rightly and act; waits out a running clock.

        Raises: Stuck.
        """
        self.wait(batch)
        found = self.fill(batch)
        done = self.act(batch, verdicts)
        if isinstance(done, Refused):
            found += [*done.batch, *(r for rs in done.cases.values() for r in rs)]
            raise Stuck(f"{batch} {batch.step}", found)
        return done

    def wait(self, batch: Batch) -> None:
        """Let the days of a notice pass."""
        batch.refresh_from_db()
        if batch.clock_until is not None:
            self.day = max(self.day, batch.clock_until + timedelta(days=1))
            close_clock(batch.pk, now=self.now)
            batch.refresh_from_db()

    def until(self, batch: Batch, step: str) -> Batch:
        """Take every step before ``step``; "" means to the end.

        Raises: Stuck, and when the road ends before the step.
        """
        while batch.step != step:
            if not batch.is_open:
                raise Stuck(f"{batch}: {step}", [])
            self.step(batch)
        return batch
