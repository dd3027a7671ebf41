"""The road of cases: what the ledger says of them, read once.

Knows lines of the ledger; not what a gate, a desk or a paper makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Aggregate, JSONField, Min

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


class _Gathered(Aggregate):
    """The values of a group as one JSON list."""

    function = "jsonb_agg"
    output_field = JSONField()

    def as_sqlite(self, *args: Any, **kwargs: Any) -> Any:
        """Return the same under SQLite's name."""
        return self.as_sql(*args, function="json_group_array", **kwargs)


@dataclass(frozen=True, slots=True)
class Road:
    """Where some cases have been.

    Attributes:
        stops: oldest first, of all cases together.
    """

    stops: tuple[Stop, ...]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Road:
        """Read the road of some cases, in one statement.

        The households of a list move together: one act is one row with all its cases.
        """
        entries = Entry.objects.filter(case__in=[case.pk for case in cases])
        acts = entries.values_list(*Stop._fields[1:]).annotate(
            cases=_Gathered("case_id"), first=Min("pk")
        )
        found = acts.order_by("first")
        return cls(tuple(Stop(pk, *act) for *act, pks, _first in found for pk in pks))

    def then(self, entries: Iterable[Entry]) -> Road:
        """Return the road with the lines an act has just written about its cases."""
        written = (
            Stop._make(getattr(entry, field) for field in Stop._fields)
            for entry in entries
        )
        return Road((*self.stops, *written))
