"""Rulebooks: the figures of the law as dated, sourced data read from TOML.

Knows how to read, check and choose a rulebook; knows no procedure by name, no
step and no database.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

from django.utils.translation import gettext as _

from registry.refusals import HOUSE_RULE, Refusal
from workflows.rulebook_parts import (
    Raw,
    StepRule,
    Unit,
    Value,
    read_step,
    read_value,
)
from workflows.strict_table import LawError, StrictTable, whole

__all__ = ["LawError", "Rulebook", "Shelf", "StepRule", "Unit", "Value"]

# Lengths at which a 12-digit place code may stop meaning something: country,
# province, prefecture, county, township, village.
SCOPE_LENGTHS = (0, 2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One published version of one procedure's figures for one place and time."""

    slug: str
    procedure: str
    title: str
    scope: str
    valid_from: date
    valid_to: date | None
    source: str
    summary: str
    steps: Mapping[str, StepRule]
    values: Mapping[str, Value]
    text: str
    digest: str

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Return the rulebook a TOML text describes.

        Raises: LawError naming the dotted key that is missing, unknown or wrong.
        """
        try:
            table = StrictTable("", tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise LawError("toml", str(error)) from error
        book = cls(
            slug=table.text("slug"),
            procedure=table.text("procedure"),
            title=table.text("title"),
            scope=_scope(table),
            valid_from=table.day("valid_from"),
            valid_to=table.day("valid_to") if table.has("valid_to") else None,
            source=table.text("source"),
            summary=table.text("summary"),
            steps=MappingProxyType(
                {name: read_step(name, t) for name, t in table.tables("steps").items()}
            ),
            values=MappingProxyType(
                {key: read_value(key, t) for key, t in table.tables("values").items()}
            ),
            text=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
        )
        table.close()
        if book.valid_to is not None and book.valid_to < book.valid_from:
            raise LawError(f"{book.slug}.valid_to", "before valid_from")
        return book

    def __getitem__(self, key: str) -> Value:
        """Return a value with its source, or raise LawError."""
        if key not in self.values:
            raise LawError(f"{self.slug}.values.{key}", "missing")
        return self.values[key]

    def value(self, key: str) -> Raw:
        """Return the bare value."""
        return self[key].value

    def whole(self, key: str) -> int:
        """Return a value that is a whole number."""
        return whole(f"{self.slug}.values.{key}", self.value(key))

    def fraction(self, key: str) -> Fraction:
        """Return a value that is an exact fraction."""
        found = self.value(key)
        if not isinstance(found, Fraction):
            raise LawError(f"{self.slug}.values.{key}", "not a fraction")
        return found

    def flag(self, key: str) -> bool:
        """Return a value that is a yes or no."""
        found = self.value(key)
        if not isinstance(found, bool):
            raise LawError(f"{self.slug}.values.{key}", "not a flag")
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """Return a value that is a list of words."""
        found = self.value(key)
        if not isinstance(found, tuple):
            raise LawError(f"{self.slug}.values.{key}", "not words")
        return found

    def line(self, key: str, year: int) -> int | None:
        """Return the amount of a yearly table, or None for a year it leaves out.

        Units: yuan per person per year.
        """
        found = self.value(key)
        if not isinstance(found, Mapping):
            raise LawError(f"{self.slug}.values.{key}", "not a yearly table")
        return found.get(str(year))

    def step(self, step: str) -> StepRule:
        """Return what is said about a step, or raise LawError."""
        if step not in self.steps:
            raise LawError(f"{self.slug}.steps.{step}", "missing")
        return self.steps[step]

    def requires(self, step: str) -> bool:
        """Say whether this rulebook requires the step."""
        return self.step(step).required

    def step_law(self, step: str) -> str:
        """Return the text a step rests on, marked when assumed."""
        return self.step(step).cited

    def covers(self, place_code: str, on: date) -> bool:
        """Say whether the rulebook binds at this place on this day."""
        if not place_code.startswith(scope_prefix(self.scope)):
            return False
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Shelf:
    """All rulebooks together: chosen by procedure, place and day, or by digest."""

    def __init__(self, books: Iterable[Rulebook] = ()) -> None:
        """Put the books on the shelf one by one."""
        self._books: dict[str, Rulebook] = {}
        for book in books:
            self.add(book)

    @classmethod
    def of(cls, directory: Path) -> Self:
        """Return a shelf with every TOML file of a directory.

        Raises: LawError when a book is wrong or two bind at the same time.
        """
        files = sorted(directory.glob("*.toml"))
        return cls(Rulebook.from_toml(file.read_text("utf-8")) for file in files)

    def add(self, book: Rulebook) -> None:
        """Put one book on the shelf; the same text twice is one book.

        Raises: LawError when slug or validity collide with another book.
        """
        for other in self._books.values():
            if other.digest == book.digest:
                return
            if other.slug == book.slug or _collide(other, book):
                raise LawError(book.slug, f"collides with {other.slug}")
        self._books[book.digest] = book

    def all(self, procedure: str | None = None) -> list[Rulebook]:
        """Return the books, of one procedure if named, oldest first."""
        found = (b for b in self._books.values() if procedure in (None, b.procedure))
        return sorted(found, key=lambda book: (book.procedure, book.valid_from))

    def by_digest(self, digest: str) -> Rulebook | None:
        """Return the book with exactly this text, or None."""
        return self._books.get(digest)

    def in_force(self, procedure: str, place_code: str, on: date) -> Rulebook | Refusal:
        """Return the book that binds; the most specific scope wins.

        Refuses: no_rulebook, naming the books there are.
        """
        books = self.all(procedure)
        binding = [book for book in books if book.covers(place_code, on)]
        if binding:
            return max(binding, key=lambda book: len(scope_prefix(book.scope)))
        known = _("；").join(f"{book.title}（{_validity(book)}）" for book in books)
        return Refusal(
            code="no_rulebook",
            text=_("%(on)s没有生效的规程，不能开批。") % {"on": on}
            + _("现有规程：%(known)s。") % {"known": known or _("无")},
            source=HOUSE_RULE,
        )


_shelf = Shelf()


def register(directory: Path) -> None:
    """Add every TOML file of a directory to the shelf of this process.

    Raises: LawError, so that a bad rulebook stops the start.
    """
    for book in Shelf.of(directory).all():
        _shelf.add(book)


def shelf() -> Shelf:
    """Return the shelf of this process."""
    return _shelf


def in_force(procedure: str, place_code: str, on: date) -> Rulebook | Refusal:
    """Return the registered rulebook that binds, or the refusal that says none."""
    return _shelf.in_force(procedure, place_code, on)


@lru_cache(maxsize=64)
def bound(text: str) -> Rulebook:
    """Return the rulebook of a stored text; a text never means anything else."""
    return Rulebook.from_toml(text)


def scope_prefix(scope: str) -> str:
    """Return the part of a place code that is not padding; "" is the country."""
    return next(scope[:end] for end in SCOPE_LENGTHS if not scope[end:].strip("0"))


def _scope(table: StrictTable) -> str:
    scope = table.text("scope")
    if len(scope) != SCOPE_LENGTHS[-1] or not scope.isdecimal():
        raise LawError("scope", "not a 12-digit place code")
    return scope


def _collide(one: Rulebook, two: Rulebook) -> bool:
    if (one.procedure, one.scope) != (two.procedure, two.scope):
        return False
    last_one, last_two = one.valid_to or date.max, two.valid_to or date.max
    return one.valid_from <= last_two and two.valid_from <= last_one


def _validity(book: Rulebook) -> str:
    last = f"{book.valid_to:%Y-%m-%d}" if book.valid_to else _("现行")
    return f"{book.valid_from:%Y-%m-%d}{_('至')}{last}"
