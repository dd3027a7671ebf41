"""What may not be appointed, one rule after the other."""

from datetime import date, timedelta

import pytest

from permissions.appointments import appoint, refusals_of
from permissions.models import Appointment, Kinship
from permissions.models.appointments import Relation
from permissions.officers import close_account
from permissions.posts import Post
from registry.models import Person
from tests.permissions.factories import (
    COUNTY,
    NEXT_COUNTY,
    NEXT_VILLAGE,
    NOW,
    PREFECTURE,
    SINCE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    appointment,
    holder,
    household,
    nomination,
    officer,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def codes(found) -> list[str]:
    return [refusal.code for refusal in found]


def refused(who, post, code, **fields) -> list[str]:
    return codes(appoint(nomination(who, post, code, **fields), by=None, now=NOW))


@pytest.mark.parametrize(
    ("held", "sought", "expected"),
    [
        (Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, ["three_admins"]),
        (Post.SECURITY_ADMIN, Post.AUDIT_ADMIN, ["three_admins"]),
        (Post.AUDIT_ADMIN, Post.SYSTEM_ADMIN, ["three_admins"]),
        (Post.SYSTEM_ADMIN, Post.COUNTY_CLERK, ["admin_acts"]),
        (Post.COUNTY_CLERK, Post.AUDIT_ADMIN, ["admin_acts"]),
        (Post.AUDITOR, Post.AUDIT_ADMIN, []),
        (Post.AUDIT_ADMIN, Post.AUDITOR, []),
        (Post.COUNTY_CLERK, Post.COUNTY_LEADER, []),
    ],
)
def test_which_posts_one_person_may_not_unite(held, sought, expected):
    who = holder(held, COUNTY)

    found = refusals_of(nomination(who, sought, COUNTY), by=None, now=NOW)

    assert codes(found) == expected


def test_administrators_are_apart_wherever_they_sit():
    who = holder(Post.SYSTEM_ADMIN, COUNTY)

    assert refused(who, Post.SECURITY_ADMIN, NEXT_COUNTY) == ["three_admins"]


def test_posts_held_one_after_the_other_are_not_united():
    who = officer()
    appointment(who, Post.SYSTEM_ADMIN, COUNTY, until=TODAY)

    made = appoint(
        nomination(who, Post.SECURITY_ADMIN, COUNTY, since=TODAY), by=None, now=NOW
    )

    assert isinstance(made, Appointment)


@pytest.mark.parametrize(
    ("held", "sought"),
    [
        (Post.VILLAGE_COMMITTEE, Post.SUPERVISION_COMMITTEE),
        (Post.SUPERVISION_COMMITTEE, Post.VILLAGE_COMMITTEE),
    ],
)
@pytest.mark.parametrize(
    ("since", "article"),
    [
        (date(2025, 12, 31), "《村民委员会组织法》第三十二条"),
        (date(2026, 1, 1), "《村民委员会组织法》第三十七条"),
    ],
)
def test_nobody_supervises_his_own_village_committee(held, sought, since, article):
    who = holder(held, VILLAGE)

    (refusal,) = appoint(
        nomination(who, sought, VILLAGE, since=since), by=None, now=NOW
    )

    assert (refusal.code, refusal.source) == ("supervises_himself", article)


def test_he_may_supervise_another_village():
    who = holder(Post.VILLAGE_COMMITTEE, VILLAGE)

    assert appointment(who, Post.SUPERVISION_COMMITTEE, NEXT_VILLAGE)


def test_members_of_one_household_do_not_supervise_each_other():
    home = household(id_index="a" * 64)
    Person.objects.create(
        household=home,
        name="龙立春",
        relation="10",
        sex="2",
        birth=date(1972, 2, 4),
        id_index="b" * 64,
        joined_on=SINCE,
    )
    holder_of = officer("石小满", id_index="a" * 64)
    appointment(holder_of, Post.VILLAGE_COMMITTEE, VILLAGE)
    wife = officer("龙立春", id_index="b" * 64)

    (refusal,) = appoint(
        nomination(wife, Post.SUPERVISION_COMMITTEE, VILLAGE), by=None, now=NOW
    )

    assert refusal.code == "relative_supervises"
    assert str(refusal.text) == "其近亲属石小满已任本村村民委员会成员。"
    assert refusal.basis.endswith("（推定）")


@pytest.mark.parametrize("declared_by", ["holder", "candidate"])
def test_a_declared_relative_does_not_supervise(declared_by):
    member = officer("石小满", id_index="a" * 64)
    candidate = officer("石大暑", id_index="b" * 64)
    who, home = (
        (member, household(id_index="b" * 64))
        if declared_by == "holder"
        else (candidate, household(id_index="a" * 64))
    )
    Kinship.objects.create(
        officer=who, household=home, relation=Relation.SIBLING, declared_on=SINCE
    )
    appointment(member, Post.VILLAGE_COMMITTEE, VILLAGE)

    assert refused(candidate, Post.SUPERVISION_COMMITTEE, VILLAGE) == [
        "relative_supervises"
    ]


@pytest.mark.parametrize(
    ("post", "code"),
    [
        (Post.TOWNSHIP_CLERK, VILLAGE),
        (Post.VILLAGE_COMMITTEE, TOWNSHIP),
        (Post.COUNTY_LEADER, PREFECTURE),
        (Post.PREFECTURE_OFFICE, COUNTY),
    ],
)
def test_a_post_sits_only_on_its_own_level(post, code):
    assert refused(officer(), post, code) == ["appointment_level"]


@pytest.mark.parametrize("code", [PREFECTURE, COUNTY, TOWNSHIP, VILLAGE])
def test_an_auditor_sits_on_any_level(code):
    assert appointment(officer(), Post.AUDITOR, code)


def test_the_same_post_twice_at_a_time_is_refused():
    who = holder(Post.COUNTY_CLERK, COUNTY)

    assert refused(who, Post.COUNTY_CLERK, COUNTY) == ["appointment_twice"]


def test_a_closed_account_gets_no_post():
    who = officer()
    close_account(who, by=None, now=NOW)

    assert refused(who, Post.COUNTY_CLERK, COUNTY) == ["appointment_inactive"]


def test_an_appointment_lasts_a_day_at_least():
    assert refused(officer(), Post.COUNTY_CLERK, COUNTY, until=SINCE) == [
        "appointment_dates"
    ]


def test_every_refusal_is_said_at_once():
    who = holder(Post.SYSTEM_ADMIN, COUNTY)

    assert refused(who, Post.COUNTY_CLERK, TOWNSHIP) == [
        "appointment_level",
        "admin_acts",
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2018, 11, 12), date(2018, 11, 24), None),
        (SINCE, date(2019, 1, 1), None),
        (date(2018, 11, 12), None, "appointment_acting_open"),
        (date(2017, 12, 31), date(2018, 11, 24), "appointment_acting_outside"),
        (date(2018, 11, 12), date(2019, 1, 2), "appointment_acting_outside"),
        (date(2019, 1, 1), date(2019, 1, 2), "appointment_acting_nobody"),
    ],
)
def test_acting_lies_within_the_dates_of_the_other(since, until, expected):
    leader = officer("麻志诚")
    appointment(leader, Post.TOWNSHIP_LEADER, TOWNSHIP, until=date(2019, 1, 1))

    found = refusals_of(
        nomination(
            officer(),
            Post.TOWNSHIP_LEADER,
            TOWNSHIP,
            since=since,
            until=until,
            acting_for=leader,
        ),
        by=None,
        now=NOW,
    )

    assert codes(found) == ([expected] if expected else [])


def test_nobody_acts_for_himself():
    who = holder(Post.TOWNSHIP_LEADER, TOWNSHIP)

    assert "appointment_acting_self" in refused(
        who, Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY, acting_for=who
    )


def test_nobody_acts_for_somebody_who_acts():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    deputy = officer()
    appointment(
        deputy, Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY + DAY, acting_for=leader
    )

    assert refused(
        officer(), Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY, acting_for=deputy
    ) == ["appointment_acting_twice"]
