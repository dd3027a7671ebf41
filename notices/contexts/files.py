"""The cover and the index of a household's file.

Knows fields of paper (GB/T 9705, law.md §3.2); must not know where the facts come from.
"""

from datetime import date
from typing import TypedDict

from notices.contexts.base import Household


class FileCover(Household):
    """file_cover. `pages` is None while a paper of the file is not yet rendered."""

    file_number: str
    household_number: str
    from_on: date | None
    to_on: date | None
    items: int
    pages: int | None
    retention: str


class FileRow(TypedDict):
    """One paper of a household's file; `note` where it is worth nothing any more."""

    number: str
    issuer: str
    title: str
    issued_on: date
    pages: int | None
    note: str


class FileIndex(Household):
    """file_index: what lies in the volume, oldest first."""

    file_number: str
    household_number: str
    rows: list[FileRow]
