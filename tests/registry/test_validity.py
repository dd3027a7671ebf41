"""What is wrong with a draft, said all at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from registry.codes import Education, Health, StudentStatus
from registry.drafts import HouseholdDraft, MemberDraft
from registry.kinship import FEMALE, MALE, Relation
from registry.validity import checked_household, checked_member
from tests.registry.factories import ENTERED, draft, id_number, member, wife


def codes(checked: object) -> list[str]:
    assert isinstance(checked, list)
    return [refusal.code for refusal in checked]


def child(**columns: Any) -> MemberDraft:
    own = {"name": "石小满", "relation": Relation.SON, "sex": "1"}
    return MemberDraft(**own | {"birth": date(2010, 1, 1)} | columns)


def test_a_good_draft_comes_back_put_right() -> None:
    number = id_number()
    rough = draft(member("石 春生", id_number=number.lower()), phone="0743 822 1234")

    checked = checked_household(rough, on=ENTERED)

    assert isinstance(checked, HouseholdDraft)
    assert checked.phone == "07438221234"
    assert checked.members[0].name == "石春生"
    assert checked.members[0].id_number == number
    assert (checked.members[0].sex, checked.members[0].birth) == (
        "1",
        date(1970, 5, 4),
    )


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"name": ""}, "name_empty"),
        ({"id_number": "433124197005040010"}, "id_check_digit"),
        ({"id_number": id_number(man=False)}, "sex_not_id"),
        ({"id_number": id_number(date(2010, 1, 2))}, "birth_not_id"),
        ({"sex": ""}, "sex_missing"),
        ({"birth": None}, "birth_missing"),
        ({"birth": date(2014, 4, 2)}, "birth_after"),
        ({"sex": "2"}, "sex_not_relation"),
        ({"sex": "9"}, "code_unknown"),
        ({"relation": "00"}, "code_unknown"),
        ({"nationality": "57"}, "code_unknown"),
        ({"education": "doctor"}, "code_unknown"),
        ({"student_status": "grade_9"}, "code_unknown"),
        ({"labour": "strong"}, "code_unknown"),
        ({"health": ("tired",)}, "code_unknown"),
        ({"health": (Health.HEALTHY, Health.CHRONIC)}, "health_both"),
        (
            {"education": Education.PRIMARY, "student_status": StudentStatus.PRIMARY},
            "education_and_school",
        ),
    ],
)
def test_a_wrong_member_is_refused_by_name(columns: dict[str, Any], code: str) -> None:
    rough = child(**columns)

    refusals = checked_member(rough, on=ENTERED)

    assert code in codes(refusals)
    assert all(str(r).startswith(f"{rough.name}：") for r in refusals)


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ([], ["no_head"]),
        ([wife()], ["no_head"]),
        ([member(), member("石立秋")], ["two_heads"]),
        ([member(), wife(), wife("龙秋桂")], ["two_spouses"]),
        ([member(), member("石立秋", relation=Relation.SPOUSE)], ["spouse_sex"]),
        ([member(), child(relation="")], ["relation_missing"]),
    ],
)
def test_a_wrong_household_is_refused(
    members: list[MemberDraft], found: list[str]
) -> None:
    rough = HouseholdDraft(village="433124110226", members=tuple(members))

    assert codes(checked_household(rough, on=ENTERED)) == found


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"attribute": "99"}, "code_unknown"),
        ({"main_cause": "laziness"}, "code_unknown"),
        ({"housing_grade": "E"}, "code_unknown"),
        ({"other_causes": ("illness", "no_land", "no_water")}, "causes_many"),
        ({"main_cause": "illness", "other_causes": ("illness",)}, "cause_twice"),
        ({"farmland_mu": Decimal(-1)}, "farmland"),
        ({"phone": "ask the neighbour"}, "phone_shape"),
    ],
)
def test_a_wrong_column_of_a_household_is_refused(
    columns: dict[str, Any], code: str
) -> None:
    assert codes(checked_household(draft(**columns), on=ENTERED)) == [code]


def test_one_number_cannot_be_two_members() -> None:
    number = id_number()
    twice = draft(
        member(id_number=number),
        member("石立秋", relation=Relation.SON, id_number=number),
    )

    assert codes(checked_household(twice, on=ENTERED)) == ["person_twice"]


def test_everything_wrong_is_said_at_once() -> None:
    rough = draft(wife(), child(sex=""), farmland_mu=Decimal(-1), phone="1")

    assert sorted(codes(checked_household(rough, on=ENTERED))) == [
        "farmland",
        "no_head",
        "phone_shape",
        "sex_missing",
    ]


def test_no_relation_belongs_to_both_sexes() -> None:
    assert not MALE & FEMALE
    assert Relation.SON_IN_LAW in MALE
    assert Relation.DAUGHTER_IN_LAW in FEMALE
    assert Relation.HEAD not in MALE | FEMALE
