"""An import from upload to the point where a person decides: open, check, drop.

The writer of `ImportRun` up to acceptance. Checking writes nothing of the register
and may be repeated after a kill. It must not know who may import.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Now

from registry.codes import Standing
from registry.identity import seal
from registry.models import (
    ImportFinding,
    ImportRun,
    ImportVillage,
    Place,
    RunState,
    VillageState,
)
from registry.refusals import HOUSE_RULE, Refusal
from registry.sheets import originals
from registry.sheets.apart import faults
from registry.sheets.drafting import drafted
from registry.sheets.entries import Entry, packed
from registry.sheets.families import Family, Gathering
from registry.sheets.findings import Findings
from registry.sheets.marking import marked
from registry.sheets.plans import planned
from registry.sheets.reading import Unreadable, read
from registry.sheets.rules import Fault, Level
from registry.sheets.sentences import too_large
from registry.sheets.tables import Line, Reader
from registry.sheets.villages import villages_in

_MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 30 * _MEGABYTE
NO_TABLE: Final = "no_table"
_STEP: Final = 1000
_MOST_DIFFERENCES: Final = 300
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the uploader says of a file: as of when, of which year, as what."""

    on: date
    year: int
    standing: Standing = Standing.UNREGISTERED


def open_run(
    place: Place,
    data: bytes,
    *,
    wish: Wish,
    name: str,
    by: AbstractBaseUser,
    at: datetime,
) -> ImportRun | Refusal:
    """Keep a file for checking; one that waits already is the import it waits in.

    Refuses: file_large.
    Effects: ImportRun, the file as cipher.
    """
    if len(data) > LARGEST_FILE:
        text = too_large(LARGEST_FILE // _MEGABYTE)
        return Refusal(code="file_large", text=text, source=HOUSE_RULE)
    digest = hashlib.sha256(data).hexdigest()
    waiting = ImportRun.objects.filter(
        place=place, digest=digest, on=wish.on, year=wish.year, standing=wish.standing
    ).exclude(state__in=[RunState.DONE, RunState.DROPPED, RunState.UNREADABLE])
    if known := waiting.first():
        return known
    run = ImportRun(
        place=place,
        uploaded_by_id=by.pk,
        uploaded_at=at,
        touched_at=at,
        digest=digest,
        name_cipher=seal(name[-_LONGEST_NAME:]),
        **asdict(wish),
    )
    originals.keep(run.original, data)
    run.save()
    return run


def check(run_id: int) -> RunState:
    """Read a file, judge it, compare it with the register; return where that leads.

    Effects: villages with their entries as cipher, findings, the marked copy, state.
    Nothing of the register is written.
    """
    run = _begun(run_id)
    if run is None:
        return RunState(ImportRun.objects.get(pk=run_id).state)
    data = originals.opened(run.original)
    reader = Reader()
    try:
        families, told = _gathered(run, reader, data)
        if not any(sheet.layout for sheet in reader.sheets):
            raise Unreadable(NO_TABLE)
    except Unreadable as error:
        return _unreadable(run, error)
    found = Findings(run, _rows(families))
    for finding in reader.findings:
        found.of_cell(finding)
    for line, fault in told:
        found.of_line(line, fault)
    entries = _entries(run, families, found)
    villages = [_village(run, code, entries[code], found) for code in sorted(entries)]
    _count(villages, families)
    _settle(run, reader, found, villages, data)
    return RunState.CHECKED


def drop(run: ImportRun) -> None:
    """Give an import up: the file, its entries and findings are deleted."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.state not in {RunState.DONE, RunState.ACCEPTING}:
            clear(run)
            run.state = RunState.DROPPED
            run.save()


def give_up(run: ImportRun) -> None:
    """Call a file unreadable whose check ends its workers."""
    _unreadable(run, Unreadable(faults.GAVE_UP))


def clear(run: ImportRun) -> None:
    """Delete what of a file is kept beside the register; the row is not saved."""
    originals.discard(run.original)
    originals.discard(run.marked)
    run.findings.all().delete()
    run.villages.update(entries=b"", differences=[])


def _begun(run_id: int) -> ImportRun | None:
    """Return the import, emptied of an earlier attempt; nothing when not its turn."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state not in {RunState.WAITING, RunState.CHECKING}:
            return None
        ImportFinding.objects.filter(run=run).delete()
        ImportVillage.objects.filter(run=run).delete()
        run.state, run.done = RunState.CHECKING, 0
        run.attempts += 1
        run.save()
    ImportRun.objects.filter(pk=run_id).update(touched_at=Now())
    return run


def _gathered(
    run: ImportRun, reader: Reader, data: bytes
) -> tuple[list[Family], list[tuple[Line, Fault]]]:
    gathering = Gathering(villages_in(run.place_id, run.on))
    gathering.take(_counted(run, reader.lines(read(data))))
    families = gathering.end()
    return families, [*gathering.told, *_twice(families)]


def _counted(run: ImportRun, lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if number % _STEP == 0:
            _touch(run, number)
        yield line


def _touch(run: ImportRun, done: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(done=done, touched_at=Now())


def _twice(families: Iterable[Family]) -> Iterator[tuple[Line, Fault]]:
    first: dict[str, Line] = {}
    for family in families:
        for line in family.members:
            number = line.values.get("id_number")
            if number and first.setdefault(number, line) is not line:
                said = {"where": first[number].where}
                yield line, Fault("person_twice_in_file", "id_number", said)


def _rows(families: Iterable[Family]) -> dict[tuple[str, int], str]:
    rows = {}
    for family in families:
        for line in (family.household, *family.members):
            if line:
                rows[line.table.sheet, line.row] = family.village
    return rows


def _entries(
    run: ImportRun, families: Iterable[Family], found: Findings
) -> dict[str, list[Entry]]:
    """Return village -> its households; a village in error is there all the same."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for family in families:
        entry, told = drafted(family, on=run.on, year=run.year)
        for line, fault in told:
            found.of_line(line, fault)
        here = entries[family.village]
        if entry:
            here.append(entry)
    return entries


def _village(
    run: ImportRun, code: str, entries: list[Entry], found: Findings
) -> ImportVillage:
    plan = planned(code, entries)
    for entry, fault in plan.faults:
        found.of_entry(entry, fault)
    errors = found.count(code, Level.ERROR)
    return ImportVillage(
        run=run,
        place_id=code,
        state=VillageState.FAULTY if errors else VillageState.READY,
        new=len(plan.new),
        changed=plan.changed,
        unchanged=plan.unchanged,
        errors=errors,
        to_explain=found.count(code, Level.EXPLAIN),
        warnings=found.count(code, Level.WARN),
        entries=b"" if errors else packed(entries),
        plan=plan.digest,
        differences=[asdict(d) for d in plan.differences[:_MOST_DIFFERENCES]],
    )


def _count(villages: list[ImportVillage], families: list[Family]) -> None:
    """Count what the file says of each village, be it in error or not."""
    for village in villages:
        mine = [f for f in families if f.village == village.place_id]
        village.households = len(mine)
        village.persons = sum(len(family.members) for family in mine)


def _settle(
    run: ImportRun,
    reader: Reader,
    found: Findings,
    villages: list[ImportVillage],
    data: bytes,
) -> None:
    # A row that belongs to no village may belong to any of them.
    if found.count(None, Level.ERROR):
        for village in villages:
            village.state, village.entries = VillageState.FAULTY, b""
    told: list[dict[str, Any]] = [asdict(sheet) for sheet in reader.sheets]
    if found.rows:
        originals.keep(run.marked, marked(data, found.rows))
    with transaction.atomic():
        ImportVillage.objects.bulk_create(villages, batch_size=200)
        found.write()
        run.told, run.done = told, sum(sheet.rows for sheet in reader.sheets)
        run.total = len(villages)
        run.state = RunState.CHECKED
        run.checked_at = run.touched_at = Now()
        run.save()


def _unreadable(run: ImportRun, error: Unreadable) -> RunState:
    """Keep why; the file itself is of no further use."""
    originals.discard(run.original)
    run.state = RunState.UNREADABLE
    run.fault, run.fault_numbers = error.word, error.numbers
    run.save()
    return RunState.UNREADABLE
