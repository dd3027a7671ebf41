"""The ledger: nobody changes a line, and a changed line is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.workflows.test_acting import at_appraisal
from tests.world import World
from workflows import ledger, triggers
from workflows.models import Batch, Entry

CHANGES = {
    "act": "refuse",
    "step": "other",
    "source": "other",
    "target": "other",
    "reason": "other",
    "data": {"other": 1},
    "seq": 99,
    "prev": "0" * 64,
    "hash": "0" * 64,
    "actor_id": None,
    "appointment_id": None,
    "case_id": None,
}


def chain(world: World) -> tuple[Batch, list[Entry]]:
    """Return a batch with some history and its entries."""
    batch = at_appraisal(world, 2)
    return batch, list(batch.entries.order_by("seq"))


def test_the_chain_of_a_batch_holds(world: World) -> None:
    batch, entries = chain(world)

    assert ledger.faults(batch, entries) == []


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_a_changed_column_is_found(world: World, column: str) -> None:
    batch, entries = chain(world)
    setattr(entries[3], column, CHANGES[column])

    assert ledger.faults(batch, entries)


def test_a_changed_moment_is_found(world: World) -> None:
    batch, entries = chain(world)
    entries[3].at = entries[0].at.replace(year=2001)

    assert ledger.faults(batch, entries)


def test_a_missing_line_is_found(world: World) -> None:
    batch, entries = chain(world)

    assert ledger.faults(batch, entries[:2] + entries[3:])


def test_a_cut_off_end_is_found(world: World) -> None:
    batch, entries = chain(world)

    assert ledger.faults(batch, entries[:-1])


def test_two_swapped_lines_are_found(world: World) -> None:
    batch, entries = chain(world)
    entries[2], entries[3] = entries[3], entries[2]

    assert ledger.faults(batch, entries)


@pytest.mark.parametrize("change", ["update", "delete", "raw_update", "raw_delete"])
def test_the_database_refuses_to_change_a_line(world: World, change: str) -> None:
    chain(world)
    attempts = {
        "update": lambda: Entry.objects.update(reason="改"),
        "delete": lambda: Entry.objects.all().delete(),
        "raw_update": lambda: run("UPDATE workflows_entry SET reason = 'x'"),
        "raw_delete": lambda: run("DELETE FROM workflows_entry"),
    }

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempts[change]()


def run(statement: str) -> None:
    """Run a statement without Django's models."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_no_trigger_is_missing_after_migrate() -> None:
    assert triggers.missing() == []
