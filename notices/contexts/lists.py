"""Papers about a whole list: notices, opinions, registers.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import date
from typing import NotRequired, TypedDict

from notices.contexts.base import Base, DecisionRow, PublicRow


class Publicity(Base):
    """first_publicity, second_publicity, village_publicity, township_publicity.

    `procedure_title` is 贫困户识别 or 贫困户退出; `basis` the law; `steps_text` what
    was done so far (经户主申请、…民主评议); `day_unit_text` 日 or 个工作日;
    `keep_posted_days` only if the rulebook asks for a posting period of its own.
    """

    procedure_title: str
    batch_title: str
    basis: str
    steps_text: str
    rows: list[PublicRow]
    period_days: int
    day_unit_text: str
    keep_posted_days: NotRequired[int | None]
    from_text: NotRequired[str]
    objections_to: str
    phone: str
    hotline: str


class Announcement(Base):
    """announcement: the county's 公告. `standard` is the text of the line applied."""

    procedure_title: str
    batch_title: str
    basis: str
    standard: str
    steps_text: str
    rows: list[PublicRow]
    approved_on: NotRequired[date | None]
    period_days: NotRequired[int | None]
    day_unit_text: NotRequired[str]
    complaint_address: str
    phone: str
    hotline: str


class HitRow(TypedDict):
    """One hit of the comparison; `id_masked` already masked by the register."""

    group: str
    head: str
    member: str
    id_masked: str
    kind: str
    department: str
    detail: str
    found_on: date | None
    explanation: str
    decision: str


class ComparisonList(Base):
    """comparison_list: rows empty means no hit among `households` households."""

    procedure_title: str
    batch_title: str
    compared_on: date
    departments: list[str]
    households: int
    persons: int
    rows: list[HitRow]


class SiteCheckRow(TypedDict):
    """One household visited in the sample."""

    group: str
    head: str
    checked_on: date | None
    checkers: list[str]
    finding: str
    note: str


class TownshipOpinion(Base):
    """township_opinion. Sample: `sample_rate` as text (20%), `sample_seed` public."""

    procedure_title: str
    batch_title: str
    basis: str
    received_on: date | None
    rows: list[DecisionRow]
    sample_rate: str
    sample_seed: str
    sample_size: int
    site_checks: list[SiteCheckRow]
    opinion: str
    reviewer: str
    leader: str


class TownshipList(Base):
    """township_list: the register sent up to the county."""

    procedure_title: str
    batch_title: str
    addressee: str
    steps_text: str
    rows: list[PublicRow]
    contact: str
    phone: str


class ApprovalList(Base):
    """approval_list: what the county decided, household by household."""

    procedure_title: str
    batch_title: str
    basis: str
    standard: str
    addressee: str
    rows: list[DecisionRow]
    approved_on: date
