"""Papers about natural changes of families.

Knows fields of paper (law.md §1.7, §3); must not know where the facts come from.
"""

from datetime import date
from typing import TypedDict

from notices.contexts.base import Base, Household, Member, PublicRow


class ChangedRow(TypedDict):
    """A person a change is about; `relation` to the head he has afterwards."""

    part: str
    name: str
    sex: str
    birth: date | None
    relation: str
    nationality: str


class ChangeForm(Household):
    """change_form: what a household reports and its head signs."""

    household_number: str
    standing: str
    event: str
    happened_on: date | None
    reporter: str
    reporter_is: str
    evidence: str
    evidence_number: str
    note: str
    target: str
    members: list[Member]
    persons: list[ChangedRow]


class ListedChange(TypedDict):
    """One change on a list that goes from office to office."""

    group: str
    head: str
    event: str
    persons: str
    happened_on: date | None
    evidence: str
    before: int
    after: int
    decision: str


class ChangeList(Base):
    """change_list: the changes of a list, household by household."""

    procedure_title: str
    batch_title: str
    rows: list[ListedChange]
    reviewer: str


class ChangeNotice(Base):
    """change_notice: whose families have changed, put up with the yearly list."""

    procedure_title: str
    batch_title: str
    basis: str
    steps_text: str
    rows: list[PublicRow]
    objections_to: str
    phone: str
    hotline: str
