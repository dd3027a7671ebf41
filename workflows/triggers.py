"""The ledger's locks: database triggers that let nobody change or delete a line.

Django's SQLite migrations silently drop triggers when they rebuild a table, so
they are made again after every migrate and a system check looks for them.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from registry.triggers import trigger_names

TABLE = "workflows_entry"
NAMES = ("workflows_entry_no_update", "workflows_entry_no_delete")

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION workflows_entry_closed() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {NAMES[0]} BEFORE UPDATE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION workflows_entry_closed();
CREATE OR REPLACE TRIGGER {NAMES[1]} BEFORE DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION workflows_entry_closed();
CREATE OR REPLACE TRIGGER workflows_entry_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_entry_closed();
"""

SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for name, event in zip(NAMES, ("UPDATE", "DELETE"), strict=True)
)


def install(using: str = "default", **kwargs: Any) -> None:
    """Create the triggers where they are missing; handles ``post_migrate``."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        else:
            for statement in SQLITE:
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Drop the triggers: for tests that flush tables, never in operation."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in (*NAMES, "workflows_entry_no_truncate"):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(using: str = "default") -> list[str]:
    """Return the triggers the database lacks."""
    found = trigger_names(connections[using])
    return [name for name in NAMES if name not in found]
