"""How a page gets its round, list, file or hit: through the officer's territory.

County offices, the prefecture and auditors read a round; a township's offices read it
with the hits of their own villages. For others it is not there.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from permissions.models import Appointment
from permissions.posts import Post
from registry.places import within
from workflows.models import ComparisonRound, DepartmentFile, Match, RoundDepartment
from workflows.views.access import covered, hat_of, territory_of

READERS = Post.COUNTY | Post.TOWNSHIP | Post.READERS


def rounds_in_reach(request: HttpRequest) -> QuerySet[ComparisonRound]:
    """Return the rounds the officer may read, newest first; none for a village."""
    hat = reader(request)
    rows = ComparisonRound.objects.select_related("place", "opened_by__officer")
    if hat.held in Post.TOWNSHIP:
        return rows.filter(place__children=hat.place_id).order_by("-pk")
    return rows.filter(territory_of(request).q()).order_by("-pk")


def reader(request: HttpRequest) -> Appointment:
    """Return the hat of an officer who may read comparisons; 404 for others."""
    hat = hat_of(request)
    if hat.held not in READERS:
        raise Http404
    return hat


def round_or_404(request: HttpRequest, pk: int) -> ComparisonRound:
    """Return a round within reach."""
    rows = ComparisonRound.objects.select_related(
        "place", "rulebook", "opened_by__officer"
    )
    found = get_object_or_404(rows, pk=pk)
    _reads(request, found)
    return found


def department_or_404(request: HttpRequest, pk: int) -> RoundDepartment:
    """Return a department's list of a round of the officer's county."""
    rows = RoundDepartment.objects.select_related(
        "round__place", "round__rulebook", "round__opened_by", "released_by"
    )
    found = get_object_or_404(rows, pk=pk)
    own_county(request, found.round)
    return found


def file_or_404(request: HttpRequest, pk: int) -> DepartmentFile:
    """Return a department's file of a round the whole of which the officer reads."""
    rows = DepartmentFile.objects.select_related(
        "department__round__place", "received_by__officer"
    )
    found = get_object_or_404(rows, pk=pk)
    reader(request)
    covered(request, found.department.round.place_id)
    return found


def match_or_404(request: HttpRequest, pk: int) -> Match:
    """Return a hit about a household within reach."""
    rows = Match.objects.select_related(
        "round__place",
        "round__rulebook",
        "household",
        "place",
        "person",
        "kin",
        "file__department",
        "decided_by__officer",
    )
    found = get_object_or_404(rows, pk=pk)
    reader(request)
    covered(request, found.place_id)
    return found


def matches_in_reach(request: HttpRequest, round_: ComparisonRound) -> QuerySet[Match]:
    """Return the standing hits of a round in the villages the officer reads."""
    return Match.objects.filter(territory_of(request).q(), round=round_, standing=True)


def own_county(request: HttpRequest, round_: ComparisonRound) -> Appointment:
    """Return the hat of an officer of the county whose round it is; 404 for others."""
    hat = hat_of(request)
    if hat.held not in Post.COUNTY or hat.place_id != round_.place_id:
        raise Http404
    return hat


def sees_all(request: HttpRequest, round_: ComparisonRound) -> bool:
    """Return whether the officer reads the whole round, not only his township's."""
    return bool(territory_of(request).covers(round_.place_id))


def _reads(request: HttpRequest, round_: ComparisonRound) -> None:
    hat: Any = reader(request)
    if hat.held in Post.TOWNSHIP and within(hat.place_id, round_.place_id):
        return
    covered(request, round_.place_id)
