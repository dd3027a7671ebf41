"""What waits to be printed, by village and kind, and which jobs there are.

Reads only, in a constant number of statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from notices import kinds
from notices.models import LIVE, JobSheet, Paper, PaperState, PrintJob

# A group is named by the code of its place and its kind in an address and a form.
_BETWEEN = ":"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The papers of one kind in one village that are not printed yet."""

    place_id: str
    place_name: str
    kind: str
    papers: int
    # Pages of those laid out already; `unknown` counts the others.
    pages: int
    unknown: int

    @property
    def key(self) -> str:
        """Return the name of the group in a form."""
        return f"{self.place_id}{_BETWEEN}{self.kind}"

    @property
    def title(self) -> str:
        """Return what the papers are called, in the reader's language."""
        return kinds.named(self.kind).label


def unprinted(issuer_id: str) -> QuerySet[Paper]:
    """Return the papers an office has issued and nobody has printed yet."""
    return Paper.objects.filter(
        issuer_id=issuer_id, state=PaperState.ISSUED, printed_at=None
    )


def waiting(issuer_id: str) -> QuerySet[Paper]:
    """Return those of the unprinted papers whose original is in no live job."""
    taken = JobSheet.objects.filter(paper=OuterRef("pk"), open=True, copy=0)
    return unprinted(issuer_id).filter(~Exists(taken))


def groups(issuer_id: str) -> list[Group]:
    """Return what an office has to print today, by village and kind."""
    rows = (
        waiting(issuer_id)
        .order_by("place_id", "kind")
        .values("place_id", "kind", place_name=F("place__name"))
        .annotate(
            papers=Count("pk"),
            laid=Sum("pages"),
            unknown=Count("pk", filter=Q(pages=None)),
        )
    )
    return [
        Group(
            place_id=row["place_id"],
            place_name=row["place_name"],
            kind=row["kind"],
            papers=row["papers"],
            pages=row["laid"] or 0,
            unknown=row["unknown"],
        )
        for row in rows
    ]


def of_groups(issuer_id: str, keys: Sequence[str]) -> QuerySet[Paper]:
    """Return the waiting papers of the groups so named."""
    chosen = Q(pk=None)
    for key in keys:
        place_id, _between, kind = key.partition(_BETWEEN)
        chosen |= Q(place_id=place_id, kind=kind)
    return waiting(issuer_id).filter(chosen)


def jobs(office_id: str) -> QuerySet[PrintJob]:
    """Return the jobs an office asked for, newest first."""
    asked_here = PrintJob.objects.filter(asked_by__place_id=office_id)
    return asked_here.select_related(
        "place", "household", "asked_by__officer"
    ).order_by("-pk")


def live(office_id: str) -> int:
    """Return how many jobs of an office are not over."""
    return PrintJob.objects.filter(asked_by__place_id=office_id, state__in=LIVE).count()


def amount(found: Sequence[Group]) -> tuple[int, int, int]:
    """Return papers, pages and papers whose pages are unknown, all groups together."""
    return (
        sum(group.papers for group in found),
        sum(group.pages for group in found),
        sum(group.unknown for group in found),
    )
