"""Own household and declared kin, on dates."""

from datetime import timedelta

import pytest

from permissions.models import Kinship
from permissions.models.appointments import Relation
from permissions.recusal import declare, kin_of, recusals
from registry.models import Person
from tests.permissions.factories import SINCE, TODAY, household, officer

pytestmark = pytest.mark.django_db

MINE = "a" * 64
DAY = timedelta(days=1)


def test_an_officer_keeps_out_of_his_own_household():
    who, home, other = officer(id_index=MINE), household(id_index=MINE), household()

    found = recusals(who, [home.pk, other.pk], TODAY)

    assert {key: one.code for key, one in found.items()} == {
        home.pk: "recusal_own_household"
    }
    assert found[home.pk].basis == "《信访工作条例》回避规定（参照）（推定）"


def test_he_returns_to_a_household_he_has_left():
    who, home = officer(id_index=MINE), household(id_index=MINE)
    Person.objects.update(left_on=TODAY)

    assert recusals(who, [home.pk], TODAY) == {}
    assert kin_of(who, TODAY - DAY) == {home.pk}


def test_an_officer_without_an_id_number_has_no_household():
    home = household(id_index="")

    assert recusals(officer(), [home.pk], TODAY) == {}


def test_he_keeps_out_of_the_households_he_declared():
    who, home = officer(), household()
    declare(who, home.pk, relation=Relation.SIBLING, on=TODAY)

    (refusal,) = recusals(who, [home.pk], TODAY).values()

    assert refusal.code == "recusal_kin"
    assert str(refusal.text) == "您已申报这户是您的亲属（兄弟姐妹），应当回避。"
    assert recusals(who, [home.pk], TODAY - DAY) == {}


def test_his_own_household_is_named_as_his_own_even_when_declared():
    who, home = officer(id_index=MINE), household(id_index=MINE)
    declare(who, home.pk, relation=Relation.SPOUSE, on=SINCE)

    assert recusals(who, [home.pk], TODAY)[home.pk].code == "recusal_own_household"


def test_declaring_again_keeps_the_earlier_day():
    who, home = officer(), household()
    declare(who, home.pk, relation=Relation.SIBLING, on=SINCE)

    declare(who, home.pk, relation=Relation.CHILD, on=TODAY)

    assert Kinship.objects.get().declared_on == SINCE


def test_other_officers_are_not_barred():
    home = household(id_index=MINE)
    declare(officer(), home.pk, relation=Relation.SIBLING, on=SINCE)

    assert recusals(officer(), [home.pk], TODAY) == {}


@pytest.mark.parametrize("households", [1, 50])
def test_recusals_cost_two_statements(households, django_assert_num_queries):
    who = officer(id_index=MINE)
    asked = [household().pk for _n in range(households)]

    with django_assert_num_queries(2):
        recusals(who, asked, TODAY)
