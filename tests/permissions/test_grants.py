"""The permissions on places that follow, and what the database refuses itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from permissions.appointments import end, sync_grants
from permissions.models import Appointment, PlaceGrant
from permissions.posts import Post
from permissions.triggers import NAMES, install, missing, triggers_present
from tests.permissions.factories import (
    COUNTY,
    NOW,
    SINCE,
    TODAY,
    TOWNSHIP,
    appointment,
    holder,
    nomination,
    officer,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


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
