"""What lies on whose desk: lists and counts for work list and places.

Every function is a constant number of statements whatever the size; a hat
(appointment) decides what is seen. Changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from permissions.models import Appointment
from permissions.policy import Territory
from permissions.posts import Post
from registry.places import span
from workflows.machine import Step
from workflows.models import Batch, Entry
from workflows.procedure import registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """The figures on top of the work list; households counted as open cases."""

    todo: int
    returned: int
    posted: int
    late: int


def steps_of_post(post: Post) -> list[tuple[str, Step]]:
    """Return (procedure slug, step) for every step of a post."""
    return [
        (procedure.slug, step)
        for procedure in registered()
        for step in procedure.steps
        if step.post == post
    ]


def below(place_code: str, field: str = "place_id") -> Q:
    """Return the condition "at or below this place" as one range."""
    low, high = span(place_code)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def at_desk(hat: Appointment) -> QuerySet[Batch]:
    """Return open batches whose present step belongs to this hat, clocks included."""
    mine = Q(pk__in=[])
    for slug, step in steps_of_post(Post(hat.post)):
        mine |= Q(procedure=slug, step=step.name)
    return Batch.objects.filter(mine, below(hat.place_id), closed_on=None)


def todo(hat: Appointment) -> QuerySet[Batch]:
    """Return what this hat has to act upon, the most urgent first."""
    return by_urgency(at_desk(hat).filter(clock_until=None))


def returned(hat: Appointment) -> QuerySet[Batch]:
    """Return lists on this desk that came back as follow-up batches."""
    return todo(hat).filter(parent__isnull=False)


def in_publicity(territory: Territory) -> QuerySet[Batch]:
    """Return batches whose notice hangs, in everything the officer may see."""
    running = Batch.objects.filter(territory.q("place_id"), clock_until__isnull=False)
    return figures(running.filter(closed_on=None)).order_by("clock_until", "pk")


def done(hat: Appointment) -> QuerySet[Batch]:
    """Return batches this officer has acted upon, the latest first."""
    acted = Entry.objects.filter(actor_id=hat.officer_id).values("batch_id")
    found = Batch.objects.filter(below(hat.place_id), pk__in=acted)
    return figures(found).order_by("-pk")


def by_urgency(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Return batches with their figures, by deadline, undated ones last."""
    return figures(batches).order_by(F("due").asc(nulls_last=True), "pk")


def figures(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Annotate ``households`` and ``persons`` of the open cases, and fetch places."""
    still = Q(cases__closed_on=None)
    return batches.select_related("place", "place__parent", "rulebook").annotate(
        households=Count("cases", filter=still),
        persons=Sum("cases__household__size", filter=still, default=0),
    )


def counters(hat: Appointment, *, today: date) -> Counters:
    """Return the figures on top of the work list, in one statement."""
    idle = Q(clock_until=None)
    found = at_desk(hat).aggregate(
        todo=Count("pk", filter=idle),
        returned=Count("pk", filter=idle & Q(parent__isnull=False)),
        posted=Count("pk", filter=~idle),
        late=Count("pk", filter=idle & Q(due__lt=today)),
    )
    return Counters(**found)


def batches_for(territory: Territory) -> QuerySet[Batch]:
    """Return every batch the officer may see."""
    return figures(Batch.objects.filter(territory.q("place_id")))
