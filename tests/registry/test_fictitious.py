"""The invented households are valid, repeatable and nobody twice."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import divisions
from registry.drafts import HouseholdDraft
from registry.fictitious import (
    RARE_HEADS,
    REFERENCE,
    bulk_enter,
    households,
)
from registry.fictitious_persons import village_ordinals
from registry.identity import IdNumber, parse_id
from registry.models import Household, Person, Place
from registry.refusals import Refusal
from registry.validity import checked_household

VILLAGES = sorted(village_ordinals())
VILLAGE = Place(code="433124110226")


@given(st.sampled_from(VILLAGES), st.integers(0, 30), st.integers())
@settings(max_examples=40, deadline=None)
def test_every_invented_household_is_acceptable(
    code: str, count: int, seed: int
) -> None:
    drafts = households(Place(code=code), count, seed)

    assert len(drafts) == count
    for draft in drafts:
        assert isinstance(checked_household(draft, on=REFERENCE), HouseholdDraft)


def test_the_same_seed_invents_the_same_households() -> None:
    assert households(VILLAGE, 20, 7) == households(VILLAGE, 20, 7)
    assert households(VILLAGE, 20, 7) != households(VILLAGE, 20, 8)


def test_no_two_villages_of_a_county_share_a_person() -> None:
    codes = [code for code in VILLAGES if code.startswith("433126")]

    numbers = [
        m.id_number
        for code in codes
        for d in households(Place(code=code), 40, 1)
        for m in d.members
    ]

    assert len(set(numbers)) == len(numbers)


def test_numbers_carry_the_county() -> None:
    number = parse_id(households(VILLAGE, 1, 1)[0].members[0].id_number)

    assert isinstance(number, IdNumber)
    assert number.region == "433124"


@pytest.mark.parametrize("count", [2, 3, 50])
def test_two_heads_have_names_old_fonts_lack(count: int) -> None:
    heads = [d.members[0].name for d in households(VILLAGE, count, 3)]

    assert set(RARE_HEADS) <= set(heads)


def test_a_village_has_the_people_a_village_has() -> None:
    members = [m for d in households(VILLAGE, 60, 5) for m in d.members]

    ages = [REFERENCE.year - m.birth.year for m in members if m.birth]
    assert min(ages) < 12
    assert max(ages) > 65
    assert any(m.student_status for m in members)
    assert any("disabled" in m.health for m in members)
    assert any("serious" in m.health for m in members)
    assert any(len(d.members) == 1 for d in households(VILLAGE, 60, 5))


def test_invented_households_enter_the_register(db: None) -> None:
    divisions.load()
    drafts = households(Place.objects.get(pk="433124110226"), 30, 1)

    entered = bulk_enter(drafts, date(2014, 4, 1))

    assert Household.objects.count() == len(entered) == 30
    assert Person.objects.count() == sum(h.size for h in entered)
    assert all(h.head is not None for h in entered)


def test_a_second_entry_of_the_same_people_is_an_error(db: None) -> None:
    divisions.load()
    drafts = households(Place.objects.get(pk="433124110226"), 2, 1)
    bulk_enter(drafts, date(2014, 4, 1))

    with pytest.raises(ValueError, match="person_present"):
        bulk_enter(drafts, date(2014, 4, 1))


def test_a_village_that_is_not_listed_gets_people_too() -> None:
    drafts = households(Place(code="433124999999"), 5, 1)

    assert not [
        r
        for d in drafts
        if isinstance(r := checked_household(d, on=REFERENCE), list | Refusal)
    ]
