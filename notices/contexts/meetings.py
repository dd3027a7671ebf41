"""Papers of a meeting: sign-in, ballot, tally, minutes.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import date, datetime
from typing import TypedDict

from notices.contexts.base import Base, PublicRow


class Meeting(Base):
    """What ballot, sign_in, tally and minutes share. Give None for what is to come."""

    procedure_title: str
    meeting_title: str
    held_at: datetime | None
    place_text: str


class BallotRow(PublicRow):
    """A household to be voted on."""

    cause: str
    reason: str


class Ballot(Meeting):
    """ballot: one sheet with all households, printed once per voter."""

    rows: list[BallotRow]


class SignIn(Meeting):
    """sign_in. `names` may be empty: then `due` blank lines are printed."""

    due: int | None
    names: list[str]


class TallyRow(PublicRow):
    """Votes for one household."""

    votes_for: int | None
    against: int | None
    abstain: int | None
    percent: str
    result: str


class Tally(Meeting):
    """tally. `percent` is text (94.6%), `result` 通过 or 未通过."""

    present: int | None
    issued: int | None
    returned: int | None
    valid: int | None
    rows: list[TallyRow]
    teller: str
    scrutineer: str


class MinutesRow(TallyRow):
    """What was said and decided about one household."""

    opinion: str


class Recusal(TypedDict):
    """Who left the room, for whose case and why."""

    name: str
    head: str
    reason: str


class Minutes(Meeting):
    """minutes. `authorisation` tells what gives the representatives their power."""

    authorisation: str
    called_on: date | None
    chair: str
    recorder: str
    teller: str
    scrutineer: str
    agenda: list[str]
    due: int | None
    present: int | None
    women: int | None
    present_percent: str
    quorum_text: str
    method: str
    rows: list[MinutesRow]
    recused: list[Recusal]
    summary: str
