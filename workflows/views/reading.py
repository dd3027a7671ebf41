"""A batch for those who may read it: steps, households, ledger, papers.

Recall, withdrawal, hold and release are asked for from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workflows import clock
from workflows.drafts import Where
from workflows.models import Batch, Case, Entry
from workflows.procedure import named
from workflows.views import drafts
from workflows.views.access import hat_of, sits_at
from workflows.views.desk_page import marks, papers_of, people, photos_by_about
from workflows.views.stacks import stacks


@dataclass(kw_only=True)
class Line:
    """One act of the ledger, with the households it was about."""

    entry: Entry
    heads: list[str] = field(default_factory=list)


def reading(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Show a batch without the means to decide on it."""
    procedure = named(batch.procedure)
    today = clock.today()
    cases = list(
        Case.objects.filter(batch=batch).select_related("household").order_by("pk")
    )
    entries = list(
        batch.entries.select_related("actor", "case__household").order_by("-seq")
    )
    hat = hat_of(request)
    step = procedure.step(batch.step) if batch.step else None
    titles = {one.name: one.title for one in procedure.steps}
    papers = papers_of(batch, cases)
    context: dict[str, Any] = {
        "batch": batch,
        "procedure": procedure,
        "step": step,
        "marks": marks(batch, procedure, today=today),
        "cases": cases,
        "people": people(cases),
        "lines": list(_lines(entries)),
        "length": len(entries),
        "titles": titles,
        "states": {one.target: one.title for one in procedure.steps},
        "papers": papers,
        "stacks": stacks(papers) if hat.held.acts else [],
        "photos": photos_by_about([batch.about]).get(batch.about, []),
        "kept": drafts.kept(Where(officer_id=hat.officer_id, batch=batch, step="")),
        "today": today,
        "may_recall": _may_recall(batch, entries, hat),
        "may_withdraw": procedure.by_wish
        and sits_at(hat, procedure.steps[0], batch.place_id),
        "may_hold": step is not None and sits_at(hat, step, batch.place_id),
    }
    return render(request, "workflows/reading.html", context)


def _may_recall(batch: Batch, entries: list[Entry], hat: Any) -> bool:
    last = next((e for e in entries if e.act == Entry.Act.PASS), None)
    if last is None or not batch.is_open:
        return False
    step = named(batch.procedure).step(last.step)
    return sits_at(hat, step, batch.place_id)


def _lines(entries: Iterable[Entry]) -> Iterable[Line]:
    """Yield one line per act: what one officer said of many households at once."""

    def act(entry: Entry) -> tuple[Any, ...]:
        return entry.at, entry.actor_id, entry.act, entry.step, entry.reason

    for _key, group in groupby(entries, key=act):
        same = list(group)
        homes = [one.case.household for one in same if one.case]
        heads = [home.head_name for home in homes if home]
        yield Line(entry=same[0], heads=heads)
