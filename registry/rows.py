"""Adding many rows at once, as cheaply as the database can take them.

`bulk_create` prepares every value of every column for itself; for the fifty lines and
papers of one act that is a quarter of its time. PostgreSQL reads a whole list out of
one JSON text instead. Must not know what the rows are about.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, models

Field = models.Field[Any, Any]


def add_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement; columns with a default get it.

    The rows do not learn their keys.
    Raises: what the database refuses, as `bulk_create` would.
    """
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor == "postgresql":
        _add_as_json(model, rows)
    else:
        models.QuerySet[models.Model](model).bulk_create(rows)


def _add_as_json(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if _is_given(field)]
    names = ", ".join(_quoted(str(field.column)) for field in fields)
    types = ", ".join(
        f"{_quoted(str(field.column))} {_type(field)}" for field in fields
    )
    told = [{f.column: f.pre_save(row, add=True) for f in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) "  # noqa: S608 - names of our own columns
            f"SELECT {names} FROM jsonb_to_recordset(%s) AS given({types})",
            [json.dumps(told, ensure_ascii=False, default=_plain)],
        )


def _is_given(field: Field) -> bool:
    return not (isinstance(field, models.AutoField) or field.has_db_default())


def _type(field: Field) -> str:
    # Without its length: the column itself refuses what is too long, a cast would cut.
    return str(field.db_type(connection)).split("(", maxsplit=1)[0]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
