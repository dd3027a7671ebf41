"""The bare rows of a desk action, written without models, checks or ledger logic."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django_tasks_db.models import DBTaskResult
from viewflow.workflow.status import STATUS

from notices.models import Paper
from workflows.models import Batch, BatchTask, Case, Entry, Receipt


def bare_rows(batch: Batch) -> Callable[[], None]:
    """Return what writes again the rows an act on this batch has written.

    Called, it is one transaction of ``executemany`` calls without a model: the states
    of the cases, the ledger's lines, the papers and their numbers, the tasks, the batch,
    the receipt and the worker's order to render.
    The rows are read beforehand: reading them is no part of writing them.
    """
    last = Receipt.objects.get(key=f"bench-{batch.pk}")
    cases = list(Case.objects.filter(batch=batch).values_list("pk", flat=True))
    step = last.result["step"]
    entries = list(Entry.objects.filter(batch=batch, step=step).order_by("seq"))
    papers = list(Paper.objects.filter(code__in=last.result["papers"]))
    tasks = list(BatchTask.objects.filter(process=batch).order_by("-pk")[:2])
    order = DBTaskResult.objects.latest("enqueued_at")
    return partial(_write, batch, last, cases, entries, papers, tasks, order)


def _write(
    batch: Batch,
    last: Receipt,
    cases: list[int],
    entries: list[Entry],
    papers: list[Paper],
    tasks: list[BatchTask],
    order: DBTaskResult,
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
            (DBTaskResult, [order], {}),
        ):
            _insert(cursor, model, rows, fresh)
        cursor.executemany(
            "UPDATE notices_counter SET last = last + 1 "
            "WHERE place_id = %s AND word = %s AND year = %s",
            sorted(_series(papers)),
        )
        cursor.executemany(
            "UPDATE workflows_batchtask SET status = %s WHERE id = %s",
            [(STATUS.DONE, task.pk) for task in tasks[1:]],
        )
        cursor.executemany(
            "UPDATE workflows_batch SET step = step, version = version, "
            "length = length, head = head WHERE id = %s",
            [(batch.pk,)],
        )


def _series(papers: list[Paper]) -> set[tuple[str, str, int]]:
    """Return the rows of numbers from which these papers have theirs."""
    words = ((paper, paper.number.split("〔")) for paper in papers)
    return {(p.issuer_id, word, int(rest[:4])) for p, (word, rest) in words}


def _insert(cursor: Any, model: Any, rows: Any, fresh: dict[str, Any]) -> None:
    keys = (models.AutoField, models.BigAutoField)
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, keys)]
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
    if isinstance(value, UUID):
        value = uuid4()
    return field.get_db_prep_save(value, connection)
