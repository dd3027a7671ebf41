"""The trace of a round: the only writer of its entries."""

from datetime import datetime
from typing import Any

from permissions.models import Appointment
from workflows.models import ComparisonRound, Match, RoundDepartment, RoundEntry


def note(
    round_: ComparisonRound,
    act: RoundEntry.Act,
    *,
    by: Appointment | None,
    at: datetime,
    department: RoundDepartment | None = None,
    match: Match | None = None,
    **data: Any,
) -> RoundEntry:
    """Write one line; digests, counts and keys only, never a number of a person."""
    return RoundEntry.objects.create(
        round=round_,
        act=act,
        by=by,
        at=at,
        department=department,
        match=match,
        data=data,
    )
