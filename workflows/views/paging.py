"""Pages of a long list by the last key seen, never by counting rows away."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of rows; `next` is the key after which the next page begins."""

    rows: list[Any]
    first: bool
    next: str
    start: int = 1


def page_of(rows: QuerySet[Any], key: str, after: str, size: int = SIZE) -> Page:
    """Return the rows after a key in ascending order of a unique column."""
    asked = rows.filter(**{f"{key}__gt": after}) if after else rows
    found = list(asked.order_by(key)[: size + 1])
    more = len(found) > size
    shown = found[:size]
    return Page(
        rows=shown,
        first=not after,
        next=str(getattr(shown[-1], key)) if more else "",
    )


def without(query: QueryDict, *names: str) -> str:
    """Return the address's filters, encoded, leaving some names out."""
    kept = [(k, v) for k, v in query.items() if k not in names and v]
    return urlencode(kept)
