"""Whether the house stands: two addresses for machines, and a list for its keeper.

Strangers hear one word. A worker that is late does not take the pages away, so it is
`impaired`, not `unready`: a balancer that dropped every web host for it would make a
small trouble a large one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflows import clock, heartbeat
from workflows.models import Entry
from workflows.witness import checkpoints

LATE = timedelta(minutes=15)
# An import and a large print file fit into this much.
MEDIA_FREE_BYTES = 512 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        grave: no page can be answered while it lasts.
    """

    text: str
    grave: bool


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer without asking anything: the process is there."""
    return HttpResponse("live\n", content_type="text/plain")


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer ready or impaired with 200, unready with 503; `manage.py health` why."""
    found = findings()
    grave = any(one.grave for one in found)
    word = "unready" if grave else "impaired" if found else "ready"
    status = 503 if grave else 200
    return HttpResponse(f"{word}\n", content_type="text/plain", status=status)


def findings() -> list[Finding]:
    """Return everything that is wrong now; a database that is gone hides the rest."""
    found = list(room(Path(settings.MEDIA_ROOT), MEDIA_FREE_BYTES))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        for look in LOOKS:
            found += look()
    except DatabaseError as error:
        found.append(Finding(f"数据库：{type(error).__name__}", grave=True))
    return found


def room(media: Path, free_bytes: int) -> Iterator[Finding]:
    """Ask whether files can be stored."""
    there = next(path for path in (media, *media.parents) if path.exists())
    if shutil.disk_usage(there).free < free_bytes:
        yield Finding("附件磁盘空间不足", grave=True)
    if not os.access(there, os.W_OK):
        yield Finding("附件目录不能写入", grave=True)


def migrations() -> Iterator[Finding]:
    """Ask whether the tables are those of this program."""
    missing = _wanted() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        yield Finding(f"有 {len(missing)} 个数据库迁移未执行", grave=True)


def worker() -> Iterator[Finding]:
    """Ask when the worker last gave a sign."""
    last, now = heartbeat.last(), clock.wall()
    if last is None or last < now - LATE:
        yield Finding(f"后台任务无心跳，最近一次 {_moment(last)}", grave=False)


def witness() -> Iterator[Finding]:
    """Ask whether a line of the ledger has waited too long for its checkpoint."""
    now, newest = clock.now(), checkpoints.latest()
    older = Entry.objects.filter(at__lt=now - LATE).order_by("-pk").first()
    if older and (newest is None or newest.at < older.at):
        at = newest.at if newest else None
        yield Finding(f"账本校验点滞后，最近一次 {_moment(at)}", grave=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (migrations, worker, witness)


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "—"
