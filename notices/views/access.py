"""How a page gets its paper: through the officer's territory, or not at all.

A paper outside it answers 404, never 403, so that an address tells nothing.
"""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from notices.models import (
    Intake,
    Objection,
    Paper,
    Photo,
    Posting,
    PrintJob,
    ScanPage,
)
from permissions.models import Appointment
from permissions.policy import Territory
from registry import places


def hat_of(request: HttpRequest) -> Appointment:
    """Return the appointment in which the officer works now; 404 without one."""
    hat = cast("Any", request).hat
    if hat is None:
        raise Http404
    return cast("Appointment", hat)


def acting_hat_of(request: HttpRequest) -> Appointment:
    """Return the hat of an officer who may act; readers and administrators get 404."""
    hat = hat_of(request)
    if not hat.held.acts:
        raise Http404
    return hat


def territory_of(request: HttpRequest) -> Territory:
    """Return the places the officer may read."""
    return cast("Territory", cast("Any", request).territory)


def covered(request: HttpRequest, place_code: str) -> None:
    """Go on only when the officer may read this place; 404 otherwise."""
    if not territory_of(request).covers(place_code):
        raise Http404


def paper_or_404(request: HttpRequest, code: str) -> Paper:
    """Return a paper within reach, with whom it names."""
    papers = Paper.objects.select_related(
        "issuer", "place", "household", "issued_by", "superseded_by", "printed_by"
    )
    paper = get_object_or_404(papers, pk=code)
    covered(request, paper.place_id)
    return paper


def job_or_404(request: HttpRequest, pk: int) -> PrintJob:
    """Return a print job about a place within reach."""
    jobs = PrintJob.objects.select_related("place", "household", "asked_by__officer")
    job = get_object_or_404(jobs, pk=pk)
    covered(request, job.place_id)
    return job


def is_own(request: HttpRequest, job: PrintJob) -> bool:
    """Return whether a job is of this hat's office, or of one below."""
    return places.within(job.asked_by.place_id, hat_of(request).place_id)


def own_job_or_404(request: HttpRequest, pk: int) -> PrintJob:
    """Return a job whose printing this office may report; another's only reads."""
    job = job_or_404(request, pk)
    if not is_own(request, job):
        raise Http404
    return job


def photo_or_404(request: HttpRequest, pk: int) -> Photo:
    """Return a photo of a place within reach."""
    photo = get_object_or_404(Photo, pk=pk)
    covered(request, photo.place_id)
    return photo


def posting_or_404(request: HttpRequest, pk: int) -> Posting:
    """Return where a notice of a place within reach hangs."""
    posting = get_object_or_404(Posting.objects.select_related("paper"), pk=pk)
    covered(request, posting.paper.place_id)
    return posting


def objection_or_404(request: HttpRequest, pk: int) -> Objection:
    """Return an objection to a notice of a place within reach."""
    objections = Objection.objects.select_related(
        "paper__place", "household", "handler", "answer_paper", "recorded_by__place"
    )
    objection = get_object_or_404(objections, pk=pk)
    covered(request, objection.paper.place_id)
    return objection


def objections_in_reach(request: HttpRequest) -> QuerySet[Objection]:
    """Return the objections to notices of every place the officer may read."""
    reach = cast("Any", request).territory.q("paper__place_id")
    return Objection.objects.filter(reach).select_related(
        "paper__place", "household", "handler"
    )


def intake_or_404(request: HttpRequest, pk: int) -> Intake:
    """Return a heap within reach."""
    found = get_object_or_404(
        Intake.objects.select_related("place", "taken_by__officer"), pk=pk
    )
    covered(request, found.place_id)
    return found


def own_hat(request: HttpRequest, found: Intake) -> Appointment:
    """Return the hat of an officer whose office took the heap in; 404 for others."""
    hat = acting_hat_of(request)
    if hat.place_id != found.place_id:
        raise Http404
    return hat


def scan_page_or_404(request: HttpRequest, pk: int) -> ScanPage:
    """Return a scanned page within reach."""
    pages = ScanPage.objects.select_related(
        "file__intake__place",
        "file__intake__taken_by",
        "photo",
        "paper__household",
        "paper__place",
        "paper__superseded_by",
        "settled_by",
        "confirmed_by",
    )
    found = get_object_or_404(pages, pk=pk)
    covered(request, found.file.intake.place_id)
    return found
