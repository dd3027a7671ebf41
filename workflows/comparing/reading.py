"""Comparing a department's file with the households of its round.

Knows rows and numbers; a name finds nobody. Only rows about somebody who was asked
about are kept. Run twice, it does the same once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from registry.comparing import rows
from registry.comparing.matching import Found, matched
from registry.comparing.rows import Given, RowFault
from registry.identity import unseal_bytes
from registry.models import Household
from registry.sheets.apart.faults import BROKEN
from registry.sheets.reading import Unreadable
from workflows.comparing import handing, scope, superseding, trace
from workflows.comparing.sheets import lines_of
from workflows.models import DepartmentFile, FileFault, Match, RoundEntry

# Every so many rows the page learns how far it is.
STEP: Final = 20_000
# More than these are counted, not listed: nobody corrects more in one sitting.
MOST_FAULTS: Final = 1_000
LONGEST_SHEET: Final = 60
LONGEST_TEXT: Final = 200
Stage = DepartmentFile.Stage
Act = RoundEntry.Act


@dataclass(slots=True)
class Heap:
    """What was read: rows by the index of their number, and what was wrong."""

    given: dict[str, list[tuple[str, Given]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    faults: list[tuple[str, RowFault]] = field(default_factory=list)
    count: int = 0

    def add(self, sheet: str, one: Given | RowFault) -> None:
        """Put one row where it belongs."""
        self.count += 1
        if isinstance(one, RowFault):
            self.faults.append((sheet, one))
        else:
            self.given[one.number.index].append((sheet, one))


def compare(file_id: int, *, at: datetime) -> int:
    """Compare a file; return how many of its rows are about somebody.

    Effects: matches, faulty rows, the earlier file of the department superseded with
    its decisions carried over, hits handed to open cases, the upload deleted.
    """
    file = DepartmentFile.objects.select_related("department__round__place").get(
        pk=file_id
    )
    if not file.busy:
        return file.hits
    try:
        heap = _heap(file)
    except Unreadable as error:
        return _give_up(file, error)
    except FileNotFoundError:
        return _give_up(file, Unreadable(BROKEN))
    with transaction.atomic():
        file = DepartmentFile.objects.select_for_update(of=("self",)).get(pk=file_id)
        if file.busy:
            _settle(file, heap, at=at)
    return file.hits


def _heap(file: DepartmentFile) -> Heap:
    with file.content.open("rb") as stored:
        read = lines_of(unseal_bytes(stored.read()))
    total = sum(len(cells) for _name, cells in read)
    DepartmentFile.objects.filter(pk=file.pk).update(stage=Stage.READING, rows=total)
    source, heap = file.department.catalogued, Heap()
    for name, cells in read:
        if len(read) > 1 and rows.find_columns(cells, source) is None:
            continue  # a cover sheet, a page of remarks
        for one in rows.read(cells, source):
            heap.add(name, one)
            if heap.count % STEP == 0:
                DepartmentFile.objects.filter(pk=file.pk).update(done=heap.count)
    return heap


def _settle(file: DepartmentFile, heap: Heap, *, at: datetime) -> None:
    department = file.department
    made = _matches(file, heap)
    if file.adds:
        made = superseding.new_of(department, made)
    else:
        superseding.take_over(department, made, at=at)
    Match.objects.bulk_create(made, batch_size=1000)
    _tell_faults(file, heap)
    file.stage, file.read_at = Stage.READ, at
    file.rows = file.done = heap.count
    file.hits, file.faults = len(made), len(heap.faults)
    _throw_away(file)
    file.save()
    trace.note(
        department.round,
        Act.MATCHED,
        by=None,
        at=at,
        department=department,
        rows=file.rows,
        hits=file.hits,
        faults=file.faults,
    )
    handing.hand_over(department.round, at=at)


def _matches(file: DepartmentFile, heap: Heap) -> list[Match]:
    whose = matched(heap.given, scope.asked(file.department.round))
    homes = Household.objects.filter(pk__in={one.household_id for one in whose})
    places = dict(homes.values_list("pk", "place_id"))
    return [
        _match(file, one, places[one.household_id], given)
        for one in whose
        for given in heap.given[one.index]
    ]


def _tell_faults(file: DepartmentFile, heap: Heap) -> None:
    FileFault.objects.bulk_create(
        FileFault(
            file=file,
            sheet=sheet[:LONGEST_SHEET],
            cell=fault.cell,
            rule=fault.refusal.code,
            text=str(fault.refusal.text)[:LONGEST_TEXT],
        )
        for sheet, fault in heap.faults[:MOST_FAULTS]
    )


def _match(
    file: DepartmentFile, one: Found, place_id: str, at: tuple[str, Given]
) -> Match:
    source, (sheet, given) = file.department.catalogued, at
    return Match(
        round_id=file.department.round_id,
        file=file,
        place_id=place_id,
        household_id=one.household_id,
        person_id=one.person_id,
        kin_id=one.kin_id,
        kind=source.kind,
        office=source.asks,
        name_given=given.name,
        name_differs=bool(given.name) and not rows.same_name(given.name, one.name),
        lengthened=given.number.lengthened,
        detail=given.detail or source.title,
        found_on=given.day,
        sheet=sheet[:LONGEST_SHEET],
        row=given.row,
    )


def _give_up(file: DepartmentFile, error: Unreadable) -> int:
    file.stage = Stage.FAULTY
    file.fault, file.fault_numbers = error.word, error.numbers
    _throw_away(file)
    file.save()
    return 0


def _throw_away(file: DepartmentFile) -> None:
    """Delete what was uploaded: it names people nobody asked about."""
    stored = str(file.content.name)
    file.content = ""
    transaction.on_commit(lambda: file.content.storage.delete(stored))
