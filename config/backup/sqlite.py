"""Snapshot and restore of SQLite: one file, copied by SQLite itself.

A restored file is proved beside the one in use and takes its place in one rename.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

FILE = "database.sqlite3"
COPY = "backup_copy"


@contextmanager
def snapshot(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[str]:
    """Copy the database in one step; yield the alias under which the copy is read."""
    connection.ensure_connection()
    path = folder / FILE
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    with _opened(connection, path) as alias:
        yield alias


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a restore would overwrite nothing."""
    return not connection.introspection.table_names()


def restore(
    connection: BaseDatabaseWrapper, source: Path, prove: Callable[[str], None]
) -> None:
    """Prove a copy beside the database, then put it in its place."""
    target = Path(connection.settings_dict["NAME"])
    staged = target.with_name(target.name + ".restoring")
    shutil.copyfile(source, staged)
    try:
        with _opened(connection, staged) as alias:
            prove(alias)
        connection.close()
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        staged.replace(target)
    finally:
        for ending in ("", "-wal", "-shm"):
            staged.with_name(staged.name + ending).unlink(missing_ok=True)


@contextmanager
def _opened(connection: BaseDatabaseWrapper, path: Path) -> Iterator[str]:
    """Open one more database like the first; closing it folds its log back in."""
    copy = connection.copy(COPY)
    copy.settings_dict["NAME"] = str(path)
    connections[COPY] = copy
    try:
        yield COPY
    finally:
        copy.close()
        del connections[COPY]
