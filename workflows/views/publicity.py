"""Publicity 公示: the days of a notice, where it hangs, objections, may it end.

The engine says how long and whether; this page only draws it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from notices.models import Objection, Outcome, Paper, PaperState, Posting
from workflows import answering, calendars, clock, judge, queries
from workflows.actions import PASS
from workflows.models import Batch
from workflows.procedure import Procedure, named
from workflows.views.access import batch_or_404, hat_of, sits_at, territory_of
from workflows.views.anew import offered
from workflows.views.desk_page import people, rows_of, shared
from workflows.views.desk_visit import open_cases
from workflows.views.paging import by_due, without

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBox:
    """One day of the period."""

    day: date
    number: int
    when: str
    last: bool


@require_safe
def publicities(request: HttpRequest) -> HttpResponse:
    """List the notices that hang in everything the officer may read."""
    rows = queries.in_publicity(territory_of(request))
    context: dict[str, Any] = {
        "page": by_due(rows.order_by("due", "pk"), request.GET.get("after", "")),
        "query": without(request.GET, "after"),
        "today": clock.today(),
    }
    return render(request, "workflows/publicities.html", context)


@require_safe
def publicity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one batch's notice: its days, its sheets on walls, its objections."""
    batch = batch_or_404(request, pk)
    procedure = named(batch.procedure)
    kind = _notice_kind(batch, procedure)
    paper = (
        Paper.objects.filter(about=batch.about, kind=kind, state=PaperState.ISSUED)
        .order_by("-issued_at")
        .first()
    )
    if paper is None:
        raise Http404
    today = clock.today()
    postings = list(
        Posting.objects.filter(paper=paper)
        .prefetch_related("photos")
        .order_by("posted_at")
    )
    objections = list(
        Objection.objects.filter(paper=paper)
        .select_related("household", "handler")
        .order_by("-received_at")
    )
    cases = open_cases(batch, procedure)
    context: dict[str, Any] = {
        "batch": batch,
        "procedure": procedure,
        "paper": paper,
        "people": people(cases),
        "cases": cases,
        "postings": postings,
        "objections": objections,
        "answer_by": _answer_by(batch, objections),
        "unanswered": sum(one.outcome == Outcome.OPEN for one in objections),
        "today": today,
        "length": batch.bound_rulebook["publicity_days"],
        **_days(batch, postings, today),
        **_closing(request, batch, procedure, today),
    }
    return render(request, "workflows/publicity.html", context)


def _answer_by(
    batch: Batch, objections: list[Objection]
) -> dict[int, answering.Answer]:
    told = ((one, batch.bound_rulebook) for one in objections)
    return {answer.objection.pk: answer for answer in answering.answers(told)}


def _notice_kind(batch: Batch, procedure: Procedure) -> str:
    """Return the kind of the notice put up last, by the order of the steps."""
    names = [step.name for step in procedure.steps]
    here = names.index(batch.step) if batch.step else len(names) - 1
    put_up = [step.posts for step in procedure.steps[: here + 1] if step.posts]
    if not put_up:
        raise Http404
    return put_up[-1]


def _days(batch: Batch, postings: list[Posting], today: date) -> dict[str, Any]:
    hanging = [
        timezone.localtime(p.posted_at).date() for p in postings if not p.taken_down_at
    ]
    if not hanging:
        return {"boxes": [], "left": 0}
    # Several sheets: the last one put up counts.
    first = max(hanging)
    last = batch.clock_until or _last_day(batch, first)
    length = (last - first).days + 1
    boxes = [
        DayBox(
            day=first + DAY * n,
            number=n + 1,
            when=_when(first + DAY * n, today),
            last=n + 1 == length,
        )
        for n in range(length)
    ]
    return {
        "boxes": boxes,
        "free_on": last + DAY,
        "left": max((last - today).days, 0),
        "day_number": (today - first).days + 1,
        "length_days": length,
        "over": today > last,
    }


def _last_day(batch: Batch, first: date) -> date:
    rulebook = batch.bound_rulebook
    unit = rulebook["publicity_days"].unit
    days = rulebook.whole("publicity_days")
    return calendars.publicity_last_day(first, days=days, unit=unit)


def _when(day: date, today: date) -> str:
    return "today" if day == today else "past" if day < today else "coming"


def _closing(
    request: HttpRequest, batch: Batch, procedure: Procedure, today: date
) -> dict[str, Any]:
    """Return whether the notice may be ended now, and everything against it."""
    if not batch.step:
        return {"closing": None}
    step = procedure.step(batch.step)
    cases = open_cases(batch, procedure)
    desk = judge.desk(batch, cases, today=today)
    passed = dict.fromkeys((case.pk for case in cases), PASS)
    rows = rows_of(cases, facts={}, missing=judge.missing(desk), verdicts=passed)
    # The engine's clock and the gate say the same of a running period: once is enough.
    said = {one.code for row in rows for one in row.missing}
    whole = [one for one in judge.whole_list(desk, passed) if one.code not in said]
    everywhere = shared(rows)
    return {
        "closing": step,
        "against": [*whole, *everywhere],
        "lacking": [row for row in rows if row.missing],
        "may_close": sits_at(hat_of(request), step, batch.place_id),
        "anew": offered(batch, cases),
    }
