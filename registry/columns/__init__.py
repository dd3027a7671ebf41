"""The columns of the national system's sheets: one catalogue for every way in and out.

Imports read by it, ledgers and exports write by it, blank templates are drawn from it.
It must not know a spreadsheet's format.
"""

from typing import Final

from registry.columns.column import Column, Home, Kind, Subject, label_of, vocabulary
from registry.columns.household import HOUSE_COLUMNS, HOUSEHOLD_COLUMNS
from registry.columns.person import PERSON_COLUMNS
from registry.columns.values import (
    Plain,
    as_text,
    by_identifier,
    masked,
    opened,
    plain,
    sealed,
    written,
)

__all__ = [
    "HOUSEHOLD",
    "HOUSEHOLD_COLUMNS",
    "HOUSE_COLUMNS",
    "PERSON",
    "PERSON_COLUMNS",
    "YEAR_OF_HOUSEHOLD",
    "YEAR_OF_PERSON",
    "Column",
    "Home",
    "Kind",
    "Plain",
    "Subject",
    "as_text",
    "by_identifier",
    "label_of",
    "masked",
    "opened",
    "plain",
    "sealed",
    "vocabulary",
    "written",
]

# Identifier -> column, of everything that may be said of a household or a person.
HOUSEHOLD: Final = by_identifier((*HOUSEHOLD_COLUMNS, *HOUSE_COLUMNS))
PERSON: Final = by_identifier(PERSON_COLUMNS)

# What the year's values of each may hold (the year itself is a column of the table).
YEAR_OF_HOUSEHOLD: Final = {
    name: column
    for name, column in HOUSEHOLD.items()
    if column.home is Home.YEAR and name != "year"
}
YEAR_OF_PERSON: Final = {
    name: column
    for name, column in PERSON.items()
    if column.home is Home.YEAR and column.subject is Subject.PERSON
}
