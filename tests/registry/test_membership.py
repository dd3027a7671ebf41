"""Joining, leaving, correcting, another head, closing."""

from datetime import date
from typing import Any

import pytest

from registry import changes
from registry.drafts import MemberDraft
from registry.kinship import Relation
from registry.models import Household, Person
from tests.registry.factories import ENTERED, household, id_number, member, wife

pytestmark = pytest.mark.usefixtures("places")

LATER = date(2015, 6, 1)
HOW: dict[str, Any] = {"on": LATER, "by": None, "reason": "出生"}
BABY = MemberDraft(name="石小满", relation=Relation.SON, sex="1", birth=LATER)


def codes(refused: object) -> list[str]:
    assert isinstance(refused, list)
    return [refusal.code for refusal in refused]


def spouse(home: Household) -> Person:
    return home.members.get(relation=Relation.WIFE)


def names(people: list[Person]) -> list[str]:
    return [person.name for person in people]


def test_a_child_is_born_without_a_number() -> None:
    home = household()

    baby = changes.add_member(home, BABY, **HOW)

    assert isinstance(baby, Person)
    assert (baby.id_cipher, baby.id_index, baby.joined_on) == ("", "", LATER)
    home.refresh_from_db()
    assert home.size == 3
    last = home.changes.last()
    assert (last.kind, last.person, last.reason) == ("member_added", baby, "出生")


def test_a_second_wife_is_refused() -> None:
    assert codes(changes.add_member(household(), wife("龙秋桂"), **HOW)) == [
        "two_spouses"
    ]


def test_somebody_present_elsewhere_must_leave_there_first() -> None:
    number = id_number(date(2000, 1, 1))
    son = member("石立秋", relation=Relation.SON, id_number=number)
    first = household(member(), son)
    other = household()

    assert codes(changes.add_member(other, son, **HOW)) == ["person_present"]
    changes.remove_member(first.members.get(name="石立秋"), **HOW)

    assert isinstance(changes.add_member(other, son, **HOW), Person)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"on": date(2014, 3, 31)}, "before_household"),
    ],
)
def test_an_untimely_or_unreasoned_change_is_refused(
    how: dict[str, Any], code: str
) -> None:
    home = household()

    assert code in codes(changes.remove_member(spouse(home), **HOW | how))


def test_who_left_is_still_found_on_the_days_before() -> None:
    home = household()

    changes.remove_member(spouse(home), **HOW)

    home.refresh_from_db()
    assert home.size == 1
    before, after = home.members_on(date(2015, 5, 31)), home.members_on(LATER)
    assert (names(before), names(after)) == (["石春生", "龙腊梅"], ["石春生"])


def test_nobody_leaves_twice() -> None:
    home = household()
    changes.remove_member(spouse(home), **HOW)

    assert codes(changes.remove_member(spouse(home), **HOW)) == ["already_left"]


def test_the_head_cannot_leave_before_another_is_named() -> None:
    home = household()

    assert codes(changes.remove_member(home.head, **HOW)) == ["head_leaves"]


def test_another_head_is_named_with_everybodys_relation() -> None:
    home = household()
    man, woman = home.head, spouse(home)
    relations = {man.pk: Relation.HUSBAND, woman.pk: Relation.HEAD}

    changed = changes.change_head(home, relations, **HOW)

    assert isinstance(changed, Household)
    assert (changed.head_name, changed.head) == ("龙腊梅", woman)
    assert home.changes.filter(kind="member_corrected").count() == 2


@pytest.mark.parametrize(
    ("man", "woman", "code"),
    [
        (Relation.HEAD, Relation.HEAD, "two_heads"),
        (Relation.HUSBAND, Relation.OTHER_KIN, "no_head"),
        (Relation.WIFE, Relation.HEAD, "sex_not_relation"),
        ("00", Relation.HEAD, "code_unknown"),
    ],
)
def test_wrong_relations_name_no_head(man: str, woman: str, code: str) -> None:
    home = household()
    relations = {home.head.pk: man, spouse(home).pk: woman}

    assert code in codes(changes.change_head(home, relations, **HOW))
    assert home.head.name == "石春生"


def test_every_relation_must_be_given() -> None:
    home = household()
    relations = {home.head.pk: Relation.HEAD}

    assert codes(changes.change_head(home, relations, **HOW)) == [
        "relations_incomplete"
    ]


def test_a_correction_shows_what_stood_before() -> None:
    home = household()
    columns = {"name": "石春升", "health": ("chronic",)}

    corrected = changes.correct_member(home.head, columns, **HOW)

    assert isinstance(corrected, Person)
    last = home.changes.last()
    assert last.before == {"name": "石春生", "health": []}
    assert last.after == {"name": "石春升", "health": ["chronic"]}
    home.refresh_from_db()
    assert home.head_name == "石春升"


def test_a_corrected_number_is_not_written_down() -> None:
    home = household()
    number = id_number(date(1970, 5, 5))
    columns = {"id_number": number, "birth": date(1970, 5, 5)}

    changes.correct_member(home.head, columns, **HOW)

    last = home.changes.last()
    assert last.after == {"id_number": "******", "birth": "1970-05-05"}
    assert home.head.birth == date(1970, 5, 5)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"relation": Relation.SON}, "no_head"),
        ({"sex": "2"}, "sex_not_id"),
        ({"id_number": id_number(man=False), "sex": "2"}, "spouse_sex"),
    ],
)
def test_a_wrong_correction_is_refused(columns: dict[str, Any], code: str) -> None:
    home = household()

    assert code in codes(changes.correct_member(home.head, columns, **HOW))


def test_a_number_present_elsewhere_is_no_correction() -> None:
    number = id_number()
    household(member(id_number=number))
    home = household()

    refused = changes.correct_member(home.head, {"id_number": number}, **HOW)

    assert codes(refused) == ["person_present"]


def test_who_has_left_can_still_be_corrected() -> None:
    home = household()
    gone = changes.remove_member(spouse(home), **HOW)
    assert isinstance(gone, Person)

    corrected = changes.correct_member(gone, {"name": "龙秋桂"}, **HOW)

    assert isinstance(corrected, Person)
    assert (corrected.name, corrected.left_on) == ("龙秋桂", LATER)


def test_a_correction_that_changes_nothing_leaves_no_record() -> None:
    home = household()

    changes.correct_member(home.head, {"name": "石春生"}, **HOW)
    changes.correct_household(home, {"group": ""}, **HOW)

    assert home.changes.count() == 1


def test_a_household_is_corrected() -> None:
    home = household(phone="19907430001")
    columns = {"group": "第二组", "other_causes": ("illness",), "phone": "0743 8221234"}

    changes.correct_household(home, columns, **HOW)

    last = home.changes.last()
    assert last.before == {"group": "", "other_causes": [], "phone": "******"}
    assert last.after == {
        "group": "第二组",
        "other_causes": ["illness"],
        "phone": "******",
    }
    home.refresh_from_db()
    assert (home.group, home.other_causes) == ("第二组", ["illness"])


def test_a_wrong_correction_of_a_household_is_refused() -> None:
    refused = changes.correct_household(household(), {"attribute": "99"}, **HOW)

    assert codes(refused) == ["code_unknown"]


@pytest.mark.parametrize("column", ["village", "number", "members", "status"])
def test_place_number_and_standing_are_no_corrections(column: str) -> None:
    with pytest.raises(ValueError, match=column):
        changes.correct_household(household(), {column: "x"}, **HOW)


def test_a_household_that_disappeared_is_closed() -> None:
    home = household()

    closed = changes.close_household(home, **HOW)

    assert isinstance(closed, Household)
    assert (closed.until, closed.size, closed.head) == (LATER, 0, None)
    assert codes(changes.add_member(home, BABY, **HOW)) == ["household_closed"]
    assert "household_closed" in codes(changes.close_household(home, **HOW))
    assert len(home.members_on(ENTERED)) == 2
