"""Papers of a removal.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import date
from typing import TypedDict

from notices.contexts.base import Base, Check, Household, PublicRow
from notices.contexts.households import Visitor
from notices.contexts.lists import Publicity


class MemberRow(TypedDict):
    """A person of the household as far as a removal asks: nobody's health."""

    name: str
    relation: str
    sex: str
    age: int | None
    labour: str


class FoundRow(TypedDict):
    """What a department found, what the household says, what was decided."""

    member: str
    kind: str
    department: str
    detail: str
    explanation: str
    decision: str


class RemovalRegister(Household):
    """removal_register: 核定登记表. `grounds` are ticked where they were found."""

    household_number: str
    attribute: str
    registered_on: date | None
    members: list[MemberRow]
    hits: list[FoundRow]
    grounds: list[Check]
    grounds_source: str
    account: str
    evidence: str
    conclusion: str
    visited_on: date | None
    visitors: list[Visitor]


class RemovalNotification(Household):
    """removal_notification: 清退通知书 with the receipt and the household's words."""

    household_number: str
    registered_on: date | None
    campaign: str
    investigated_on: date | None
    grounds: list[str]
    grounds_source: str
    account: str
    evidence: str
    period_days: int
    day_unit_text: str
    village_office: str
    recheck_by: str
    appeal_to: str
    phone: str
    hotline: str


class ReasonedRow(PublicRow):
    """A household on a roster, and why."""

    reason: str


class RosterOfMeeting(TypedDict):
    """One of the meeting's lists."""

    title: str
    rows: list[ReasonedRow]


class AnalysisMinutes(Base):
    """analysis_minutes: 贫情分析会议记录 with its four rosters; never posted."""

    campaign: str
    basis: str
    document: str
    group: str
    held_on: date
    place_text: str
    chair: str
    recorder: str
    due: int
    present: int
    attendees: list[str]
    summary: str
    rosters: list[RosterOfMeeting]


class RemovalPublicity(Publicity):
    """removal_publicity: `rows` are to be removed, `kept` stay on the register."""

    kept: list[PublicRow]
