"""How a page gets its object: through the officer's territory, or not at all.

A place outside it answers 404, never 403, so that an address tells nothing.
"""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from permissions.models import Appointment, Officer
from permissions.policy import Territory
from registry.models import Household, Place
from registry.places import within
from workflows.machine import Step
from workflows.models import Batch, Case

# Middleware puts `hat` and `territory` on every request.
Asked = Any


def hat_of(request: HttpRequest) -> Appointment:
    """Return the appointment in which the officer works now; 404 without one."""
    hat = cast(Asked, request).hat
    if hat is None:
        raise Http404
    return cast(Appointment, hat)


def officer_of(request: HttpRequest) -> Officer:
    """Return who is logged in; every page of this floor asks for that."""
    return cast(Officer, request.user)


def territory_of(request: HttpRequest) -> Territory:
    """Return the places the officer may read."""
    return cast(Territory, cast(Asked, request).territory)


def covered(request: HttpRequest, code: str) -> None:
    """Go on only when the officer may read this place; 404 otherwise."""
    if not territory_of(request).covers(code):
        raise Http404


def batch_or_404(request: HttpRequest, pk: int) -> Batch:
    """Return a batch within reach, with its place and rulebook."""
    batches = Batch.objects.select_related("place", "rulebook", "opened_by__place")
    batch = get_object_or_404(batches, pk=pk)
    covered(request, batch.place_id)
    return batch


def case_or_404(request: HttpRequest, pk: int) -> Case:
    """Return a case within reach, with its household and batch."""
    cases = Case.objects.select_related(
        "household", "place", "batch__place", "batch__rulebook"
    )
    case = get_object_or_404(cases, pk=pk)
    covered(request, case.place_id)
    return case


def household_or_404(request: HttpRequest, pk: int) -> Household:
    """Return a household within reach."""
    household = get_object_or_404(Household.objects.select_related("place"), pk=pk)
    covered(request, household.place_id)
    return household


def place_or_404(request: HttpRequest, code: str) -> Place:
    """Return a place within reach."""
    place = get_object_or_404(Place, code=code)
    covered(request, place.code)
    return place


def in_reach(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows whose place the officer may read."""
    return rows.filter(territory_of(request).q())


def sits_at(hat: Appointment, step: Step, place_code: str) -> bool:
    """Return whether this hat is the one that works at a step for a place.

    The act itself asks again; this only decides which page is shown.
    """
    return hat.post == step.post and within(place_code, hat.place_id)
