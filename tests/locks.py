"""Takes the append-only triggers off so that a test database can be emptied."""

from django.db import connection


def unlock() -> None:
    """Drop every trigger of the product; the flush's post_migrate makes them anew."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON "
            "pg_class.oid = tgrelid WHERE NOT tgisinternal"
        )
    else:
        query = "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        for name, table in cursor.fetchall():
            on = f' ON "{table}"' if table else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')
