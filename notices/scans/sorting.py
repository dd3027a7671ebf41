"""Sorting pages to their papers: matched, doubled, out of force, not ours.

Knows papers and whose territory they lie in; decides nothing an officer settled.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction

from notices import marks
from notices.models import Intake, PageStanding, Paper, PaperState, ScanPage
from permissions.policy import Territory

# What follows from the paper the code names; the rest follows from the picture, or
# from what an officer said.
_BY_PAPER: Final = (
    PageStanding.MATCHED,
    PageStanding.DOUBLED,
    PageStanding.SUPERSEDED,
    PageStanding.WITHDRAWN,
    PageStanding.FOREIGN,
)
_OUT_OF_FORCE: Final = {
    PaperState.SUPERSEDED: PageStanding.SUPERSEDED,
    PaperState.WITHDRAWN: PageStanding.WITHDRAWN,
}


def first_standing(code: str, mac: str, *, blank: bool) -> PageStanding:
    """Return what a page is worth before its paper is looked for."""
    if blank:
        return PageStanding.BLANK
    if not code:
        return PageStanding.UNREADABLE
    return PageStanding.MATCHED if marks.seals(code, mac) else PageStanding.FORGED


@transaction.atomic
def sort(intake: Intake) -> None:
    """Give every page of a heap that is not confirmed its paper and its standing.

    Effects: paper, sheet and standing of those pages; doing it twice changes nothing.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    pages = ScanPage.objects.filter(file__intake=intake, confirmed_at=None)
    pages = pages.filter(standing__in=_BY_PAPER, photo__isnull=False)
    ordered = list(pages.select_related("photo").order_by("file_id", "number", "part"))
    papers = Paper.objects.in_bulk({page.code for page in ordered})
    reach = Territory.of([intake.taken_by])
    heaps: dict[str, list[ScanPage]] = {}
    for page in ordered:
        paper = papers.get(page.code)
        if paper is None or not reach.covers(paper.place_id):
            page.paper, page.standing = None, PageStanding.FOREIGN
            continue
        page.paper = paper
        out = _OUT_OF_FORCE.get(PaperState(paper.state))
        page.standing = out or PageStanding.MATCHED
        if out is None:
            heaps.setdefault(paper.pk, []).append(page)
    confirmed = _confirmed(heaps)
    for code, heap in heaps.items():
        _number(heap, papers[code].pages or 1, confirmed.get(code, []))
    ScanPage.objects.bulk_update(ordered, ["paper", "standing", "sheet"])


def _confirmed(codes: Iterable[str]) -> dict[str, list[ScanPage]]:
    found: dict[str, list[ScanPage]] = {}
    rows = ScanPage.objects.filter(paper__in=codes, confirmed_at__isnull=False)
    for page in rows.select_related("photo"):
        found.setdefault(str(page.paper_id), []).append(page)
    return found


def _number(pages: list[ScanPage], total: int, confirmed: Sequence[ScanPage]) -> None:
    """Say which page of the paper each is: as the officer said, else in file order.

    A code tells the paper, not the page of it.
    """
    taken = {page.sheet for page in confirmed}
    seen = {_picture(page) for page in confirmed}
    # A page chosen instead of a confirmed one takes its place.
    taken -= {page.sheet for page in pages if page.preferred}
    for page in sorted(pages, key=lambda one: (not one.preferred, one.sheet is None)):
        free = [n for n in range(1, total + 1) if n not in taken]
        sheet = page.sheet if page.sheet in free else next(iter(free), None)
        if sheet is None or _picture(page) in seen:
            page.standing = PageStanding.DOUBLED
            continue
        page.sheet = sheet
        taken.add(sheet)
        seen.add(_picture(page))


def _picture(page: ScanPage) -> str:
    return page.photo.sha256 if page.photo else ""
