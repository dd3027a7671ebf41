"""Document numbers: 双镇公示〔2018〕21号, counted per issuer, word and year.

Knows the counter table; must not know what the number is printed on.
"""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from django.db import connection

from notices.models import Counter


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """One row of numbers: whose, under which word."""

    place_code: str
    word: str


def allocate(wanted: Sequence[Series], *, year: int) -> list[str]:
    """Return a number for each, in order, in one statement.

    The counter row stays locked until the transaction ends, so numbers are neither
    given twice nor lost: a rolled-back act gives its numbers back.
    """
    if not wanted:
        return []
    amounts = Tally(wanted)
    next_number = {
        series: count(last - amounts[series] + 1)
        for series, last in _raised(amounts, year)
    }
    return [f"{s.word}〔{year}〕{next(next_number[s])}号" for s in wanted]


def _raised(amounts: Tally[Series], year: int) -> Iterator[tuple[Series, int]]:
    # Sorted, so that two acts wait for each other instead of locking crosswise.
    rows = sorted(amounts.items())
    table = connection.ops.quote_name(Counter._meta.db_table)
    marks = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    statement = (
        f"INSERT INTO {table} (place_id, word, year, last) VALUES {marks} "  # noqa: S608 - only the table's name is put in
        f"ON CONFLICT (place_id, word, year) "
        f"DO UPDATE SET last = {table}.last + excluded.last "
        f"RETURNING place_id, word, last"
    )
    values = [part for s, n in rows for part in (s.place_code, s.word, year, n)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for place_code, word, last in cursor.fetchall():
            yield Series(place_code, word), last
