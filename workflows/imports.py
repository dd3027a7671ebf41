"""Who may import spreadsheets, and the import's work in the background.

The rights stand here because the register knows no posts: clerks of township and
county check, the county's accepts, each over his own territory; asked when the page is
opened, when somebody accepts, and once more when a worker writes. Running a task
twice, or half of it, does no harm.
"""

import logging
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django_tasks import task

from permissions.models import Officer
from permissions.policy import standing
from permissions.posts import Post
from registry.models import ImportRun, RunState
from registry.sheets import acceptance, runs
from workflows import clock

logger = logging.getLogger(__name__)

CHECKERS: Final = (Post.COUNTY_CLERK, Post.TOWNSHIP_CLERK)
ACCEPTER: Final = Post.COUNTY_CLERK
# A worker killed in the middle leaves its import standing; after this it goes on.
PATIENCE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 3


def may_check(officer: AbstractBaseUser | None, place_code: str, on: date) -> bool:
    """Return whether the officer may have a file checked for that place."""
    return any(_stands(officer, post, place_code, on) for post in CHECKERS)


def may_accept(officer: AbstractBaseUser | None, place_code: str, on: date) -> bool:
    """Return whether the officer may accept what was checked for that place."""
    return _stands(officer, ACCEPTER, place_code, on)


@task()
def check_import(run_id: int) -> str:
    """Check a file; return the state that leads to."""
    run = ImportRun.objects.select_related("uploaded_by").get(pk=run_id)
    if not may_check(run.uploaded_by, run.place_id, clock.today()):
        runs.drop(run)
        return RunState.DROPPED
    return runs.check(run_id)


@task()
def write_import(run_id: int) -> int:
    """Write the villages accepted; return how many were written."""
    run = ImportRun.objects.select_related("accepted_by").get(pk=run_id)
    if not may_accept(run.accepted_by, run.place_id, clock.today()):
        acceptance.take_back(run)
        return 0
    return acceptance.write_chosen(run_id)


def queue(run: ImportRun) -> None:
    """Queue what an import waits for."""
    waited_for = write_import if run.state == RunState.ACCEPTING else check_import
    waited_for.enqueue(run.pk)


def resume(now: datetime) -> int:
    """Queue again what a killed worker left; give up what kills its workers."""
    working = [state for state in RunState if state.works]
    late = ImportRun.objects.filter(state__in=working, touched_at__lt=now - PATIENCE)
    for run in late:
        if run.attempts >= MOST_ATTEMPTS and run.state != RunState.ACCEPTING:
            runs.give_up(run)
        else:
            queue(run)
    return late.count()


def _stands(
    officer: AbstractBaseUser | None, post: Post, place_code: str, on: date
) -> bool:
    return isinstance(officer, Officer) and bool(
        standing(officer, post, place_code, on)
    )
