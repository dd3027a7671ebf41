"""What may not be appointed, what ends with what, and the grants that follow."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from permissions.appointments import appoint, end, refusals_of, sync_grants
from permissions.models import Appointment, Kinship, PlaceGrant
from permissions.models.appointments import Relation
from permissions.officers import close_account
from permissions.policy import standing
from permissions.posts import Post
from permissions.triggers import NAMES, install, missing, triggers_present
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


def test_an_acting_official_signs_with_both_names():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")

    acting = appointment(
        officer(), Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY, acting_for=leader
    )

    assert acting.signature == "吴晓兰（代麻志诚）"
    assert acting.title.endswith("乡镇负责人（代理）")
    assert acting.last_day == TODAY - DAY


def test_who_acts_leaves_with_him_for_whom_he_acts():
    leader = officer("麻志诚")
    held = appointment(leader, Post.TOWNSHIP_LEADER, TOWNSHIP)
    deputy, later = officer(), officer()
    appointment(
        deputy, Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY + DAY, acting_for=leader
    )
    appointment(
        later,
        Post.TOWNSHIP_LEADER,
        TOWNSHIP,
        since=TODAY + DAY,
        until=TODAY + 9 * DAY,
        acting_for=leader,
    )

    end(held, on=TODAY, by=None, reason="调离", now=NOW)

    assert standing(deputy, Post.TOWNSHIP_LEADER, TOWNSHIP, TODAY) is None
    assert standing(later, Post.TOWNSHIP_LEADER, TOWNSHIP, TODAY + 2 * DAY) is None


def test_the_end_of_an_acting_post_leaves_the_other_in_office():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    acting = appointment(
        officer(), Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY + DAY, acting_for=leader
    )

    end(acting, on=TODAY, by=None, reason="销假", now=NOW)

    assert standing(leader, Post.TOWNSHIP_LEADER, TOWNSHIP, TODAY)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(SINCE - DAY, "ends_before_it_begins"), (TODAY + DAY, "already_ended")],
)
def test_what_cannot_be_ended(on, expected):
    held = appointment(officer(), Post.COUNTY_CLERK, COUNTY, until=TODAY)

    assert codes(end(held, on=on, by=None, reason="调离", now=NOW)) == [expected]


def test_ending_says_who_when_and_why():
    security = holder(Post.SECURITY_ADMIN, COUNTY, "龙霜降")
    held = appointment(officer(), Post.TOWNSHIP_CLERK, TOWNSHIP)

    end(held, on=TODAY, by=security.appointments.get(), reason="调离", now=NOW)

    held.refresh_from_db()
    assert (held.ended_by, held.ended_at, held.end_reason) == (security, NOW, "调离")


@pytest.mark.parametrize(
    ("post", "seat", "expected"),
    [
        (Post.SECURITY_ADMIN, COUNTY, []),
        (Post.SECURITY_ADMIN, NEXT_COUNTY, ["not_security_admin"]),
        (Post.SYSTEM_ADMIN, COUNTY, ["not_security_admin"]),
        (Post.COUNTY_LEADER, COUNTY, ["not_security_admin"]),
    ],
)
def test_only_the_security_administrator_of_the_place_appoints(post, seat, expected):
    by = appointment(officer("龙霜降"), post, seat)
    who = officer()

    found = refusals_of(nomination(who, Post.TOWNSHIP_CLERK, TOWNSHIP), by=by, now=NOW)
    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)
    ended = end(held, on=TODAY, by=by, reason="调离", now=NOW)

    assert codes(found) == expected
    assert (codes(ended) if isinstance(ended, list) else []) == expected


def test_nobody_appoints_himself():
    who = officer()
    by = appointment(who, Post.SECURITY_ADMIN, COUNTY)

    found = appoint(nomination(who, Post.AUDITOR, COUNTY), by=by, now=NOW)

    assert codes(found) == ["appoints_himself"]


def test_a_security_administrator_removed_this_minute_appoints_no_more():
    by = appointment(officer(), Post.SECURITY_ADMIN, COUNTY)
    end(by, on=TODAY, by=None, reason="调离", now=NOW)

    found = appoint(
        nomination(officer(), Post.TOWNSHIP_CLERK, TOWNSHIP), by=by, now=NOW
    )

    assert codes(found) == ["not_security_admin"]


def test_a_grant_follows_its_appointment():
    who = officer()

    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)

    assert who.has_perm("registry.hold_township_clerk", held.place)
    assert not who.has_perm("registry.hold_township_leader", held.place)
    assert not who.has_perm("registry.hold_township_clerk")


def test_a_grant_goes_with_its_appointment():
    who = officer()
    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)
    end(held, on=TODAY, by=None, reason="调离", now=NOW)

    assert (
        not type(who)
        .objects.get(pk=who.pk)
        .has_perm("registry.hold_township_clerk", held.place)
    )


def test_grants_come_and_go_with_the_days():
    who = officer()
    appointment(
        who,
        Post.TOWNSHIP_CLERK,
        TOWNSHIP,
        since=TODAY + DAY,
        until=TODAY + 2 * DAY,
    )

    assert not PlaceGrant.objects.filter(user=who).exists()
    assert sync_grants(TODAY + DAY) == (1, 0)
    assert sync_grants(TODAY + DAY) == (0, 0)
    assert sync_grants(TODAY + 2 * DAY) == (0, 1)


def test_grants_are_synchronised_in_a_constant_number_of_statements(
    django_assert_num_queries,
):
    for number in range(5):
        holder(Post.AUDITOR, COUNTY, f"甲{number}")
    PlaceGrant.objects.all().delete()

    with django_assert_num_queries(4):
        assert sync_grants(TODAY) == (5, 0)


@pytest.mark.parametrize(
    ("since", "until", "meets"),
    [
        (date(2018, 6, 30), None, True),
        (date(2018, 7, 1), None, False),
        (date(2018, 1, 1), date(2018, 3, 1), False),
        (date(2018, 1, 1), date(2018, 3, 2), True),
        (date(2018, 4, 1), date(2018, 4, 1), False),
        (date(2018, 1, 1), None, True),
    ],
)
def test_the_database_refuses_two_appointments_that_overlap(since, until, meets):
    first = appointment(
        officer(),
        Post.COUNTY_CLERK,
        COUNTY,
        since=date(2018, 3, 1),
        until=date(2018, 7, 1),
    )
    second = Appointment(
        officer=first.officer,
        post=first.post,
        place=first.place,
        since=since,
        until=until,
        document="-",
        made_at=NOW,
    )

    try:
        with transaction.atomic():
            second.save()
        refused_it = False
    except IntegrityError:
        refused_it = True

    assert refused_it is meets


def test_the_database_refuses_a_change_that_makes_two_overlap():
    who = officer()
    first = appointment(who, Post.COUNTY_CLERK, COUNTY, until=date(2018, 7, 1))
    appointment(who, Post.COUNTY_CLERK, COUNTY, since=date(2018, 7, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=first.pk).update(until=None)


def test_the_database_refuses_acting_without_an_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            officer=officer(),
            post=Post.COUNTY_CLERK,
            place=nomination(officer(), Post.COUNTY_CLERK, COUNTY).place,
            since=SINCE,
            acting_for=officer(),
            document="-",
            made_at=NOW,
        )


def test_triggers_that_went_missing_are_reported_and_put_back():
    on = " ON permissions_appointment" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {NAMES[0]}{on}")

    assert missing(connection) == [NAMES[0]]
    assert [found.id for found in triggers_present(None, ["default"])] == [
        "permissions.W001"
    ]
    install(connection)
    assert triggers_present(None, ["default"]) == []


def test_an_unmigrated_database_has_no_triggers_to_miss(monkeypatch):
    monkeypatch.setattr("permissions.triggers.TABLE", "no_such_table")

    install(connection)

    assert missing(connection) == []
