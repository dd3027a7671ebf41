"""How the cells of a row are filled: decided once per column, not once per cell.

A prefecture's sheets have forty million cells, most of them empty. So what each column
reads and how it is written are chosen when a layout is first used, what a household
says is filled in once for all its members, and of a year's values only those that are
there are looked at. It must not know which columns a layout has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from registry import columns
from registry.columns import Column, Home, Kind, Subject
from registry.exports.homes import Folder
from registry.exports.pages import Cell
from registry.models import Person

_NUMBERS = {Kind.NUMBER, Kind.COUNT, Kind.YEAR}
# Of these a register has few different values, so each is put into words once.
_FEW = {Kind.YES_NO, Kind.CODE}
_REMEMBERED = 4096

Write = Callable[[Any], Cell]
# Place in the row, and what is written there of a household or a person.
Filler = tuple[int, Callable[[Folder, Any], Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The columns of a layout, by where their values are found.

    Attributes:
        year: place of the column that tells the year, if there is one.
        of_home: what a household says, on its own row and on each member's.
        of_person: what only a person says; given folder and person.
        home_year: identifier -> place and writing of the household's values of a year.
        person_year: the same of a person's values.
    """

    width: int
    year: int | None
    of_home: list[Filler] = field(default_factory=list)
    of_person: list[Filler] = field(default_factory=list)
    home_year: dict[str, tuple[int, Write]] = field(default_factory=dict)
    person_year: dict[str, tuple[int, Write]] = field(default_factory=dict)

    def home_row(self, folder: Folder) -> list[Cell]:
        """Return a household's row on a sheet of households."""
        row = self._shared(folder)
        self._tell_year(row, folder, folder.of_household)
        return row

    def member_rows(self, folder: Folder) -> Iterator[list[Cell]]:
        """Yield its members' rows on a sheet of persons."""
        shared = self._shared(folder)
        for person in folder.home.members_then:
            row = shared.copy()
            for place, cell in self.of_person:
                row[place] = cell(folder, person)
            kept = folder.of_persons.get(person.pk)
            self._tell_year(row, folder, kept)
            _fill(row, kept, self.person_year)
            yield row

    def _shared(self, folder: Folder) -> list[Cell]:
        row: list[Cell] = [None] * self.width
        for place, cell in self.of_home:
            row[place] = cell(folder, folder.home)
        _fill(row, folder.of_household, self.home_year)
        return row

    def _tell_year(
        self, row: list[Cell], folder: Folder, kept: Mapping[str, Any] | None
    ) -> None:
        if self.year is not None and kept is not None:
            row[self.year] = folder.year


def filling(found: Sequence[Column], *, clear: bool) -> Filling:
    """Return how rows of these columns are filled; without `clear`, sealed ones masked."""
    names = [column.identifier for column in found]
    year = names.index("year") if "year" in names else None
    filled = Filling(width=len(found), year=year)
    for place, column in enumerate(found):
        if place == year:
            continue
        write = _writing(column, clear=clear)
        by_person = column.subject is Subject.PERSON
        if column.home is Home.YEAR:
            values = filled.person_year if by_person else filled.home_year
            values[column.identifier] = (place, write)
        else:
            fillers = filled.of_person if by_person else filled.of_home
            fillers.append((place, _cell(column, write)))
    return filled


def _fill(
    row: list[Cell],
    kept: Mapping[str, Any] | None,
    places: Mapping[str, tuple[int, Write]],
) -> None:
    """Put a year's values where they belong; of few columns there are any."""
    if not kept or not places:
        return
    for name, value in kept.items():
        if name in places and value is not None and value != "":
            place, write = places[name]
            row[place] = write(value)


def _cell(column: Column, write: Write) -> Callable[[Folder, Any], Cell]:
    read = _reading(column)

    def cell(folder: Folder, owner: Any) -> Cell:
        value = read(folder, owner)
        return None if value is None or value == "" else write(value)

    return cell


def _reading(column: Column) -> Callable[[Folder, Any], Any]:
    name, attribute = column.identifier, column.field
    if column.home is Home.PLACE:
        return lambda folder, _owner: folder.places.get(name)
    if column.home is Home.REPEATED:
        return _REPEATED[name]
    if attribute in _SEALED:
        return _SEALED[attribute]
    read = attrgetter(attribute)
    return lambda _folder, owner: read(owner)


def _head_id(folder: Folder, _owner: object) -> str:
    home = folder.home
    head = next((p for p in home.members_then if p.name == home.head_name), None)
    return folder.id_number(head) if head else ""


def _id_number(folder: Folder, person: Person) -> str:
    return folder.id_number(person)


_REPEATED: dict[str, Callable[[Folder, Any], Any]] = {
    "head_name": lambda folder, _owner: folder.home.head_name,
    "head_id": _head_id,
    "size": lambda folder, _owner: folder.home.size,
}
_SEALED: dict[str, Callable[[Folder, Any], Any]] = {
    "id_number": _id_number,
    "phone": lambda folder, _owner: folder.phone,
}


def _writing(column: Column, *, clear: bool) -> Write:
    """Return how a value of the column is written that is there."""
    if column.kind in _NUMBERS:
        return _number
    if column.is_sealed and not clear:
        return lambda value: columns.masked(column, _words(column, value))
    if column.kind in _FEW:
        return lru_cache(_REMEMBERED)(lambda value: _words(column, value))
    if column.kind is Kind.CODES:
        several = lru_cache(_REMEMBERED)(lambda value: _words(column, value))
        return lambda value: several(tuple(value))
    return lambda value: value if type(value) is str else _words(column, value)


def _words(column: Column, value: object) -> str:
    return columns.written(column, columns.plain(value))


@lru_cache(_REMEMBERED)
def _number(value: Any) -> Cell:
    if isinstance(value, int):
        return value
    return Decimal(columns.as_text(Decimal(str(value))))
