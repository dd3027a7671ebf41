"""Who may agree to an export, and its making in the background.

The second person is another officer who holds a county post over the place; over a whole
prefecture, where no county sits, another of its office. Running a task twice, or half of
it, does no harm.
"""

from datetime import date, datetime
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django_tasks import task

from permissions.models import Appointment, Officer
from permissions.policy import standing
from permissions.posts import Post
from registry.exports import asking, making
from registry.models import Export, ExportState
from registry.places import Level, level_of
from workflows import clock, queries

SECONDS: Final = (Post.COUNTY_LEADER, Post.COUNTY_CLERK)


def may_agree(officer: AbstractBaseUser, export: Export, on: date) -> bool:
    """Return whether the officer may be the second person of an export."""
    if not isinstance(officer, Officer) or officer.pk == export.asked_by_id:
        return False
    above = level_of(export.place_id) in {Level.PROVINCE, Level.PREFECTURE}
    posts = (Post.PREFECTURE_OFFICE,) if above else SECONDS
    return any(standing(officer, post, export.place_id, on) for post in posts)


def waiting(hat: Appointment, at: datetime) -> QuerySet[Export]:
    """Return the exports that wait for this hat to agree: `may_agree` as a filter."""
    others = asking.waiting(at).exclude(asked_by=hat.officer_id)
    if hat.held in SECONDS:
        return others.filter(queries.below(hat.place_id))
    if hat.held == Post.PREFECTURE_OFFICE:
        return others.filter(place=hat.place_id)
    return others.none()


def queue(export: Export) -> None:
    """Queue the making of a file that waits for it."""
    if export.state == ExportState.WAITING:
        make_export.enqueue(export.pk)


@task()
def make_export(export_id: int) -> bool:
    """Make the file of an export that waits; return whether this run made it."""
    return making.make(export_id, clock.wall)


def resume(now: datetime) -> int:
    """Queue again what a killed worker left; return how many exports that were."""
    left = making.left_behind(now)
    for export_id in left:
        make_export.enqueue(export_id)
    return len(left)
