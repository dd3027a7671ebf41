"""The page for a lost race: who acted, when, with what result, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workflows import clock
from workflows.actions import Kind, Verdict
from workflows.models import Batch, Case, Entry
from workflows.procedure import named

CONFLICT = 409
# what the ledger calls each verdict
SAID = {
    Entry.Act.PASS: Kind.PASS,
    Entry.Act.RETURN: Kind.RETURN,
    Entry.Act.REFUSE: Kind.REFUSE,
    Entry.Act.SET_ASIDE: Kind.ASIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A household on which the two officers do not agree."""

    case: Case
    theirs: str
    mine: str


def conflict(
    request: HttpRequest,
    batch: Batch,
    typed: Mapping[int, Verdict],
    kept: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Answer 409, with the act that came first beside what was typed."""
    last = (
        batch.entries.exclude(actor=None)
        .select_related("actor", "appointment__place")
        .order_by("-seq")
        .first()
    )
    said, cases = _said(last, typed)
    procedure = named(batch.procedure)
    mine = {pk: verdict.kind for pk, verdict in typed.items()}
    context: dict[str, Any] = {
        "batch": batch,
        "procedure": procedure,
        "last": last,
        "acted": procedure.step(last.step) if last and last.step else None,
        "step": procedure.step(batch.step) if batch.step else None,
        "theirs": _groups(said, cases) if said else [],
        "mine": _groups(mine, cases),
        "reasons": [(cases[pk], v.reason) for pk, v in typed.items() if v.reason],
        "differences": _differences(said, mine, cases),
        "kept": kept,
        "today": clock.today(),
    }
    return render(request, "workflows/conflict.html", context, status=CONFLICT)


def _said(
    last: Entry | None, typed: Mapping[int, Verdict]
) -> tuple[dict[int, Kind], dict[int, Case]]:
    """Return what the other officer said per case, and every case concerned."""
    said = {
        entry.case_id: SAID[Entry.Act(entry.act)]
        for entry in _same_act(last)
        if entry.case_id and entry.act in SAID
    }
    cases = Case.objects.select_related("household").in_bulk({*typed, *said})
    return said, cases


def _differences(
    said: Mapping[int, Kind], mine: Mapping[int, Kind], cases: Mapping[int, Case]
) -> list[Difference]:
    return [
        Difference(case=cases[pk], theirs=said[pk].value, mine=mine[pk].value)
        for pk in said
        if pk in mine and mine[pk] != said[pk]
    ]


def _same_act(last: Entry | None) -> list[Entry]:
    if last is None:
        return []
    same = Entry.objects.filter(
        batch_id=last.batch_id, at=last.at, actor_id=last.actor_id, step=last.step
    )
    return list(same)


def _groups(
    said: Mapping[int, Kind], cases: Mapping[int, Case]
) -> list[tuple[str, int, list[Case]]]:
    found = []
    for kind in Kind:
        members = [
            cases[pk] for pk, word in said.items() if word is kind and pk in cases
        ]
        if members or kind is not Kind.ASIDE:
            named_ones = [] if kind is Kind.PASS else members
            found.append((kind.value, len(members), named_ones))
    return found
