"""Whoever changes the ledger is found by somebody who does not trust the server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from notices.models import Paper
from tests.locks import unlock
from tests.world import World
from workflows import ledger
from workflows.models import Batch, Checkpoint, Entry, Leaf
from workflows.witness import check_ledger, checkpoints, export


def at_work(world: World, count: int) -> Batch:
    """A list that has come some way; households nobody has seen before."""
    seed = 100 + Batch.objects.count()
    batch = world.open("household_identification", world.households(count, seed=seed))
    return world.until(batch, "appraise")


def gathered(world: World) -> tuple[Checkpoint, Checkpoint]:
    """Two lists with a history, and a checkpoint after each."""
    at_work(world, 2)
    first = checkpoints.make(world.now)
    at_work(world, 2)
    second = checkpoints.make(world.now + timedelta(minutes=1))
    assert first
    assert second
    return first, second


def found(*papers: Checkpoint) -> list[str]:
    """Export and check, with what these checkpoints' papers say."""
    checker = check_ledger.Checker((one.size, one.root[:32]) for one in papers)
    checker.read(export.lines())
    return checker.faults


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_honest_ledger_has_no_fault(world: World) -> None:
    papers = gathered(world)

    assert found(*papers) == []


def test_lines_after_the_last_checkpoint_are_no_fault(world: World) -> None:
    papers = gathered(world)
    at_work(world, 1)

    assert found(*papers) == []


def test_a_checkpoint_is_made_only_when_something_happened(world: World) -> None:
    assert checkpoints.make(world.now) is None
    gathered(world)

    assert checkpoints.make(world.now) is None
    assert Checkpoint.objects.count() == 2
    assert Leaf.objects.count() == Checkpoint.objects.latest("number").size == 2


def test_a_paper_prints_the_checkpoint_that_stood_when_it_was_issued(
    world: World,
) -> None:
    before = at_work(world, 1)
    assert set(Paper.objects.values_list("witness", flat=True)) == {""}
    made = checkpoints.make(world.now)
    assert made
    world.step(before)

    printed = Paper.objects.exclude(witness="").values_list("witness", flat=True)
    day = timezone.localdate(made.at).isoformat()
    assert set(printed) == {f"{made.size}:{made.root[:32]}:{day}"}
    assert found() == []


def test_a_longer_chain_gets_another_leaf(world: World) -> None:
    batch = at_work(world, 1)
    checkpoints.make(world.now)
    world.step(batch)
    checkpoints.make(world.now)

    lengths = Leaf.objects.filter(batch=batch).values_list("length", flat=True)
    assert len(lengths) == 2
    assert found(*Checkpoint.objects.all()) == []


ENTRY = {
    "batch_id": "(SELECT max(id) FROM workflows_batch), seq = 900",
    "seq": "900",
    "case_id": "NULL",
    "act": "'refuse'",
    "step": "'other'",
    "source": "'other'",
    "target": "'other'",
    "actor_id": "NULL",
    "appointment_id": "NULL",
    "reason": "'other'",
    "data": """'{"other": 1}'""",
    "at": "'2001-01-01 00:00:00+00:00'",
    "prev": "'0'",
    "hash": "'0'",
}
LEAF = {
    "position": "900",
    "batch_id": "(SELECT max(id) FROM workflows_batch), length = 2",
    "length": "1",
    "head": "'0'",
}
CHECKPOINT = {
    "number": "900",
    "at": "'2001-01-01 00:00:00+00:00'",
    "size": "900",
    "root": "'0'",
    "prev": "'0'",
    "hash": "'0'",
}
BATCH = {"length": "900", "head": "'0'"}
# The middle one of each: neither the first row nor the last.
ROWS = {
    "workflows_entry": (ENTRY, "seq = 3 AND batch_id = (SELECT min(id) FROM {b})"),
    "workflows_leaf": (LEAF, "position = 0"),
    "workflows_checkpoint": (CHECKPOINT, "number = 1"),
    "workflows_batch": (BATCH, "id = (SELECT min(id) FROM {b})"),
}
FIELDS = [(table, column) for table, (columns, _) in ROWS.items() for column in columns]


@pytest.mark.parametrize(("table", "column"), FIELDS)
def test_a_field_changed_by_the_masters_of_the_database_is_found(
    world: World, table: str, column: str
) -> None:
    papers = gathered(world)
    columns, where = ROWS[table]
    unlock()
    where = where.format(b="workflows_batch")
    run(f"UPDATE {table} SET {column} = {columns[column]} WHERE {where}")  # noqa: S608 - the tables above

    assert found(*papers)


def test_the_table_names_every_field_that_is_stored() -> None:
    unbound = {"id"}
    for model, (columns, _) in zip(
        (Entry, Leaf, Checkpoint), list(ROWS.values())[:3], strict=True
    ):
        stored = {field.column for field in model._meta.concrete_fields} - unbound
        assert stored - set(columns) == ({"peaks"} if model is Checkpoint else set())


def test_a_tree_that_does_not_fit_its_checkpoint_is_not_built_upon(
    world: World,
) -> None:
    gathered(world)
    unlock()
    run("UPDATE workflows_checkpoint SET peaks = '[]' WHERE number = 2")
    at_work(world, 1)

    with pytest.raises(checkpoints.Broken):
        checkpoints.make(world.now + timedelta(minutes=2))


def first_batch() -> Batch:
    return Batch.objects.order_by("pk").first() or pytest.fail("no batch")


def delete_a_line() -> None:
    run("DELETE FROM workflows_entry WHERE batch_id = %s AND seq = 3", first_batch().pk)


def insert_a_line() -> None:
    one = first_batch().entries.get(seq=3)
    one.pk, one.seq = None, 900
    one.save(force_insert=True)


def swap_two_lines() -> None:
    pk = first_batch().pk
    for before, after in ((3, 900), (4, 3), (900, 4)):
        run(
            "UPDATE workflows_entry SET seq = %s WHERE batch_id = %s AND seq = %s",
            after,
            pk,
            before,
        )


def cut_off_the_end() -> None:
    batch = first_batch()
    last = batch.entries.get(seq=batch.length - 1)
    run(
        "DELETE FROM workflows_entry WHERE batch_id = %s AND seq > %s",
        batch.pk,
        last.seq,
    )
    Batch.objects.filter(pk=batch.pk).update(length=last.seq, head=last.hash)


def delete_a_list() -> None:
    run("DELETE FROM workflows_entry WHERE batch_id = %s", first_batch().pk)
    Batch.objects.filter(pk=first_batch().pk).update(length=0, head="0" * 64)


def roll_back() -> None:
    """Everything as it was at the first checkpoint: a restored backup."""
    for batch in Batch.objects.order_by("-pk")[:1]:
        run("DELETE FROM workflows_entry WHERE batch_id = %s", batch.pk)
        run("DELETE FROM workflows_leaf WHERE batch_id = %s", batch.pk)
        Batch.objects.filter(pk=batch.pk).update(length=0, head="0" * 64)
    run("DELETE FROM workflows_checkpoint WHERE number = 2")


def hash_anew() -> None:
    """Change a line and make every sum right again, as the server could."""
    batch = first_batch()
    head = ledger.GENESIS
    for entry in batch.entries.order_by("seq"):
        entry.reason = "改写" if entry.seq == 3 else entry.reason
        entry.prev = head
        head = ledger.entry_hash(entry)
        run(
            "UPDATE workflows_entry SET reason = %s, prev = %s, hash = %s WHERE id = %s",
            entry.reason,
            entry.prev,
            head,
            entry.pk,
        )
    Batch.objects.filter(pk=batch.pk).update(head=head)
    run("DELETE FROM workflows_leaf")
    moments = list(Checkpoint.objects.values_list("at", flat=True))
    run("DELETE FROM workflows_checkpoint")
    for moment, each in zip(moments, Batch.objects.order_by("pk"), strict=True):
        later = Batch.objects.filter(pk__gt=each.pk)
        kept = dict(later.values_list("pk", "length"))
        later.update(length=0)
        checkpoints.make(moment)
        for pk, length in kept.items():
            Batch.objects.filter(pk=pk).update(length=length)


ATTACKS = [
    delete_a_line,
    insert_a_line,
    swap_two_lines,
    cut_off_the_end,
    delete_a_list,
    roll_back,
    hash_anew,
]
# What leaves the file in itself consistent: only the paper on the wall tells.
CONSISTENT = {"roll_back", "hash_anew"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_whole_is_found(
    world: World, attack: Callable[[], None]
) -> None:
    papers = gathered(world)
    unlock()
    attack()

    assert found(*papers)
    assert bool(found()) == (attack.__name__ not in CONSISTENT)


def test_the_checker_runs_alone_on_an_exported_file(
    world: World, tmp_path: Path
) -> None:
    paper = gathered(world)[0]
    call_command("export_ledger", tmp_path / "ledger.jsonl.gz", stdout=sys.stdout)
    said = f"{paper.size}:{paper.root[:32]}"

    def check(*asked: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "check_ledger.py", "ledger.jsonl.gz", *asked]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert check("--checkpoint", said).returncode == 0
    wrong = check("--checkpoint", f"{paper.size}:{'0' * 32}")
    assert (wrong.returncode, "账本被改写过" in wrong.stdout) == (1, True)
    assert check("--checkpoint", "7:abc").returncode == 2


@pytest.mark.parametrize("line", ["", "X\t1", "E\t{", "L\t0\t1", "V\t2", "C\tx"])
def test_a_line_nobody_understands_is_a_fault(line: str) -> None:
    checker = check_ledger.Checker()
    checker.read([line])

    assert len(checker.faults) == 1
