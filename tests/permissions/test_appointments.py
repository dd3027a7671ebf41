"""Who appoints, what ends with what, and who signs for whom."""

from datetime import timedelta

import pytest

from permissions.appointments import appoint, end, refusals_of
from permissions.policy import standing
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    NEXT_COUNTY,
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


def codes(found) -> list[str]:
    return [refusal.code for refusal in found]


def refused(who, post, code, **fields) -> list[str]:
    return codes(appoint(nomination(who, post, code, **fields), by=None, now=NOW))


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
