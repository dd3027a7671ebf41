"""The page of a place: figures of everything below it, and the way down."""

from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from permissions.posts import Post
from registry.models import Place
from registry.places import Level
from workflows import clock
from workflows.procedure import Procedure, registered
from workflows.views.access import hat_of, place_or_404
from workflows.views.paging import number
from workflows.views.tally import Row, tally
from workflows.views.trail import place_trail

# The drawing of bars, in its own units: one line per place.
LINE, LEFT, WIDTH = 31, 72, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the drawing."""

    row: Row
    y: int
    base: int
    parts: list[tuple[int, int, str]]
    end: int


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Lead to the place where the officer sits."""
    return redirect("workflows:place", hat_of(request).place_id)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far the households of a place have come."""
    here = place_or_404(request, code)
    now = clock.now()
    chosen = _procedure(request.GET.get("procedure", ""))
    year = _year(request.GET.get("year", ""), now.year)
    page: dict[str, Any] = {
        "place": here,
        "trail": place_trail(request, here, "workflows:place"),
        "procedures": registered(),
        "procedure": chosen,
        "year": year,
        "years": range(now.year, now.year - 4, -1),
        "now": now,
        "is_village": here.level == Level.VILLAGE,
        "merged_from": merged_from(here),
        "may_merge": hat_of(request).held in Post.COUNTY
        and here.level in {Level.COUNTY, Level.TOWNSHIP},
    }
    if chosen:
        counted = tally(here, chosen, year=year, today=now.date())
        page |= {"tally": counted, **_drawing(counted.rows)}
    return render(request, "workflows/place.html", page)


def merged_from(here: Place) -> list[Place]:
    """Return the villages that came into this one, in the order of their codes."""
    if here.level != Level.VILLAGE:
        return []
    return list(Place.objects.filter(merged_into=here).order_by("code"))


def _procedure(slug: str) -> Procedure | None:
    """Return the procedure asked for, else the one a place is judged by: the exit.

    That is the last one that assesses households and does not strike them off.
    """
    known = registered()
    told = [p for p in known if p.assesses and not p.removes] or known
    return next((p for p in known if p.slug == slug), told[-1] if told else None)


def _year(asked: str, this: int) -> int:
    year = number(asked) or this
    return year if year <= MAXYEAR else this


def _drawing(rows: list[Row]) -> dict[str, Any]:
    drawn = [row for row in rows if row.total]
    slow_first = sorted(drawn, key=lambda row: (row.percent, -row.total))
    longest = max((row.total for row in rows), default=0) or 1
    bars = []
    for place, row in enumerate(slow_first):
        figures = ((row.done, "k1"), (row.posted, "k2"), (row.moving, "k3"))
        parts, x = [], LEFT
        for figure, css in figures:
            width = figure * WIDTH // longest
            parts.append((x, width, css))
            x += width
        bars.append(
            Bar(
                row=row,
                y=place * LINE + 3,
                base=place * LINE + 19,
                parts=parts,
                end=x + 8,
            )
        )
    return {"bars": bars, "height": LINE * max(len(drawn), 1) + 4}
