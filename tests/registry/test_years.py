"""A year's values: one row a year, sealed where they must be, with a trace."""

from datetime import date
from typing import Any

import pytest

from registry.models import (
    Change,
    ChangeKind,
    Household,
    HouseholdYear,
    PersonYear,
    Place,
)
from registry.years import YearOf, keep_years
from tests.registry.factories import household

ON = date(2026, 3, 1)

pytestmark = pytest.mark.usefixtures("places")


def said(home: Household, values: dict[str, Any], **of_head: Any) -> YearOf:
    head = home.members.get(relation="02")
    return YearOf(household_id=home.pk, values=values, members={head.pk: of_head})


def keep(one: YearOf) -> int:
    return keep_years(2025, [one], on=ON, by=None, reason="导入")


def test_the_year_of_a_household_and_its_members_is_kept() -> None:
    home = household()

    assert keep(said(home, {"net_income": "8200"}, work_months=6)) == 2
    assert HouseholdYear.objects.get(household=home).values == {"net_income": "8200"}
    assert PersonYear.objects.get().values == {"work_months": 6}


def test_a_new_year_leaves_one_change_per_household() -> None:
    home = household()
    keep(said(home, {"net_income": "8200"}, work_months=6))

    change = Change.objects.get(kind=ChangeKind.YEAR_ENTERED)
    head = home.members.get(relation="02")
    assert change.after == {"year": 2025, "members": [head.pk]}


def test_the_same_again_writes_nothing() -> None:
    one = said(
        household(), {"bank_card": "6217000012345678"}, person_phone="13900000000"
    )
    keep(one)

    assert keep(one) == 0


def test_what_differs_is_written_with_what_stood_before() -> None:
    home = household()
    keep(said(home, {"net_income": "8200", "fuel": "柴草"}))
    keep(said(home, {"net_income": "9000"}))

    change = Change.objects.get(kind=ChangeKind.YEAR_CORRECTED)
    assert change.before == {"year": 2025, "net_income": "8200"}
    assert change.after == {"year": 2025, "net_income": "9000"}
    assert HouseholdYear.objects.get().values["fuel"] == "柴草"


def test_a_bank_card_is_kept_as_cipher_and_told_as_stars() -> None:
    home = household()
    keep(said(home, {"bank_card": "6217000012345678"}))
    keep(said(home, {"bank_card": "6217000012349999"}))

    row = HouseholdYear.objects.get()
    change = Change.objects.get(kind=ChangeKind.YEAR_CORRECTED)
    assert "6217" not in str(row.values)
    assert change.after == {"year": 2025, "bank_card": "******"}


def test_a_column_the_year_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="head_name"):
        keep(said(household(), {"head_name": "石春生"}))


def test_a_village_costs_as_many_statements_as_a_household(
    places: dict[str, Place], django_assert_num_queries: Any
) -> None:
    homes = [said(household(), {"net_income": "1"}, work_months=1) for _ in range(30)]

    with django_assert_num_queries(7):
        keep_years(2025, homes, on=ON, by=None)
