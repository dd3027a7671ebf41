"""A sign of life a minute: the clock queues it, the worker carries it out.

One finished sign proves both, so there is no table of its own. By the wall clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from workflows import clock

# The trace of an hour is kept for whoever looks why the worker was late.
KEPT = timedelta(hours=1)
FIRST = 100


@task(priority=FIRST)
def beat() -> None:
    """Be carried out; throw away old signs."""
    _signs().filter(finished_at__lt=clock.wall() - KEPT).delete()


def send() -> None:
    """Queue a sign, unless the last one still waits."""
    if not _signs().filter(status=TaskResultStatus.READY).exists():
        beat.enqueue()


def last() -> datetime | None:
    """Return when a worker last carried one out; the queue's own clock says it."""
    done = _signs().filter(status=TaskResultStatus.SUCCESSFUL)
    return done.order_by("-finished_at").values_list("finished_at", flat=True).first()


def _signs() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=beat.module_path)
