"""Relatives who live elsewhere: declared one by one, ended, never deleted."""

from datetime import date
from typing import Any

import pytest

from registry.identity import unseal
from registry.kin import KinDraft, declare_kin, end_kin
from registry.models import DeclaredKin, Household
from registry.models.kin import KinRelation
from tests.registry.factories import household, id_number, member

pytestmark = pytest.mark.usefixtures("places")

DAY = date(2018, 11, 5)
NUMBER = id_number(date(1990, 1, 2))
MISTYPED = NUMBER[:17] + ("1" if NUMBER[17] == "0" else "0")


def son(**said: Any) -> KinDraft:
    given = {"name": "石远", "relation": KinRelation.CHILD, "id_number": NUMBER}
    return KinDraft(**(given | said))


def declare(home: Household, named: KinDraft) -> DeclaredKin:
    made = declare_kin(home, named, on=DAY, to=None)
    assert isinstance(made, DeclaredKin), made
    return made


def test_a_relative_is_kept_sealed_with_his_consent() -> None:
    made = declare(household(), son(consented_on=DAY))

    assert NUMBER not in made.id_cipher
    assert unseal(made.id_cipher) == NUMBER
    assert made.masked_id == "433124" + "*" * 12
    assert (made.declared_on, made.consented_on) == (DAY, DAY)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "name_empty"),
        ({"id_number": "433124"}, "id_shape"),
        ({"id_number": NUMBER[:-1] + "Y"}, "id_shape"),
        ({"id_number": MISTYPED}, "id_check_digit"),
        ({"consented_on": date(2018, 11, 6)}, "kin_consent_late"),
    ],
)
def test_what_is_not_true_is_refused(said: dict[str, Any], code: str) -> None:
    refused = declare_kin(household(), son(**said), on=DAY, to=None)

    assert isinstance(refused, list)
    assert [refusal.code for refusal in refused] == [code]
    assert not DeclaredKin.objects.exists()


def test_nobody_is_declared_twice_nor_beside_his_own_household() -> None:
    home = household(member(id_number=NUMBER))
    other = household()
    declare(other, son())

    refused = [declare_kin(one, son(), on=DAY, to=None) for one in (home, other)]

    assert [[r.code for r in one] for one in refused if isinstance(one, list)] == [
        ["kin_is_member"],
        ["kin_twice"],
    ]


def test_a_relative_who_was_ended_stays_and_may_be_declared_anew() -> None:
    home = household()
    made = declare(home, son())

    assert end_kin(made, on=DAY, by=None)
    assert not end_kin(made, on=DAY, by=None)
    declare(home, son())

    assert list(home.kin.values_list("ended_on", flat=True)) == [DAY, None]
