"""Lists, files, search, and who looked."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from registry import queries
from registry.changes import close_household
from registry.models import Opening
from registry.opening import look, open_id, open_phone, openings_of
from registry.places import span
from registry.refusals import Refusal
from tests.registry.conftest import NEIGHBOUR
from tests.registry.factories import (
    ENTERED,
    VILLAGE,
    household,
    id_number,
    member,
)

pytestmark = pytest.mark.usefixtures("places")

AT = datetime(2016, 5, 1, 2, 0, tzinfo=UTC)
EVERYWHERE = Q()


def below(code: str) -> Q:
    low, high = span(code)
    return Q(place_id__gte=low, place_id__lt=high)


@pytest.fixture
def officer() -> AbstractBaseUser:
    return get_user_model().objects.create(username="clerk")


def test_a_list_shows_open_households_of_the_territory() -> None:
    mine, closed = household(), household()
    household(village=NEIGHBOUR)
    close_household(closed, on=ENTERED, by=None, reason="自然销户")

    assert list(queries.households_in(below(VILLAGE))) == [mine]


def test_a_file_is_read_in_three_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    number = household().number

    with django_assert_num_queries(3):
        home = queries.household_file(number, EVERYWHERE)
        assert home is not None
        assert home.place.parent.name
        assert [m.name for m in home.members.all()] == ["石春生", "龙腊梅"]
        assert home.head.name == "石春生"
        assert [c.by for c in home.changes.all()] == [None]


def test_a_file_outside_the_territory_is_not_there() -> None:
    number = household().number

    assert queries.household_file(number, below(NEIGHBOUR)) is None


@pytest.mark.parametrize(
    "text", ["石春", "石 春生", "龙腊梅", f"{VILLAGE}0001", "433124"]
)
def test_a_household_is_found_by_name_and_number(text: str) -> None:
    home = household()

    assert list(queries.search(text, EVERYWHERE)) == [home]


@pytest.mark.parametrize("text", ["", "麻", "999", "<b>", "石春生3"])
def test_what_matches_nobody_finds_nobody(text: str) -> None:
    household()

    assert list(queries.search(text, EVERYWHERE)) == []


def test_a_household_is_found_by_an_id_number() -> None:
    number = id_number()
    home = household(member(id_number=number))
    household()

    assert list(queries.search(f" {number.lower()}", EVERYWHERE)) == [home]
    assert list(queries.search(number, below(NEIGHBOUR))) == []


def test_a_number_is_opened_against_a_reason(officer: AbstractBaseUser) -> None:
    number = id_number()
    home = household(member(id_number=number))

    assert open_id(home.head, by=officer, reason="核对残疾证", at=AT) == number

    opening = Opening.objects.get()
    assert (opening.person, opening.household) == (home.head, home)
    assert (opening.officer, opening.reason, opening.at) == (officer, "核对残疾证", AT)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason_missing"), (" ", "reason_missing"), ("x" * 201, "reason_long")],
)
def test_without_a_good_reason_nothing_is_opened(
    officer: AbstractBaseUser, reason: str, code: str
) -> None:
    home = household(phone="19907430001")

    opened = [
        open_id(home.head, by=officer, reason=reason, at=AT),
        open_phone(home, by=officer, reason=reason, at=AT),
    ]

    assert [r.code for r in opened if isinstance(r, Refusal)] == [code, code]
    assert not Opening.objects.exists()


def test_a_household_knows_who_looked(officer: AbstractBaseUser) -> None:
    home = household(phone="19907430001")
    household()

    assert open_phone(home, by=officer, reason="回访", at=AT) == "19907430001"
    assert look(home, "一户一档", by=officer, reason="审核", at=AT) is None
    open_id(home.head, by=officer, reason="比对", at=AT)

    assert [o.what for o in openings_of(home)] == ["证件号码", "一户一档", "联系电话"]
