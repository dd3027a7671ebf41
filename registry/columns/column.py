"""What a column of the national system's sheets is: its name, its kind, its home.

It must not know a spreadsheet, nor any household.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.db.models import TextChoices
from django.utils import translation


class Kind(StrEnum):
    """How what stands in a cell is read; the numbers people call by name are text."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"  # exact decimal with a unit
    COUNT = "count"  # whole number
    YEAR = "year"
    DATE = "date"
    YES_NO = "yes_no"
    CODE = "code"  # one of a list
    CODES = "codes"  # several of a list
    ID_NUMBER = "id_number"
    ACCOUNT = "account"  # bank card
    PHONE = "phone"
    NUMBERING = "numbering"  # household and person numbers

    @property
    def must_be_text(self) -> bool:
        """Return whether a spreadsheet that typed it as a number has spoilt it."""
        return self in {Kind.ID_NUMBER, Kind.ACCOUNT}


_SEALED: Final = frozenset({Kind.ID_NUMBER, Kind.ACCOUNT, Kind.PHONE})


class Home(StrEnum):
    """Where the register keeps what stands in the column."""

    PLACE = "place"  # says which village; kept by the household's place
    REGISTER = "standing"  # a column of Household or Person
    YEAR = "year"  # among the year's values
    REPEATED = "repeated"  # stands elsewhere on the sheets; compared, not kept


class Subject(StrEnum):
    """Whose column it is."""

    HOUSEHOLD = "household"
    PERSON = "person"


Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column as it is called on sheets, and as it is called here.

    Attributes:
        field: the column of `HouseholdDraft` or `MemberDraft` it fills.
        words: other words for the codes than their labels -> code.
        word_of: the word written for a code, where that is not its label.
        largest: numbers above it are refused; nothing on the sheets goes below 0
            unless `negative`.
    """

    identifier: str
    header: str
    subject: Subject
    kind: Kind = Kind.TEXT
    home: Home = Home.YEAR
    field: str = ""
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    codes: type[TextChoices] | None = None
    words: Words | Callable[[], Words] | None = None
    word_of: Callable[[str], str] | None = None
    largest: int = 100_000_000
    negative: bool = False
    sealed: bool = False
    source: str = "Q41"

    @property
    def is_sealed(self) -> bool:
        """Return whether only its cipher is written down."""
        return self.sealed or self.kind in _SEALED

    @property
    def names(self) -> tuple[str, ...]:
        """Return every header under which it is found."""
        return (self.header, *self.synonyms)


@lru_cache(maxsize=128)
def vocabulary(column: Column) -> Words:
    """Return word -> code for a column with a list; empty for any other.

    Sheets are Chinese for every reader, so the labels are too.
    """
    more = column.words() if callable(column.words) else column.words
    return {**(labels(column.codes) if column.codes else {}), **(more or {})}


def label_of(column: Column, code: str) -> str:
    """Return the Chinese word that stands on a sheet for a code."""
    if column.word_of:
        return column.word_of(code)
    if column.codes is None:
        return code
    return _codes(column.codes).get(code, code)


def labels(codes: type[TextChoices]) -> dict[str, str]:
    """Return Chinese label -> code."""
    with translation.override("zh-hans"):
        return {str(label): value for value, label in codes.choices}


@lru_cache(maxsize=32)
def _codes(codes: type[TextChoices]) -> dict[str, str]:
    return {code: label for label, code in labels(codes).items()}
