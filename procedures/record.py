"""What the record says about a list, read once: one statement per kind of fact.

Knows where facts are kept; not what a gate or a paper makes of them. A property is
read when it is first asked for, for all households of the list at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import prefetch_related_objects

from notices.models import Objection, Paper, PaperState
from permissions.recusal import Bond, bonds
from procedures.filed import Filed, SiteCheckRow
from procedures.models import (
    Application,
    Checklist,
    Comparison,
    Confirmation,
    Investigation,
    Meeting,
    Sample,
    Visit,
    Vote,
    Worksheet,
)
from registry.codes import ON_THE_BOOKS
from registry.models import Household, Person
from registry.places import Level
from registry.queries import names_along
from workflows.machine import Step
from workflows.models import Batch, Case, Entry, RosterEntry
from workflows.road import Road, Stop

Row = TypeVar("Row", bound=Any)
# A fact of a case at a step; the one written last counts.
ByStep = dict[int, dict[str, Row]]

PASSED = Entry.Act.PASS
DECIDED = (PASSED, Entry.Act.RETURN, Entry.Act.REFUSE, Entry.Act.SET_ASIDE)


class Record:
    """The record of a list at a step, as it stood at one moment.

    Attributes:
        cases: all that are judged together, in the order of the list.
    """

    def __init__(self, batch: Batch, cases: Sequence[Case], step: Step) -> None:
        self.batch, self.cases, self.step = batch, list(cases), step

    def then(self, entries: Iterable[Entry]) -> Record:
        """Return the record as an act leaves it that has just written these lines.

        The act holds the batch's lock, so the facts are still those that were judged.
        """
        later = Record(self.batch, self.cases, self.step)
        later.filed, later.bonds = self.filed, self.bonds
        read = vars(self).get("road")
        # A road nobody asked for before is read now, with the new lines in it.
        later.road = read.then(entries) if read else self.road
        return later

    @cached_property
    def road(self) -> Road:
        """Return what the ledger says of these cases."""
        return Road.of(self.cases)

    @cached_property
    def bonds(self) -> list[Bond]:
        """Return which officers declared these households their relatives'."""
        return bonds(case.household_id for case in self.cases if case.household_id)

    @cached_property
    def filed(self) -> Filed:
        """Return the rows of facts that gates and papers share."""
        return Filed(self.batch, self.cases, self.step)

    @cached_property
    def names(self) -> Mapping[Level, str]:
        """Return the names of the places from the prefecture down to the list's own."""
        return names_along(self.batch.place_id)

    @cached_property
    def entries(self) -> list[Stop]:
        """Return the decisions of this step, and the road one household has come.

        The households of a list have travelled together, in this list and in the
        one it came from: the first one's road is everybody's. Oldest first.
        """
        here = (self.batch.pk, self.step.name)
        first = self.cases[0].pk if self.cases else None
        return [
            stop
            for stop in self.road.stops
            if stop.act in DECIDED
            and (stop.case_id == first or (stop.batch_id, stop.step) == here)
        ]

    @cached_property
    def decided(self) -> Mapping[int, Stop]:
        """Return what was decided per household at this step, if it was."""
        here = (self.batch.pk, self.step.name)
        return {
            stop.case_id: stop
            for stop in self.entries
            if (stop.batch_id, stop.step) == here
        }

    def passed_at(self, step: str) -> datetime | None:
        """Return when these households last passed a step."""
        found = [e.at for e in self.entries if (e.act, e.step) == (PASSED, step)]
        return max(found, default=None)

    def arrived_at(self) -> datetime | None:
        """Return when this list came from the step before."""
        here = (self.batch.pk, PASSED)
        before = (e for e in self.entries if e.step != self.step.name)
        found = [e.at for e in before if (e.batch_id, e.act) == here]
        return max(found, default=None)

    @property
    def ids(self) -> list[int]:
        return self.filed.case_ids

    @cached_property
    def households(self) -> Mapping[int, Household]:
        """Return the households by case; loads those the caller did not bring."""
        prefetch_related_objects(self.cases, "household")
        return {case.pk: case.household for case in self.cases if case.household}

    @cached_property
    def _members(self) -> Mapping[int, list[Person]]:
        wanted = {household.pk for household in self.households.values()}
        found: dict[int, list[Person]] = defaultdict(list)
        for person in Person.objects.filter(household__in=wanted):
            found[person.household_id].append(person)
        return found

    def members(self, case: Case, on: date) -> list[Person]:
        """Return who belonged to the household on that day, head first."""
        of_case = self._members.get(case.household_id or 0, [])
        return [person for person in of_case if person.belonged_on(on)]

    @cached_property
    def applications(self) -> Mapping[int, Application]:
        """Return the applications by case."""
        return {row.case_id: row for row in self.filed.applications}

    @cached_property
    def visits(self) -> ByStep[Visit]:
        """Return the visits with their visitors."""
        rows = Visit.objects.filter(case__in=self.ids).prefetch_related("visitors")
        return by_step(rows.order_by("pk"))

    @cached_property
    def worksheets(self) -> ByStep[Worksheet]:
        """Return the worksheets with their lines."""
        return by_step(self.filed.worksheets)

    @cached_property
    def checklists(self) -> ByStep[Checklist]:
        """Return the checklists."""
        return by_step(self.filed.checklists)

    @cached_property
    def site_checks(self) -> ByStep[SiteCheckRow]:
        """Return the checks on site."""
        return by_step(self.filed.site_checks)

    @cached_property
    def comparisons(self) -> Mapping[int, Comparison]:
        """Return the comparisons with hits and the persons they are about."""
        rows = Comparison.objects.filter(case__in=self.ids)
        rows = rows.prefetch_related("hits__person")
        return {comparison.case_id: comparison for comparison in rows}

    @cached_property
    def investigations(self) -> Mapping[int, Investigation]:
        """Return the last finding on each household."""
        rows = Investigation.objects.filter(case__in=self.ids)
        return {found.case_id: found for found in rows.order_by("pk")}

    @cached_property
    def campaigns(self) -> Mapping[int, str]:
        """Return by household the campaign whose meeting put it on a roster last."""
        homes = [home.pk for home in self.households.values()]
        rows = RosterEntry.objects.filter(household__in=homes)
        rows = rows.order_by("meeting__held_on", "pk")
        return dict(rows.values_list("household_id", "meeting__campaign__title"))

    @cached_property
    def kept(self) -> list[Household]:
        """Return the village's registered households that no open case is about."""
        rows = Household.objects.filter(
            place_id=self.batch.place_id, status__in=ON_THE_BOOKS, until=None
        )
        running = Case.objects.filter(procedure=self.batch.procedure, closed_on=None)
        busy = running.filter(place_id=self.batch.place_id).values("household_id")
        return list(rows.exclude(pk__in=busy).order_by("group", "number"))

    @cached_property
    def votes(self) -> Mapping[int, Vote]:
        """Return the last vote on each household, with its meeting."""
        rows = Vote.objects.filter(case__in=self.ids).select_related("meeting")
        return {vote.case_id: vote for vote in rows.order_by("meeting_id", "pk")}

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of this list at this step: the last one per group."""
        rows = Meeting.objects.filter(batch=self.batch, step=self.step.name)
        rows = rows.prefetch_related("recused", "votes").order_by("pk")
        return list({meeting.group: meeting for meeting in rows}.values())

    @property
    def sample(self) -> Sample | None:
        """Return the sample drawn at this step."""
        return self.filed.samples.get(self.batch.pk)

    @cached_property
    def confirmation(self) -> Confirmation | None:
        """Return the village's signatures under this list, or under one it came from."""
        rows = Confirmation.objects.filter(batch__in=self._batches)
        return rows.order_by("-pk").first()

    @cached_property
    def announcement(self) -> Paper | None:
        """Return the announcement of this list, or of the one it came from."""
        rows = Paper.objects.filter(
            kind="announcement",
            about__in=[f"batch/{pk}" for pk in self._batches],
            state=PaperState.ISSUED,
        )
        return rows.order_by("-issued_at", "-number").first()

    def objections(self, notice: str) -> list[Objection]:
        """Return the unanswered objections to this list's notices of a kind."""
        rows = Objection.objects.filter(
            paper__about=self.batch.about, paper__kind=notice, answered_at=None
        )
        return list(rows.select_related("paper", "household").order_by("pk"))

    @cached_property
    def _batches(self) -> set[int]:
        return {self.batch.pk, *(entry.batch_id for entry in self.entries)}


def by_step(rows: Iterable[Row]) -> ByStep[Row]:
    """Return facts by case and step; of several the last one stays."""
    found: ByStep[Row] = defaultdict(dict)
    for row in rows:
        found[row.case_id].pop(row.step, None)
        found[row.case_id][row.step] = row
    return found


def latest(found: Mapping[int, Mapping[str, Row]], case: Case, step: str) -> Row | None:
    """Return the fact of a case at a step, or the last one of any step."""
    rows = found.get(case.pk, {})
    last = list(rows.values())[-1:]
    return rows[step] if step in rows else next(iter(last), None)
