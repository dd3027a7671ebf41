"""Snapshot and restore of PostgreSQL through its own pg_dump and pg_restore.

A restore moves the schema in use aside and drops it only when the new one is proved;
on any failure the old one comes back.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from config.backup.manifest import Unfit

FILE = "database.dump"
PROGRAMS = Path("/usr/lib/postgresql")
# A dump of millions of rows takes longer than any page may.
PATIENCE = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
# The dump makes the schema anew.
SET_ASIDE = ("ALTER SCHEMA public RENAME TO before_restore",)
TAKE_BACK = (
    "DROP SCHEMA IF EXISTS public CASCADE",
    "ALTER SCHEMA before_restore RENAME TO public",
)


@contextmanager
def snapshot(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[str]:
    """Dump one state of the database, and let the caller read the very same state."""
    with transaction.atomic(connection.alias, durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            _all(connection, PATIENCE)
            cursor.execute("SELECT pg_export_snapshot()")
            (state,) = cursor.fetchone()
        dump = ["--format=custom", "--schema=public", "--no-owner", "--no-privileges"]
        _run(
            connection,
            "pg_dump",
            *dump,
            f"--snapshot={state}",
            f"--file={folder / FILE}",
        )
        yield connection.alias


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a restore would overwrite nothing."""
    return not connection.introspection.table_names()


def restore(
    connection: BaseDatabaseWrapper, source: Path, prove: Callable[[str], None]
) -> None:
    """Put the dump in the place of what is there; all of it, proved, or nothing."""
    program("pg_restore")
    with transaction.atomic(connection.alias, durable=True):
        _all(connection, SET_ASIDE)
    try:
        _run(
            connection,
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            f"--dbname={connection.settings_dict['NAME']}",
            str(source),
        )
        prove(connection.alias)
    except BaseException:
        with transaction.atomic(connection.alias, durable=True):
            _all(connection, (*PATIENCE, *TAKE_BACK))
        raise
    with transaction.atomic(connection.alias, durable=True):
        _all(connection, (*PATIENCE, "DROP SCHEMA before_restore CASCADE"))
    connection.close()


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; raises Unfit."""
    newest = sorted(PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
    found = next((str(p / name) for p in newest[::-1] if (p / name).exists()), None)
    if found := found or shutil.which(name):
        return found
    raise Unfit(f"{name} is not installed (Debian: postgresql-client).")


def _run(connection: BaseDatabaseWrapper, name: str, *arguments: str) -> None:
    """Run a program with the database's address in the environment, out of `ps`."""
    given = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
    }
    address = {names[key]: str(given[key]) for key in names if given.get(key)}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program(name), *arguments],
        env={**os.environ, **address},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unfit(f"{name}: {done.stderr.strip() or done.returncode}")


def _all(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
