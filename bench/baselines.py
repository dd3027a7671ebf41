"""The bare rows of a desk action, written without models, checks or ledger logic."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection, transaction
from viewflow.workflow.status import STATUS

from notices.models import Paper
from workflows.models import Batch, BatchTask, Case, Entry, Receipt


def bare_rows(batch: Batch) -> Callable[[], None]:
    """Return what writes again the rows an act on this batch has written.

    Called, it is one transaction of ``executemany`` calls without a model: the states
    of the cases, the ledger's lines, the papers, the tasks, the batch and the receipt.
    The rows are read beforehand: reading them is no part of writing them.
    """
    last = Receipt.objects.get(key=f"bench-{batch.pk}")
    cases = list(Case.objects.filter(batch=batch).values_list("pk", flat=True))
    step = last.result["step"]
    entries = list(Entry.objects.filter(batch=batch, step=step).order_by("seq"))
    papers = list(Paper.objects.filter(code__in=last.result["papers"]))
    tasks = list(BatchTask.objects.filter(process=batch).order_by("-pk")[:2])
    return partial(_write, batch, last, cases, entries, papers, tasks)


def _write(
    batch: Batch,
    last: Receipt,
    cases: list[int],
    entries: list[Entry],
    papers: list[Paper],
    tasks: list[BatchTask],
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE workflows_case SET state = %s WHERE id = %s AND state = %s",
            [("reviewed", pk, "reviewed") for pk in cases],
        )
        for model, rows, fresh in (
            (Entry, entries, {"seq": 1_000_000}),
            (Paper, papers, {"code": "", "number": "试"}),
            (BatchTask, tasks[:1], {}),
            (Receipt, [last], {"key": "again-"}),
        ):
            _insert(cursor, model, rows, fresh)
        cursor.executemany(
            "UPDATE workflows_batchtask SET status = %s WHERE id = %s",
            [(STATUS.DONE, task.pk) for task in tasks[1:]],
        )
        cursor.executemany(
            "UPDATE workflows_batch SET step = step, version = version, "
            "length = length, head = head WHERE id = %s",
            [(batch.pk,)],
        )


def _insert(cursor: Any, model: Any, rows: Any, fresh: dict[str, Any]) -> None:
    fields = [f for f in model._meta.concrete_fields if f.column != "id"]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [
        [_value(field, row, fresh, number) for field in fields]
        for number, row in enumerate(rows)
    ]
    cursor.executemany(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', values
    )


def _value(field: Any, row: Any, fresh: dict[str, Any], number: int) -> Any:
    value = getattr(row, field.attname)
    if field.attname in fresh:
        base = fresh[field.attname]
        if isinstance(base, int):
            value = base + number + value
        elif field.attname == "code":
            value = str(value)[::-1]
        else:
            value = f"{base}{value}"
    return field.get_db_prep_save(value, connection)
