"""Which printing of a paper is the original, and which copy the others are.

Reads what was printed and what waits in a job; must not know who asks why.
"""

from collections.abc import Sequence

from django.db.models import Max

from notices.models import JobSheet, Paper, Printing
from permissions.models import Appointment
from registry import places


def prints_original(hat: Appointment, paper: Paper) -> bool:
    """Return whether a hat prints the original: its own office's, or one's below.

    A village may print the township's paper about it, as a copy; the original still
    waits in the township's queue.
    """
    return places.within(paper.issuer_id, hat.place_id)


def copy_numbers(papers: Sequence[Paper], hat: Appointment) -> dict[str, int]:
    """Return which copy a printing would be, by paper; 0 is the original.

    No two files that are printed or wait to be have the same number.
    """
    last: dict[str, int] = {}
    for rows in (
        Printing.objects.filter(paper__in=papers),
        JobSheet.objects.filter(paper__in=papers, open=True),
    ):
        highest = rows.order_by().values_list("paper_id").annotate(Max("copy"))
        for code, copy in highest:
            last[code] = max(copy, last.get(code, 0))
    return {
        paper.code: 0
        if paper.printed_at is None and prints_original(hat, paper)
        else last.get(paper.code, 0) + 1
        for paper in papers
    }


def in_hand(papers: Sequence[Paper], hat: Appointment) -> set[str]:
    """Return which papers wait in a job already, as far as this hat is concerned.

    A copy that another office prints keeps nobody from printing the original.
    """
    waiting = JobSheet.objects.filter(paper__in=papers, open=True)
    ours = {paper.code for paper in papers if prints_original(hat, paper)}
    return {
        code
        for code, copy, office in waiting.values_list(
            "paper_id", "copy", "job__asked_by__place_id"
        )
        if office == hat.place_id or (copy == 0 and code in ours)
    }
