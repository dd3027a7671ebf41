"""The occasion on which papers are written: a list, its households, an officer, a day.

Gives every writer the same head, issuer and references; knows no kind of paper by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from notices import kinds, papers
from notices.papers import Draft
from permissions.models import Appointment
from procedures.models import Meeting
from procedures.record import Record
from registry.models import Household
from registry.places import PREFIX, Level, ancestor, level_of
from workflows.machine import Step
from workflows.models import Batch, Case
from workflows.procedure import Procedure, named
from workflows.rulebook import Rulebook

Context = dict[str, Any]

# A group's name may be longer than what is left of a paper's reference.
ABOUT_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What all papers written at one moment share.

    Attributes:
        cases: those the papers are for; the record may hold more.
    """

    record: Record
    cases: Sequence[Case]
    by: Appointment
    now: datetime

    @property
    def batch(self) -> Batch:
        return self.record.batch

    @property
    def step(self) -> Step:
        return self.record.step

    @cached_property
    def procedure(self) -> Procedure:
        return named(self.batch.procedure)

    @cached_property
    def rulebook(self) -> Rulebook:
        """Return the rulebook the list is judged by to its end."""
        return self.batch.bound_rulebook

    @cached_property
    def officer(self) -> str:
        """Return the officer's name; an acting one is named with whom he stands for."""
        return self.by.signature

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @staticmethod
    def day(at: datetime) -> date:
        """Return the day of a moment, in China."""
        return timezone.localdate(at)

    @property
    def title(self) -> str:
        """Return how the list is called in a title: 2018年第1批."""
        return f"{self.batch.year}年第{self.batch.round}批"

    def household(self, case: Case) -> Household:
        """Return a case's household; raises KeyError for a case about a place."""
        return self.record.households[case.pk]

    def level(self, kind: str) -> Level:
        """Return the level that issues a kind here.

        Where the kind leaves it open, whoever decides issues it; a list of a
        township has no village above it.
        """
        wanted = kinds.named(kind).level or self.step.post.level or Level.COUNTY
        own = level_of(self.batch.place_id)
        return own if PREFIX[own] < PREFIX[wanted] else wanted

    def body(self, kind: str, level: Level) -> str:
        """Return the office that speaks on papers of a kind at a level.

        Who decides in the county is the rulebook's: government or leading group.
        """
        place = self.record.names.get(level, "")
        if kind == "approval_list":
            return f"{place}{self.rulebook.value('approver')}"
        return kinds.issuer_name(kind, place, level)

    def government(self, level: Level) -> str:
        """Return the government of a level, as papers address it."""
        return self.body("not_eligible", level)

    def base(self, kind: str) -> Context:
        """Return what every paper says about itself."""
        head = papers.header(kind, self.record.names, on=self.today)
        issuer = self.body(kind, self.level(kind))
        return head | {"issuer_name": issuer, "year": self.batch.year}

    def head(self, kind: str, case: Case) -> Context:
        """Return the head of a paper about one household."""
        return self.base(kind) | row(self.household(case))

    def named_list(self, kind: str) -> Context:
        """Return the head of a paper about the list."""
        titles = {"procedure_title": self.procedure.title, "batch_title": self.title}
        return self.base(kind) | titles

    def for_list(self, kind: str, context: Mapping[str, Any]) -> Draft:
        """Return the draft of a paper about the list."""
        return self.draft(kind, context, about=self.batch.about)

    def for_meeting(
        self, meeting: Meeting | None, kind: str, context: Mapping[str, Any]
    ) -> Draft:
        """Return the draft of a meeting's paper.

        A list has several meetings, one a step and one a group; the papers of one
        never replace those of another.
        """
        about = f"{self.batch.about}/{self.step.name}"
        if meeting is not None and meeting.group:
            about = f"{about}/{meeting.group}"
        return self.draft(kind, context, about=about[:ABOUT_LENGTH])

    def for_household(self, kind: str, context: Mapping[str, Any], case: Case) -> Draft:
        """Return the draft of a paper about one household."""
        return self.draft(kind, context, about=case.about, of=case.household_id)

    def draft(
        self,
        kind: str,
        context: Mapping[str, Any],
        *,
        about: str,
        of: int | None = None,
    ) -> Draft:
        """Return the draft of a paper about something named by its reference."""
        return Draft(
            kind=kind,
            issuer_code=ancestor(self.batch.place_id, self.level(kind)),
            place_code=self.batch.place_id,
            household_id=of,
            about=about,
            context=dict(context),
            issuer=self.record.names.get(self.level(kind), ""),
        )


def row(household: Household) -> Context:
    """Return what a list may say of a household: group, head, size."""
    return {
        "group": household.group,
        "head": household.head_name,
        "size": household.size,
    }
