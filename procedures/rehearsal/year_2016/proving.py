"""Compares what a replay left in the database with what the document says.

Every figure is read the way a page or an auditor reads it; nothing is repaired.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.db.models import Sum

from procedures.rehearsal.year_2016 import script
from procedures.rehearsal.year_2016.figures import Figures
from procedures.rehearsal.year_2016.processes import in_processes
from registry.codes import Standing
from registry.ledgers import counting
from registry.ledgers.books import ledger
from registry.ledgers.figures import HOUSEHOLDS, PERSONS
from registry.models import Household, Place
from registry.places import Level
from workflows import replay
from workflows.models import Batch, Case
from workflows.procedure import named
from workflows.views.tally import tally
from workflows.witness import check_ledger, checkpoints

YEAR, LAST_DAY = 2016, date(2016, 12, 31)
# Lists whose ledger one process reads at a time.
LISTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison: what it is about, what has to be there, what is."""

    about: str
    expected: int
    found: int

    @property
    def holds(self) -> bool:
        """Return whether they are the same."""
        return self.expected == self.found


def prove(
    figures: Figures, file: Path | None = None, *, workers: int = 1
) -> Iterator[Check]:
    """Yield every comparison; the ledger is exported to the file, if one is given."""
    counting.recount()
    prefecture = Place.objects.get(level=Level.PREFECTURE)
    yield from _ledgers(prefecture, figures)
    yield from _pages(prefecture, figures)
    yield from _consistent(workers)
    with tempfile.TemporaryDirectory(prefix="cunxian-ledger-") as folder:
        yield _audited(file or Path(folder) / "ledger.jsonl.gz")


def _ledgers(prefecture: Place, figures: Figures) -> Iterator[Check]:
    """Compare the prefecture's base and its eight counties."""
    book = ledger(prefecture, LAST_DAY)
    for row in book.rows:
        county, exited = row.place, row.figures.number
        yield Check(
            about=f"{county.name}脱贫人数",
            expected=figures.exited.get(county.code, 0),
            found=exited("status", Standing.EXITED, PERSONS),
        )
    whole = book.total.figures
    for about, expected, found in (
        ("全州脱贫人数", figures.exits, whole.number("status", "exited", PERSONS)),
        ("建档立卡户数", figures.on_record.households, whole.on_record(HOUSEHOLDS)),
        ("建档立卡人数", figures.on_record.persons, whole.on_record(PERSONS)),
        (
            "清退户数",
            figures.removed.households,
            whole.number("status", Standing.REMOVED, HOUSEHOLDS),
        ),
        (
            "清退人数",
            figures.removed.persons,
            whole.number("status", Standing.REMOVED, PERSONS),
        ),
    ):
        yield Check(about=about, expected=expected, found=found)


def _pages(prefecture: Place, figures: Figures) -> Iterator[Check]:
    """Compare the place page's counts, and the cases behind them."""
    done = {
        slug: tally(prefecture, named(slug), year=YEAR, today=LAST_DAY).sum
        for slug in (script.EXIT, script.REMOVAL, script.IDENTIFICATION)
    }
    homes = Household.objects.filter(status=Standing.EXITED).count()
    yield Check(about="地区页脱贫户数", expected=homes, found=done[script.EXIT].done)
    yield Check(
        about="地区页清退户数",
        expected=figures.removed.households,
        found=done[script.REMOVAL].done,
    )
    yield Check(
        about="地区页纳入户数",
        expected=figures.added.households,
        found=done[script.IDENTIFICATION].done,
    )
    registered = named(script.IDENTIFICATION).final_state
    yield Check(
        about="纳入人数",
        expected=figures.added.persons,
        found=_persons(procedure=script.IDENTIFICATION, state=registered),
    )
    yield Check(
        about="上报脱贫人数",
        expected=figures.reported,
        found=_persons(procedure=script.EXIT),
    )


def _persons(**asked: str) -> int:
    cases = Case.objects.filter(opened_on__year=YEAR, **asked)
    return cases.aggregate(persons=Sum("household__size", default=0))["persons"]


def _consistent(workers: int) -> Iterator[Check]:
    """Look for what must not be there: open lists, differences."""
    for about, found in (
        ("未办结批次", Batch.objects.filter(closed_on=None).count()),
        ("各级台账与逐户重算之差", len(counting.differences())),
        ("办理记录重放之差", _differences(workers)),
        ("未入校验点的批次", _uncovered()),
    ):
        yield Check(about=about, expected=0, found=found)


def _differences(workers: int) -> int:
    """Return how many differences ledger and tables have, some lists at a time."""
    keys = list(Batch.objects.order_by("pk").values_list("pk", flat=True))
    parts = [keys[n : n + LISTS] for n in range(0, len(keys), LISTS)]
    return sum(in_processes(_differences_of, parts, workers))


def _differences_of(keys: Sequence[int]) -> int:
    lists = Batch.objects.filter(pk__in=keys).select_related("rulebook")
    return sum(1 for _line in replay.differences(lists))


def _uncovered() -> int:
    newest = checkpoints.latest()
    gathered = newest.size if newest else 0
    return max(0, Batch.objects.count() - gathered)


def _audited(file: Path) -> Check:
    """Export the ledger and let the stand-alone checker read it."""
    with redirect_stdout(io.StringIO()):
        call_command("export_ledger", str(file), stdout=io.StringIO())
        newest = checkpoints.printed().rpartition(":")[0]
        fault = check_ledger.main([str(file), "--checkpoint", newest])
    return Check(about="账本独立查验的问题", expected=0, found=fault)
