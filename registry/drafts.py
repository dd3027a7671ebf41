"""Households and members as somebody wrote them down, before they are checked.

They must not know the database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """One member; sex and birth may be left out when the ID number tells them."""

    name: str
    relation: str  # GB/T 4761 code
    id_number: str = ""
    sex: str = ""
    birth: date | None = None
    nationality: str = ""
    education: str = ""
    student_status: str = ""
    health: tuple[str, ...] = ()
    labour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDraft:
    """One household with all its members."""

    village: str  # 12-digit code
    members: tuple[MemberDraft, ...]
    group: str = ""
    number: str = ""  # given out by the register when empty
    attribute: str = ""
    main_cause: str = ""
    other_causes: tuple[str, ...] = ()
    housing_grade: str = ""
    water_safe: bool | None = None
    farmland_mu: Decimal = Decimal(0)
    phone: str = ""
