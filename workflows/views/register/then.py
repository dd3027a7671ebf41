"""Lists and files of a day that is past, read back page by page."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from registry.as_of import candidates, existing, read_back, touched_after
from registry.codes import Standing
from registry.models import Household
from registry.places import within
from workflows.views.paging import SIZE, Page

# A page is read back in so many steps at most; then it is shorter, with a next one.
_STEPS, _STEP = 4, 4 * SIZE


def page_then(
    reach: QuerySet[Household],
    code: str,
    day: date,
    standing: str,
    asked: Mapping[str, str],
) -> Page:
    """Return a page of a place's households as they stood on that day, by number.

    `reach` are the households the officer may read; three statements per step.
    """
    rows = reach.filter(candidates(code, day) & existing(day))
    if standing in Standing.values:
        rows = rows.filter(_may_have_been(standing, day))
    after = last = asked.get("after", "")
    found: list[Household] = []
    for _step in range(_STEPS):
        chunk = _chunk(rows, last)
        last = chunk[-1].number if len(chunk) == _STEP else ""
        found += [h for h in read_back(chunk, day) if _fits(h, code, standing)]
        if not last or len(found) > SIZE:
            break
    if len(found) > SIZE:
        last = found[SIZE - 1].number
    return Page(rows=found[:SIZE], first=not after, next=last)


def _chunk(rows: QuerySet[Household], after: str) -> list[Household]:
    asked = rows.filter(number__gt=after) if after else rows
    return list(asked.select_related("place").order_by("number")[:_STEP])


def _may_have_been(standing: str, day: date) -> Q:
    later = touched_after(day).filter(before__has_key="status").order_by()
    return Q(status=standing) | Q(pk__in=later.values("household_id"))


def _fits(home: Household, code: str, standing: str) -> bool:
    wanted = standing not in Standing.values or home.status == standing
    return wanted and within(home.place_id, code)
