"""Papers about one household, signed by it or handed to it.

Knows fields of paper (law.md §3); must not know where the facts come from.
"""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from notices.contexts.base import Check, Household, Line, Member


class Application(Household):
    """application. `made_by` is household or group; `group_reason` in Chinese."""

    addressee: str
    made_by: str
    group_reason: str
    labourers: int | None
    income_year: int | None
    income_per_head: Decimal | None
    cause: str
    request: str
    applied_on: date | None
    proxy_name: str
    witness_name: str


class Visitor(TypedDict):
    """Who stood in the house."""

    name: str
    unit: str


class Verification(Household):
    """verification. `purpose` is 识别 or 退出; lines are the income table."""

    purpose: str
    birth: date | None
    attribute: str
    main_cause: str
    other_causes: list[str]
    farmland_mu: Decimal | None
    housing_grade: str
    housing_area: Decimal | None
    water_safe: bool | None
    minimum_living: bool | None
    members: list[Member]
    lines: list[Line]
    checks: list[Check]
    cause: str
    need: str
    conclusion: str
    visited_on: date | None
    visitors: list[Visitor]


class Worksheet(Household):
    """worksheet. Sums are text of the facts, never recomputed on paper."""

    period_from: date | None
    period_to: date | None
    lines: list[Line]
    wages: Decimal | None
    operating: Decimal | None
    property: Decimal | None
    transfer: Decimal | None
    costs: Decimal | None
    net: Decimal | None
    per_head: Decimal | None
    poverty_line: Decimal | None
    poverty_line_source: str


class HouseholdCard(Household):
    """household_card: 户有卡, the sheet the household keeps."""

    household_number: str
    attribute: str
    main_cause: str
    other_causes: list[str]
    farmland_mu: Decimal | None
    housing_grade: str
    water_safe: bool | None
    school: bool | None
    medical: bool | None
    registered_on: date
    announcement_number: str
    members: list[Member]
    per_head: Decimal | None
    helper: str
    helper_unit: str
    measures: list[str]
    phone: str
    hotline: str


class HandbookPage(Household):
    """handbook_page: the household's page of the 扶贫手册, kept up by its helper."""

    household_number: str
    attribute: str
    main_cause: str
    other_causes: list[str]
    farmland_mu: Decimal | None
    housing_grade: str
    water_safe: bool | None
    registered_on: date
    exited_on: date | None
    income_year: int | None
    per_head: Decimal | None
    members: list[Member]
    helper: str
    helper_unit: str
    measures: list[str]


class ExitConfirmation(Household):
    """exit_confirmation: 脱贫确认书; without the signature there is no exit."""

    household_number: str
    registered_year: int | None
    main_cause: str
    members: list[Member]
    period_from: date | None
    period_to: date | None
    wages: Decimal | None
    operating: Decimal | None
    property: Decimal | None
    transfer: Decimal | None
    costs: Decimal | None
    net: Decimal | None
    per_head: Decimal | None
    poverty_line: Decimal | None
    checks: list[Check]
    helper: str
    helper_unit: str
    team_leader: str


class ExitNotification(Household):
    """exit_notification: 脱贫告知书 with the receipt slip."""

    exit_on: date
    announcement_number: str
    steps_text: str
    passed: list[str]
    continues: list[str]
    contact: str
    phone: str
    hotline: str


class NotEligible(Household):
    """not_eligible. `title_text` 不符合识别说明 or 不予退出说明."""

    title_text: str
    procedure_title: str
    step_title: str
    decided_on: date
    reason: str
    basis: str
    per_head: Decimal | None
    poverty_line: Decimal | None
    checks: list[Check]
    appraisal: str
    afterwards: str
    objections_to: str
    phone: str
    hotline: str
