"""Pages of a long list by the last key seen, never by counting rows away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZE = 50
# No table holds a longer key, and no column.
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of rows; `next` is the key after which the next page begins."""

    rows: list[Any]
    first: bool
    next: str


def number(text: str) -> int | None:
    """Return a number somebody sent, or None for anything a page would not send."""
    good = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if good else None


def page_of(rows: QuerySet[Any], key: str, after: str, size: int = SIZE) -> Page:
    """Return the rows after a key in ascending order of a unique column."""
    asked = rows.filter(**{f"{key}__gt": after}) if after else rows
    found = list(asked.order_by(key)[: size + 1])
    token = str(getattr(found[size - 1], key)) if len(found) > size else ""
    return Page(rows=found[:size], first=not after, next=token)


def newest_first(rows: QuerySet[Any], after: str, size: int = SIZE) -> Page:
    """Return the rows before a primary key, which are ordered from the newest."""
    last_seen = number(after)
    asked = rows if last_seen is None else rows.filter(pk__lt=last_seen)
    found = list(asked[: size + 1])
    token = str(found[size - 1].pk) if len(found) > size else ""
    return Page(rows=found[:size], first=not after, next=token)


def by_due(rows: QuerySet[Any], after: str, size: int = SIZE) -> Page:
    """Return the rows after (deadline, key); those without a deadline come last."""
    found = list(rows.filter(_later(after))[: size + 1])
    token = ""
    if len(found) > size:
        last = found[size - 1]
        token = f"{last.due or ''}.{last.pk}"
    return Page(rows=found[:size], first=not after, next=token)


def by_issue(rows: QuerySet[Any], after: str, size: int = SIZE) -> Page:
    """Return the papers after (moment of issue, code), which are ordered newest first."""
    found = list(rows.filter(_issued_before(after))[: size + 1])
    token = ""
    if len(found) > size:
        last = found[size - 1]
        token = f"{last.issued_at.isoformat()}.{last.pk}"
    return Page(rows=found[:size], first=not after, next=token)


def _issued_before(after: str) -> Q:
    moment, _dot, code = after.rpartition(".")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return Q()
    if at.tzinfo is None:
        return Q()
    return Q(issued_at__lt=at) | Q(issued_at=at, pk__gt=code)


def _later(after: str) -> Q:
    day, _dot, last_seen = after.partition(".")
    pk = number(last_seen)
    if pk is None:
        return Q()
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return Q(due=None, pk__gt=pk)
    return Q(due__gt=due) | Q(due=due, pk__gt=pk) | Q(due=None)


def without(query: QueryDict, *names: str) -> str:
    """Return the address's filters, encoded, leaving some names out."""
    kept = [(k, v) for k, v in query.items() if k not in names and v]
    return urlencode(kept)
