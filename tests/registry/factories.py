"""Small valid members and households for the tests of the register."""

from datetime import date
from itertools import count
from typing import Any

from registry.changes import enter_household
from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import check_digit
from registry.kinship import Relation
from registry.models import Household

VILLAGE = "433124110226"
ENTERED = date(2014, 4, 1)
_sequence = count(1)


def id_number(birth: date = date(1970, 5, 4), *, man: bool = True) -> str:
    """Return a fresh valid number."""
    body = f"433124{birth:%Y%m%d}{(next(_sequence) * 2 - (1 if man else 0)) % 1000:03d}"
    return body + check_digit(body)


def member(name: str = "石春生", **columns: Any) -> MemberDraft:
    """Return a man who is head of the household, unless told otherwise."""
    columns.setdefault("relation", Relation.HEAD)
    if "id_number" not in columns:
        columns["id_number"] = id_number()
    return MemberDraft(name=name, **columns)


def wife(name: str = "龙腊梅", **columns: Any) -> MemberDraft:
    """Return the wife of the head."""
    number = columns.pop("id_number", None) or id_number(date(1972, 6, 7), man=False)
    return MemberDraft(name=name, relation=Relation.WIFE, id_number=number, **columns)


def draft(*members: MemberDraft, **columns: Any) -> HouseholdDraft:
    """Return a household of a couple, unless told otherwise."""
    columns.setdefault("village", VILLAGE)
    return HouseholdDraft(members=members or (member(), wife()), **columns)


def household(*members: MemberDraft, **columns: Any) -> Household:
    """Return an entered household."""
    entered = enter_household(draft(*members, **columns), on=ENTERED, by=None)
    assert isinstance(entered, Household), [str(r) for r in entered]
    return entered
