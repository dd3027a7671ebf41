"""What a round found out becomes facts of the cases concerned, through their procedure.

A household without an open case waits: when one is opened, the newest valid round
about the same people is used. Must not know what a procedure makes of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from permissions.models import Appointment
from registry.comparing import departments
from registry.comparing.people import who_belongs
from registry.models import Household
from workflows import procedure
from workflows.comparing import trace
from workflows.models import (
    Batch,
    Case,
    ComparisonRound,
    DepartmentFile,
    Match,
    RoundEntry,
    RoundHousehold,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round found out about the household of one case.

    Attributes:
        departments: the offices that have answered, as rulebooks name them.
        by: who took in the last answer; he wrote the fact down.
        matches: what stands against the household; empty when nothing was found.
    """

    case: Case
    round: ComparisonRound
    compared_on: date
    departments: tuple[str, ...]
    by: Appointment
    at: datetime
    matches: tuple[Match, ...]


def hand_over(
    round_: ComparisonRound, *, at: datetime, households: Collection[int] | None = None
) -> int:
    """Hand what a round found to the open cases of its households; return how many.

    Only households in which the same people live as when they were asked about.
    Effects: those of each procedure's `compared`; one line of the trace.
    """
    cases = Case.objects.filter(
        closed_on=None, household__in=round_.asked.values("household_id")
    )
    if households is not None:
        cases = cases.filter(household__in=households)
    handed = _hand(round_, list(cases.order_by("pk")), at=at)
    if handed:
        trace.note(
            round_, RoundEntry.Act.HANDED, by=None, at=at, cases=[c.pk for c in handed]
        )
    return len(handed)


def take_up(cases: Sequence[Case], *, at: datetime) -> None:
    """Let cases just opened use what a valid round found out before.

    Effects: as `hand_over`; one statement when there is no such round.
    """
    today = timezone.localdate(at)
    homes = [case.household_id for case in cases if case.household_id]
    asked = RoundHousehold.objects.filter(
        household__in=homes,
        round__sealed_at__isnull=False,
        round__opened_on__lte=today,
        round__expires_on__gte=today,
    )
    rows = asked.order_by("round_id").values_list("household_id", "round_id")
    newest: dict[int, int] = dict(rows)
    for round_ in ComparisonRound.objects.filter(pk__in=set(newest.values())):
        mine = [c for c in cases if newest.get(c.household_id or 0) == round_.pk]
        handed = _hand(round_, mine, at=at)
        if handed:
            act = RoundEntry.Act.REUSED
            keys = [case.pk for case in handed]
            trace.note(round_, act, by=None, at=at, cases=keys)


def answered(round_: ComparisonRound) -> QuerySet[DepartmentFile]:
    """Return the files whose results count, oldest first."""
    stage = DepartmentFile.Stage.READ
    return DepartmentFile.objects.filter(
        department__round=round_, stage=stage
    ).order_by("pk")


def _hand(
    round_: ComparisonRound, cases: Sequence[Case], *, at: datetime
) -> Sequence[Case]:
    files = list(answered(round_).select_related("department", "received_by"))
    same = _unchanged(round_, cases) if files and cases else []
    if not same:
        return []
    # Facts are saved under the lock of the list they belong to; one order for all.
    lists = Batch.objects.select_for_update().filter(pk__in={c.batch_id for c in same})
    list(lists.order_by("pk").values_list("pk"))
    found: dict[int, list[Match]] = defaultdict(list)
    homes = [case.household_id for case in same]
    rows = Match.objects.filter(round=round_, standing=True, household__in=homes)
    for match in rows.select_related("kin", "decided_by").order_by("pk"):
        found[match.household_id].append(match)
    asked = dict.fromkeys(departments.named(f.department.source).asks for f in files)
    outcomes = [
        Outcome(
            case=case,
            round=round_,
            compared_on=max(timezone.localdate(f.read_at or at) for f in files),
            departments=tuple(asked),
            by=files[-1].received_by,
            at=at,
            matches=tuple(found[case.household_id or 0]),
        )
        for case in same
    ]
    _tell(outcomes)
    return same


def _tell(outcomes: Iterable[Outcome]) -> None:
    by_procedure: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_procedure[outcome.case.procedure].append(outcome)
    for slug, mine in by_procedure.items():
        procedure.named(slug).compared(mine)


def _unchanged(round_: ComparisonRound, cases: Sequence[Case]) -> list[Case]:
    homes = {case.household_id for case in cases}
    asked = dict(
        round_.asked.filter(household__in=homes).values_list("household_id", "belongs")
    )
    now = who_belongs(Household.objects.filter(pk__in=asked))
    return [
        case
        for case in cases
        if case.household_id in asked
        and asked[case.household_id] == now.get(case.household_id)
    ]
