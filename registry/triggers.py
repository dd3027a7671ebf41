"""The database's own guard that some rows are only ever added.

Changes and openings are here; packages above name their own tables with `guard`. It
must not know what they record. SQLite gets no trigger against deleting, because
emptying a table is how its tests are cleaned; the models refuse it there.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ["registry_change", "registry_opening", "registry_exportfetch"]

SQLITE = """
CREATE TRIGGER {table}_closed BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION registry_append_only() RETURNS trigger AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END $$ LANGUAGE plpgsql
"""

POSTGRESQL = """
CREATE TRIGGER {table}_closed BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION registry_append_only()
"""


def guard(table: str) -> None:
    """Name one more table whose rows are only ever added; call it from `ready`."""
    if table not in TABLES:
        TABLES.append(table)


def install(using: str = "default", **_signal: Any) -> None:
    """Put the triggers in place anew; Django's SQLite migrations drop them."""
    connection = connections[using]
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in _present_tables(connection):
            on = f" ON {table}" if postgresql else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_closed{on}")
            text = POSTGRESQL if postgresql else SQLITE
            cursor.execute(text.format(table=table))


def trigger_names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return every trigger of a database, whichever package made it."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return which triggers are absent from a database that has the tables."""
    present = trigger_names(connection)
    names = [f"{table}_closed" for table in _present_tables(connection)]
    return [name for name in names if name not in present]


def triggers_present(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Report a database without its triggers; `migrate` puts them back."""
    return [
        CheckWarning(
            f"Database {alias!r} lacks the trigger {name}.",
            hint="Run `manage.py migrate`; it puts them back.",
            id="registry.W001",
        )
        for alias in databases or ()
        for name in missing(connections[alias])
    ]


def _present_tables(connection: BaseDatabaseWrapper) -> list[str]:
    known = connection.introspection.table_names()
    return [table for table in TABLES if table in known]
