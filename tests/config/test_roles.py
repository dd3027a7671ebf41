"""On PostgreSQL the application's role does its work and cannot touch the ledger."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from config.roles import OWNERS_ONLY, closed_tables
from tests.world import World

ROLE = "cunxian-web"
IDENTIFICATION = "household_identification"
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite knows no roles"
)


def as_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{role}"')


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A world with an act in its ledger, played as the application's role."""
    built = World.build()
    built.until(built.open(IDENTIFICATION, built.households(2)), "appraise")
    call_command("application_role", ROLE, verbosity=0)
    call_command("application_role", ROLE, verbosity=0)
    as_role(ROLE)
    yield built
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.postgresql
@on_postgresql
def test_the_role_can_do_the_work(world: World) -> None:
    batch = world.open(IDENTIFICATION, world.households(2, seed=8))

    assert world.until(batch, "appraise").step == "appraise"


@pytest.mark.postgresql
@on_postgresql
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    ],
)
def test_the_role_cannot_change_the_ledger(act: str, world: World) -> None:
    for table in (*closed_tables(), OWNERS_ONLY):
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, table)
        last = columns[-1].name
        statement = act.format(table, last, last)
        with pytest.raises(ProgrammingError, match=r"denied|owner"):
            attempt(statement)


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there are roles")
def test_sqlite_has_no_such_role() -> None:
    with pytest.raises(CommandError, match="SQLite"):
        call_command("application_role", ROLE)
