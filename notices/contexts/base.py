"""What every paper says about itself, and the rows shared by several kinds.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class Base(TypedDict):
    """What every paper says about itself; build it with `papers.header`."""

    county: str
    township: str
    village: str
    issuer_name: str
    year: int
    date: date


class PublicRow(TypedDict):
    """A household on a public list, and not a word more."""

    group: str
    head: str
    size: int


class Member(TypedDict):
    """A person of the household; never an ID number."""

    name: str
    relation: str
    sex: str
    age: int | None
    education: str
    student: str
    health: str
    labour: str


class Check(TypedDict):
    """One standard (不愁吃 …): met, not met, or not yet filled in."""

    name: str
    ok: bool | None


class Line(TypedDict):
    """A line of income or cost; kind: wage, operating, property, transfer, cost."""

    kind: str
    item: str
    quantity: Decimal | None
    unit: str
    amount: Decimal | None
    excluded: bool
    note: str


class Household(Base):
    """The head of every household paper."""

    group: str
    head: str
    size: int | None


class DecisionRow(PublicRow):
    """A household with what was decided: 同意, 退回, 不同意."""

    decision: str
    reason: str
