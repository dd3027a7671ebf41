"""The database's own guard against two overlapping appointments of one kind.

One officer holds one post at one place once at a time. It must not know posts or
places; it compares columns. A unique constraint cannot say it on both databases.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from registry.triggers import trigger_names

TABLE = "permissions_appointment"
NAMES = ("appointment_overlap_insert", "appointment_overlap_update")

# Two half-open ranges meet; an empty one (ended on its first day) meets nothing.
MEET = """
    (NEW.until IS NULL OR NEW.until > NEW.since) AND EXISTS (
        SELECT 1 FROM permissions_appointment a
        WHERE a.officer_id = NEW.officer_id AND a.post = NEW.post
          AND a.place_id = NEW.place_id AND a.id <> coalesce(NEW.id, -1)
          AND (a.until IS NULL OR (a.until > NEW.since AND a.until > a.since))
          AND (NEW.until IS NULL OR a.since < NEW.until))
"""

SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {meet}
BEGIN SELECT RAISE(ABORT, 'appointment_no_overlap'); END
"""

# The officer's row is locked first, so that two appointments made at once queue.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION appointment_no_overlap() RETURNS trigger AS $$
BEGIN
    PERFORM 1 FROM permissions_officer WHERE id = NEW.officer_id FOR UPDATE;
    IF {MEET} THEN
        RAISE exclusion_violation USING MESSAGE = 'appointment_no_overlap';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql
"""

POSTGRESQL = """
CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION appointment_no_overlap()
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place anew; Django's SQLite migrations drop them."""
    if TABLE not in connection.introspection.table_names():
        return
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(POSTGRESQL_FUNCTION)
        for name, event in zip(NAMES, ("INSERT", "UPDATE"), strict=True):
            on = f" ON {TABLE}" if postgresql else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
            text = POSTGRESQL if postgresql else SQLITE
            cursor.execute(text.format(name=name, event=event, table=TABLE, meet=MEET))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return which triggers are absent from a database that has the table."""
    if TABLE not in connection.introspection.table_names():
        return []
    present = trigger_names(connection)
    return [name for name in NAMES if name not in present]


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
            id="permissions.W001",
        )
        for alias in databases or ()
        for name in missing(connections[alias])
    ]
