"""What the ledgers print: a village's households, or the figures of a place.

Knows fields of paper; must not know where the figures come from.
"""

from datetime import date
from typing import TypedDict

from notices.contexts.base import Base, PublicRow


class RosterRow(PublicRow):
    """A household of the village roster, and not a word more."""

    number: str
    standing: str
    attribute: str
    registered_on: date | None
    exited_on: date | None


class VillageRoster(Base):
    """village_roster: who is on record in a village on a day."""

    day: date
    rows: list[RosterRow]
    persons: int


class LedgerRow(TypedDict):
    """A place and its figures, in the order of the columns."""

    name: str
    numbers: list[int]


class LedgerLine(TypedDict):
    """A value of a breakdown; no households where persons are told apart."""

    label: str
    households: int | None
    persons: int


class LedgerPart(TypedDict):
    """A breakdown of the households or persons on record."""

    title: str
    of_persons: bool
    lines: list[LedgerLine]


class LedgerBook(Base):
    """township_book, county_file, prefecture_base: figures in sums only."""

    place: str
    day: date
    columns: list[str]
    rows: list[LedgerRow]
    total: LedgerRow
    parts: list[LedgerPart]
