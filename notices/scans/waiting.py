"""Which papers wait for their signed sheet, and which have it.

Reads only; `about` is an opaque word.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from notices import kinds
from notices.models import (
    SIGNED_SHEET,
    Intake,
    PageStanding,
    Paper,
    PaperState,
    Photo,
    ScanPage,
)
from registry import places

MOST_SHOWN: Final = 300
# A heap without a list asks for the papers of a year, not of all years.
_FRESH: Final = timedelta(days=365)

# Filled in by hand although nobody signs at the foot.
_BY_HAND: Final = frozenset({"sign_in", "ballot"})
RETURNING: Final = frozenset(
    code for code, kind in kinds.KINDS.items() if kind.signers or code in _BY_HAND
)


def expected(intake: Intake) -> QuerySet[Paper]:
    """Return the papers in force that this heap may bring back."""
    papers = Paper.objects.filter(state=PaperState.ISSUED)
    if intake.kind:
        papers = papers.filter(kind=intake.kind)
    else:
        papers = papers.filter(kind__in=RETURNING)
    if intake.subjects:
        return papers.filter(about__in=intake.subjects)
    first, end = places.span(intake.place_id)
    return papers.filter(
        place_id__gte=first, place_id__lt=end, issued_at__gte=intake.taken_at - _FRESH
    )


def missing(intake: Intake) -> QuerySet[Paper]:
    """Return the expected papers of which no sheet has come, confirmed or in the heap."""
    here = ScanPage.objects.filter(
        file__intake=intake, standing=PageStanding.MATCHED
    ).values("paper_id")
    found = expected(intake).exclude(signed_sheets__purpose=SIGNED_SHEET)
    found = found.exclude(pk__in=here).select_related("household", "place")
    return found.order_by("place_id", "household__group", "household__number", "number")


def returned(abouts: Collection[str]) -> dict[str, int]:
    """Return per kind how many papers in force about these have come back signed."""
    rows = (
        Photo.objects.filter(paper__about__in=abouts, purpose=SIGNED_SHEET)
        .filter(paper__state=PaperState.ISSUED)
        .values_list("paper__kind")
        .annotate(Count("paper_id", distinct=True))
        .order_by()
    )
    return dict(rows)


def sheets_of(abouts: Collection[str], paper_kinds: Collection[str]) -> QuerySet[Photo]:
    """Return the signed sheets of papers in force about these, newest first."""
    return (
        Photo.objects.filter(
            about__in=abouts, purpose=SIGNED_SHEET, paper__kind__in=paper_kinds
        )
        .filter(paper__state=PaperState.ISSUED)
        .select_related("paper")
        .order_by("-pk")
    )


def tally(intake: Intake) -> dict[str, int]:
    """Return how many pages of a heap have each standing; `confirmed` apart."""
    pages = ScanPage.objects.filter(file__intake=intake)
    confirmed = Count("pk", filter=Q(confirmed_at__isnull=False))
    rows = pages.values_list("standing").annotate(Count("pk"), confirmed).order_by()
    found = {standing: number - done for standing, number, done in rows}
    return found | {"confirmed": sum(done for _s, _n, done in rows)}
