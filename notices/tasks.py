"""Rendering after commit, in the background; a failure never loses the act.

Knows papers as rows; must not know why one was issued. Running a task twice, or half
of it, does no harm.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django_tasks import task

from notices import filing
from notices.models import Paper
from notices.press import Unrendered, render, workshop

logger = logging.getLogger(__name__)

ATTEMPTS = 3

# A worker killed in the middle leaves its papers waiting; after this they are queued
# again by `resume`.
PATIENCE = timedelta(minutes=5)

_LONGEST_ERROR = 2000


@task()
def render_papers(codes: list[str]) -> int:
    """Render those of the papers that have no PDF yet; return how many were made."""
    waiting = Paper.objects.filter(
        code__in=codes, rendered_at__isnull=True, attempts__lt=ATTEMPTS
    )
    results = [attempt(paper) for paper in waiting]
    if results and not all(results):
        again = waiting.filter(attempts__lt=ATTEMPTS).values_list("code", flat=True)
        queue(list(again))
    return sum(results)


def queue(codes: Sequence[str]) -> None:
    """Queue the papers as one task."""
    if codes:
        render_papers.enqueue(list(codes))


def resume(now: datetime) -> int:
    """Queue again what has waited too long; return how many papers that were."""
    late = Paper.objects.filter(
        rendered_at__isnull=True, attempts__lt=ATTEMPTS, issued_at__lt=now - PATIENCE
    )
    codes = list(late.values_list("code", flat=True))
    queue(codes)
    return len(codes)


def attempt(paper: Paper) -> bool:
    """Render one paper; return whether it has its PDF, and note the error if not."""
    try:
        pdf(paper)
    except Unrendered as error:
        note_failure(paper, error)
        return False
    return True


def note_failure(paper: Paper, error: Unrendered) -> None:
    """Count a failed attempt and keep its error with the paper."""
    logger.warning("paper %s: %s", paper.code, error)
    Paper.objects.filter(pk=paper.pk).update(
        attempts=F("attempts") + 1, last_error=str(error)[:_LONGEST_ERROR]
    )


def pdf(paper: Paper) -> bytes:
    """Return the stored PDF, making and storing it first if there is none.

    Raises: Unrendered when it cannot be laid out.
    """
    return filing.stored(paper) or filing.keep(paper, rendered(paper))


def rendered(paper: Paper) -> bytes:
    """Return the PDF computed afresh from the frozen facts.

    Raises: Unrendered when it cannot be laid out.
    """
    return _laid_out(paper)


def poster(paper: Paper) -> bytes:
    """Return the large-type A3 copy of a notice: the same facts, stored nowhere.

    Raises: Unrendered when it cannot be laid out.
    """
    return _laid_out(paper, poster=True)


def _laid_out(paper: Paper, **how: Any) -> bytes:
    return workshop.run(
        render.render_pdf,
        paper.kind,
        paper.context,
        number=paper.number,
        code=paper.code,
        issued_at=paper.issued_at,
        watermark=render.TRAINING if paper.training else None,
        witness=paper.witness,
        **how,
    )
