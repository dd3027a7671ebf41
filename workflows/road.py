"""The road of cases: what the ledger says of them, read once.

Knows lines of the ledger; not what a gate, a desk or a paper makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workflows.models import Case, Entry


class Stop(NamedTuple):
    """One line of the ledger about one case; the fields are the entry's."""

    case_id: int
    batch_id: int
    act: str
    step: str
    actor_id: int | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Road:
    """Where some cases have been.

    Attributes:
        stops: oldest first, of all cases together.
    """

    stops: tuple[Stop, ...]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Road:
        """Read the road of some cases, in one statement."""
        rows = Entry.objects.filter(case__in=[case.pk for case in cases])
        found = rows.order_by("pk").values_list(*Stop._fields)
        return cls(tuple(map(Stop._make, found)))

    def then(self, entries: Iterable[Entry]) -> Road:
        """Return the road with the lines an act has just written about its cases."""
        written = (
            Stop._make(getattr(entry, field) for field in Stop._fields)
            for entry in entries
        )
        return Road((*self.stops, *written))
