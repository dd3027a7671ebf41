"""Papers about objections; who objects is on none of them.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import datetime
from typing import TypedDict

from notices.contexts.base import Base


class ObjectionRecord(Base):
    """objection_record as filed: the objector is never among the frozen facts.

    The township's and county's face is made on demand by `objection_papers.record_pdf`.
    """

    objection_number: str
    notice_title: str
    notice_number: str
    group: str
    head: str
    received_at: datetime
    acknowledged_at: datetime
    channel: str
    content: str
    investigators: str
    finding: str
    outcome: str
    answered_at: datetime | None
    satisfied: bool | None


class ObjectionAnswer(Base):
    """objection_answer as filed; the face with the objector's name is on demand.

    `consequence` is what follows for the list, `appeal_to` the office above.
    """

    objection_number: str
    notice_title: str
    notice_number: str
    group: str
    head: str
    received_at: datetime
    acknowledged_at: datetime
    channel: str
    content: str
    investigators: str
    finding: str
    outcome: str
    answered_at: datetime | None
    consequence: str
    appeal_to: str
    hotline: str


class RegisterRow(TypedDict):
    """One objection in the register; `household` is empty for the whole list."""

    number: str
    received_at: datetime
    channel: str
    notice: str
    household: str
    content: str
    investigators: str
    finding: str
    outcome: str
    answered_at: datetime | None
    satisfied: bool | None


class ObjectionRegister(Base):
    """objection_register of a place, or of one notice when `notice_number` is given."""

    notice_title: str
    notice_number: str
    rows: list[RegisterRow]
    open_count: int
