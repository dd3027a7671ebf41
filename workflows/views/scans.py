"""Signed sheets of one list come back: the desk's way into `notices.scans`."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from notices import kinds
from notices.scans.intake import Purpose
from notices.scans.waiting import RETURNING
from notices.views.access import acting_hat_of
from notices.views.scans import page_of_upload, take_in
from workflows.models import Batch
from workflows.procedure import named
from workflows.views.access import batch_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def batch_scans(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take in the signed sheets of one kind for the households of a list."""
    batch = batch_or_404(request, pk)
    hat = acting_hat_of(request)
    if kind not in RETURNING or not _signed_here(batch, kind):
        raise Http404
    shown: dict[str, Any] = {
        "expected": f"{batch.number} {kinds.named(kind).label}",
        "back": reverse("workflows:batch", args=[batch.pk]),
    }
    if request.method != "POST":
        return page_of_upload(request, **shown)
    purpose = Purpose(
        place_id=hat.place_id,
        kind=kind,
        about=batch.about,
        subjects=_subjects(batch),
        title=batch.number,
    )
    return take_in(request, purpose, **shown)


def _signed_here(batch: Batch, kind: str) -> bool:
    return any(kind in step.forms for step in named(batch.procedure).steps)


def _subjects(batch: Batch) -> list[str]:
    """Return the words under which the list's and its households' papers go."""
    cases = batch.cases.filter(closed_on=None).order_by("pk")
    return [batch.about, *(case.about for case in cases)]
