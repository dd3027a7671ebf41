"""Finding whose numbers stand on a list: one set-based join on the blind index.

Knows numbers by their index, never names: two people of one name are two people. It
must not know what the list proves, nor write anything that lasts.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from registry.models import DeclaredKin, Household, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody whose number stands on the list: a member, or a declared relative."""

    index: str
    household_id: int
    name: str
    person_id: int | None = None
    kin_id: int | None = None


def matched(indexes: Collection[str], households: QuerySet[Household]) -> list[Found]:
    """Return the present members and declared kin of households who are on a list.

    Shape: `indexes` are blind indexes, each once. One index may find several people:
    a relative declared by one household is a member of another.
    Effects: a temporary table for as long as the transaction lasts; at most seven
    statements whatever the number of lines and persons.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _lay(cursor, indexes)
        homes = households.order_by().values("pk")
        members = Person.objects.filter(left_on=None, household__in=homes)
        kin = DeclaredKin.objects.filter(ended_on=None, household__in=homes)
        found = [
            Found(index=index, household_id=home, name=name, person_id=pk)
            for index, home, name, pk in _on_the_list(members)
        ]
        found += [
            Found(index=index, household_id=home, name=name, kin_id=pk)
            for index, home, name, pk in _on_the_list(kin)
        ]
        cursor.execute("DROP TABLE comparing_given")
    return found


def _on_the_list(people: QuerySet) -> list[tuple[str, int, str, int]]:
    found = people.extra(where=["id_index IN (SELECT given FROM comparing_given)"])
    columns = ("id_index", "household_id", "name", "pk")
    return list(found.order_by("pk").values_list(*columns))


def _lay(cursor: CursorWrapper, indexes: Collection[str]) -> None:
    """Put the indexes into the temporary table; PostgreSQL takes them as a stream.

    It holds keyed digests, no number, and goes with the transaction.
    """
    cursor.execute("DROP TABLE IF EXISTS comparing_given")
    cursor.execute("CREATE TEMPORARY TABLE comparing_given (given varchar(64))")
    if connection.vendor == "postgresql":
        with cursor.copy("COPY comparing_given (given) FROM STDIN") as stream:
            for index in indexes:
                stream.write_row((index,))
        # Without figures the planner takes the table for a small one and loops.
        cursor.execute("ANALYZE comparing_given")
    else:
        rows = [(index,) for index in indexes]
        cursor.executemany("INSERT INTO comparing_given VALUES (%s)", rows)
