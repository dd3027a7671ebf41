"""The database role the application works as: it adds to the ledger, and no more.

The owner of the tables migrates, backs up and restores. Whoever breaks into a web host
finds a role that can neither rewrite a line nor take a trigger off. PostgreSQL only.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from registry import triggers as registry
from workflows import triggers as workflows

OWNERS_ONLY = "django_migrations"


def closed_tables() -> list[str]:
    """Return the tables to which the role may only add."""
    return sorted({*registry.TABLES, workflows.TABLE})


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Make the role if it is missing, and set its rights anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        known = cursor.fetchone() is not None
        for statement in _statements(connection.ops.quote_name(role), known=known):
            cursor.execute(statement)


def _statements(role: str, *, known: bool) -> Iterator[str]:
    if not known:
        yield f"CREATE ROLE {role} LOGIN"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    everything = "ALL TABLES IN SCHEMA public"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {everything} TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for table in closed_tables():
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {OWNERS_ONLY} FROM {role}"
