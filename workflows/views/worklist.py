"""The work list 工作台: what I must do, until when, where; in publicity; done.

A constant number of statements whatever the size; the queries are `queries`'.
"""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from notices import print_queue
from notices.models import Paper
from permissions.models import Appointment
from permissions.posts import Post
from registry.models import Place
from registry.places import level_of
from workflows import answering, clock, exports, queries
from workflows.context import counters_of
from workflows.models import Batch, Case
from workflows.procedure import registered
from workflows.views.access import hat_of, territory_of
from workflows.views.paging import Page, by_due, newest_first, without

SHOWN_BESIDE = 5
TABS = (
    ("todo", gettext_lazy("待我办理")),
    ("returned", gettext_lazy("退回给我")),
    ("posted", gettext_lazy("公示中")),
    ("done", gettext_lazy("我已办")),
)


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show one tab of the work list, filtered, beside what hangs and what to print."""
    hat, today = hat_of(request), clock.today()
    view = request.GET.get("v", "todo")
    if not Post(hat.post).acts and "v" not in request.GET:
        view = "posted"
    hanging = queries.in_publicity(territory_of(request))
    context: dict[str, Any] = {
        "hat": hat,
        "view": view,
        "tabs": TABS,
        "counts": counters_of(request, hat, today=today),
        "posted": hanging.count(),
        "page": _page(request, hat, view, today),
        "query": without(request.GET, "after"),
        "today": today,
        "children": Place.objects.filter(parent_id=hat.place_id).order_by("code"),
        "procedures": registered(),
        "steps": _steps(hat),
        **_to_print(hat),
        "hanging": list(hanging[:SHOWN_BESIDE]),
        "may_open": _may_open(hat),
        "exports_wait": exports.waiting(hat, clock.wall()).count(),
        "unanswered": answering.overdue(hat, today=today),
        "titles": dict(TABS) | {"late": _("超期")},
    }
    return render(request, "workflows/worklist.html", context)


def _page(request: HttpRequest, hat: Appointment, view: str, today: date) -> Page:
    after = request.GET.get("after", "")
    rows = _filtered(_rows(request, hat, view, today), request)
    return newest_first(rows, after) if view == "done" else by_due(rows, after)


def _rows(
    request: HttpRequest, hat: Appointment, view: str, today: date
) -> QuerySet[Batch]:
    match view:
        case "returned":
            return queries.returned(hat)
        case "posted":
            return queries.by_urgency(queries.in_publicity(territory_of(request)))
        case "done":
            return queries.done(hat)
        case "late":
            return queries.todo(hat).filter(due__lt=today)
        case _:
            return queries.todo(hat)


def _filtered(rows: QuerySet[Batch], request: HttpRequest) -> QuerySet[Batch]:
    place, sought = request.GET.get("place", ""), request.GET.get("q", "").strip()
    if _is_code(place):
        rows = rows.filter(queries.below(place))
    for name in ("procedure", "step"):
        if wanted := request.GET.get(name, ""):
            rows = rows.filter(**{name: wanted})
    return rows.filter(_matching(sought)) if sought else rows


def _is_code(text: str) -> bool:
    try:
        level_of(text)
    except ValueError:
        return False
    return True


def _matching(sought: str) -> Q:
    heads = Case.objects.filter(household__head_name__startswith=sought)
    papers = Paper.objects.filter(number=sought, about__startswith="batch/")
    lists = [about.split("/")[1] for about in papers.values_list("about", flat=True)]
    return (
        Q(number__contains=sought)
        | Q(pk__in=heads.values("batch_id"))
        | Q(pk__in=lists)
        | Q(place__name__startswith=sought)
    )


def _steps(hat: Appointment) -> list[tuple[str, str]]:
    found = {s.name: str(s.title) for _slug, s in queries.steps_of_post(Post(hat.post))}
    return list(found.items())


def _may_open(hat: Appointment) -> bool:
    return any(p.steps[0].post == hat.post for p in registered())


def _to_print(hat: Appointment) -> dict[str, Any]:
    """Return what the office has to print today, and its jobs nobody reported yet."""
    groups = print_queue.groups(hat.place_id)
    papers, pages, unknown = print_queue.amount(groups)
    return {
        "groups": groups[:SHOWN_BESIDE],
        "more_groups": len(groups) > SHOWN_BESIDE,
        "to_print": papers,
        "pages": pages,
        "unknown": unknown,
        "print_jobs": print_queue.live(hat.place_id),
    }
