"""The roster 名册: households of the places an officer reads, and finding one.

Names and ID numbers are searched by POST, so that no log or history keeps them.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from registry.codes import Standing
from registry.identity import blind_index, parse_id
from registry.models import Household, Place
from registry.places import span
from registry.refusals import Refusal
from workflows import imports
from workflows.models import Case
from workflows.procedure import named
from workflows.views.access import hat_of, in_reach, place_or_404
from workflows.views.paging import SIZE, Page, page_of, without
from workflows.views.register.days import day_asked
from workflows.views.register.then import page_then


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """List the households of a place; POST looks for one of them."""
    here = place_or_404(request, request.GET.get("place") or hat_of(request).place_id)
    standing = request.GET.get("status", "")
    sought = request.POST.get("q", "").strip()
    day = day_asked(request)
    rows = _rows(request, here, standing)
    if sought:
        found = list(_search(rows, sought)[: SIZE + 1])
        page = Page(rows=found[:SIZE], first=True, next="")
    elif day.past:
        reach = in_reach(request, Household.objects.all())
        page = page_then(reach, here.code, day.on, standing, request.GET)
    else:
        page = page_of(rows, "number", request.GET.get("after", ""))
    context: dict[str, Any] = {
        "place": here,
        "children": Place.objects.filter(parent=here).order_by("code"),
        "page": page,
        "query": without(request.GET, "after"),
        "sought": sought,
        "too_many": sought and len(found) > SIZE,
        "standing": standing,
        "standings": Standing.choices,
        "doing": {} if day.past else _open_cases(page.rows),
        "today": day.today,
        "day": day,
        "now_url": f"?{without(request.GET, 'after', 'on')}",
        "may_import": hat_of(request).held in imports.CHECKERS,
    }
    return render(request, "workflows/roster.html", context)


def _rows(request: HttpRequest, here: Place, standing: str) -> QuerySet[Household]:
    lo, hi = span(here.code)
    rows = in_reach(request, Household.objects.select_related("place")).filter(
        place_id__gte=lo, place_id__lt=hi, until=None
    )
    return rows.filter(status=standing) if standing in Standing.values else rows


def _search(rows: QuerySet[Household], sought: str) -> QuerySet[Household]:
    number = parse_id(sought)
    if isinstance(number, Refusal):
        by_name = Q(head_name__startswith=sought) | Q(number__startswith=sought)
        members = Q(members__name=sought, members__left_on=None)
        return rows.filter(by_name | members).distinct().order_by("number")
    index = blind_index(number.text)
    return rows.filter(members__id_index=index, members__left_on=None).distinct()


def _open_cases(households: list[Household]) -> dict[int, str]:
    cases = Case.objects.filter(
        household_id__in=[household.pk for household in households], closed_on=None
    ).select_related("batch")
    return {case.household_id: _doing(case) for case in cases if case.household_id}


def _doing(case: Case) -> str:
    procedure = named(case.procedure)
    if not case.batch.step:
        return str(procedure.title)
    return f"{procedure.title}·{procedure.step(case.batch.step).title}"
