"""A head who leaves, households that part, households that join."""

from datetime import date
from typing import Any

import pytest

from registry import as_of, changes
from registry.codes import Attribute, Standing
from registry.drafts import HouseholdDraft, MemberDraft
from registry.kinship import Relation
from registry.models import Household
from tests.registry.factories import VILLAGE, household, id_number, member, wife

pytestmark = pytest.mark.usefixtures("places")

BEFORE, DAY, AFTER = date(2015, 5, 31), date(2015, 6, 1), date(2015, 7, 1)
HOW: dict[str, Any] = {"on": DAY, "by": None, "reason": "据实变更"}
NEW = HouseholdDraft(village=VILLAGE, members=(), group="二组")


def son(name: str = "石立秋") -> MemberDraft:
    number = id_number(date(1995, 3, 3))
    return member(name, relation=Relation.SON, id_number=number)


def bride(name: str = "麻小玉") -> MemberDraft:
    number = id_number(date(1996, 4, 4), man=False)
    return member(name, relation=Relation.DAUGHTER_IN_LAW, id_number=number)


@pytest.fixture
def home() -> Household:
    """Father, mother, son and the son's wife, on the register since 2014."""
    made = household(
        member(), wife(), son(), bride(), attribute=Attribute.GENERAL_POOR, group="一组"
    )
    on = date(2014, 6, 1)
    changes.set_standing([made.pk], Standing.REGISTERED, on=on, by=None, reason="识别")
    made.refresh_from_db()
    return made


def pk(home: Household, name: str) -> int:
    return home.members.get(name=name, left_on=None).pk


def told(home: Household, **relations: str) -> dict[int, str]:
    return {pk(home, name): relation for name, relation in relations.items()}


def codes(refused: object) -> list[str]:
    assert isinstance(refused, list), refused
    return [refusal.code for refusal in refused]


def family(home: Household, day: date) -> dict[str, str]:
    [then] = as_of.read_back([Household.objects.get(pk=home.pk)], day)
    return {p.name: p.relation for p in then.members_then}


def split(home: Household, **how: Any) -> Household | list[Any]:
    options: dict[str, Any] = {
        "moving": told(home, 石立秋="02", 麻小玉="12"),
        "relations": {},
        "standing": Standing.REGISTERED,
    }
    return changes.split_household(home, NEW, **(options | HOW | how))


def test_a_head_dies_and_the_widow_follows(home: Household) -> None:
    follows = told(home, 龙腊梅="02", 石立秋="20", 麻小玉="38")
    leaving = [pk(home, "石春生")]

    done = changes.remove_members(home, leaving=leaving, relations=follows, **HOW)

    assert isinstance(done, Household)
    assert (done.size, done.head_name) == (3, "龙腊梅")
    assert family(done, DAY) == {"龙腊梅": "02", "石立秋": "20", "麻小玉": "38"}
    kinds = [c.kind for c in done.changes.all()][-2:]
    assert kinds == ["member_removed", "member_corrected"]


@pytest.mark.parametrize(
    ("leaving", "relations", "code"),
    [
        (["石春生"], {}, "head_leaves"),
        (["石春生"], {"龙腊梅": "02"}, "relations_incomplete"),
        (["石春生"], {"龙腊梅": "12", "石立秋": "20", "麻小玉": "38"}, "no_head"),
        (["石春生"], {"龙腊梅": "02", "石立秋": "02", "麻小玉": "38"}, "two_heads"),
        (["石春生", "龙腊梅", "石立秋", "麻小玉"], {}, "nobody_stays"),
        ([], {}, "not_member"),
    ],
)
def test_a_leaving_that_leaves_the_household_wrong_is_refused(
    home: Household, leaving: list[str], relations: dict[str, str], code: str
) -> None:
    going = [pk(home, name) for name in leaving]

    refused = changes.remove_members(
        home, leaving=going, relations=told(home, **relations), **HOW
    )

    assert codes(refused) == [code]
    assert not home.members.exclude(left_on=None).exists()


def test_a_stranger_cannot_leave(home: Household) -> None:
    other = household(member("麻老五"))
    leaving = [pk(other, "麻老五")]

    refused = changes.remove_members(home, leaving=leaving, relations={}, **HOW)

    assert codes(refused) == ["not_member"]


def test_a_son_sets_up_his_own_household_with_the_standing(home: Household) -> None:
    new = split(home)

    assert isinstance(new, Household)
    home.refresh_from_db()
    assert (home.size, home.head_name) == (2, "石春生")
    assert (new.size, new.head_name, new.group) == (2, "石立秋", "二组")
    assert (new.status, new.attribute) == ("registered", Attribute.GENERAL_POOR)
    assert (new.since, new.registered_on) == (DAY, date(2014, 6, 1))
    assert family(new, DAY) == {"石立秋": "02", "麻小玉": "12"}


def test_a_split_is_read_back_on_any_day(home: Household) -> None:
    new = split(home)

    assert isinstance(new, Household)
    assert len(family(home, BEFORE)) == 4
    assert len(family(home, AFTER)) == 2
    assert family(new, BEFORE) == {}
    [then] = as_of.read_back([Household.objects.get(pk=new.pk)], BEFORE)
    assert then.status == "unregistered"
    assert home.changes.last().after["split_off"] == new.number
    assert new.changes.last().after["split_from"] == home.number


def test_a_split_household_may_begin_unregistered(home: Household) -> None:
    new = split(home, standing=Standing.UNREGISTERED)

    assert isinstance(new, Household)
    assert (new.status, new.attribute, new.registered_on) == ("unregistered", "", None)


def test_the_head_who_parts_leaves_a_new_head_behind(home: Household) -> None:
    moving = told(home, 石春生="02", 龙腊梅="12")

    new = split(home, moving=moving, relations=told(home, 石立秋="02", 麻小玉="12"))

    assert isinstance(new, Household)
    home.refresh_from_db()
    assert (home.head_name, new.head_name) == ("石立秋", "石春生")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"standing": Standing.EXITED}, "standing_taken"),
        ({"reason": " "}, "reason_missing"),
        ({"on": date(2014, 3, 1)}, "before_household"),
    ],
)
def test_a_split_out_of_order_is_refused(
    home: Household, how: dict[str, Any], code: str
) -> None:
    assert code in codes(split(home, **how))


def test_a_split_refused_by_the_new_household_leaves_no_trace(home: Household) -> None:
    refused = split(home, moving=told(home, 石立秋="20", 麻小玉="38"))

    assert codes(refused) == ["no_head"]
    home.refresh_from_db()
    assert (home.size, home.members.filter(left_on=None).count()) == (4, 4)
    assert home.changes.count() == 2
    assert Household.objects.count() == 1


def test_two_households_become_one(home: Household) -> None:
    other = household(member("石立冬", id_number=id_number(date(1990, 1, 1))))
    changes.set_standing([other.pk], Standing.REGISTERED, on=DAY, by=None, reason="识")
    relations = told(other, 石立冬="29")

    joined = changes.merge_households(home, other, relations=relations, **HOW)

    assert isinstance(joined, Household)
    other.refresh_from_db()
    assert (joined.size, other.size, other.until) == (5, 0, DAY)
    assert family(joined, DAY)["石立冬"] == "29"
    assert (family(other, BEFORE), family(other, AFTER)) == ({"石立冬": "02"}, {})
    assert other.changes.last().after["merged_into"] == home.number
    assert joined.changes.last().after["merged"] == other.number


def merging(home: Household, name: str, relation: str) -> list[str]:
    number = id_number(date(1990, 1, 1))
    other = household(member(name, id_number=number))
    relations = told(other, **{name: relation}) if relation else {}
    return codes(changes.merge_households(home, other, relations=relations, **HOW))


def test_households_of_unlike_standing_do_not_join(home: Household) -> None:
    assert merging(home, "石立冬", "29") == ["standing_differs"]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("", ["relations_incomplete"]), ("02", ["two_heads"])],
)
def test_who_is_what_to_the_head_is_asked_for(
    relation: str, expected: list[str]
) -> None:
    home = household()

    assert merging(home, "石立冬", relation) == expected


def test_a_household_does_not_join_itself(home: Household) -> None:
    relations = told(home, 石春生="29", 龙腊梅="99", 石立秋="20", 麻小玉="38")

    refused = changes.merge_households(home, home, relations=relations, **HOW)

    assert codes(refused) == ["same_household"]
