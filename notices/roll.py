"""The roll of a place: what an auditor takes along to check papers without a network.

One page that needs no server. Tells no more than the public check page tells of a
household's paper: its number, its date, what it is worth, and the sum of its file.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notices import kinds
from notices.models import Paper, PaperState
from registry import places


def page(place_code: str, *, at: datetime) -> str:
    """Return the roll of a place and all below it as one HTML page."""
    first, last = places.span(place_code)
    papers = Paper.objects.filter(place_id__gte=first, place_id__lte=last)
    papers = papers.select_related("signature").order_by("code")
    # Chinese like the papers it is held against.
    with translation.override(settings.LANGUAGE_CODE):
        rows = [_row(paper) for paper in papers.iterator(chunk_size=500)]
        context = {"rows": rows, "place": place_code, "at": at}
        return render_to_string("notices/roll.html", context)


def _row(paper: Paper) -> list[Any]:
    signature = getattr(paper, "signature", None)
    return [
        paper.code,
        kinds.named(paper.kind).title,
        paper.number,
        timezone.localtime(paper.issued_at).date().isoformat(),
        str(PaperState(paper.state).label) + ("（演练）" if paper.training else ""),
        signature.sha256 if signature else paper.sha256,
    ]
