"""The four directions of the policy, on dates and with acting officials."""

from datetime import date, timedelta

import pytest

from permissions.appointments import end
from permissions.officers import close_account
from permissions.policy import (
    Territory,
    appointments,
    officers,
    standing,
    stands,
    territory,
)
from permissions.posts import Post
from permissions.reasons import why
from tests.permissions.factories import (
    COUNTY,
    NEXT_TOWNSHIP,
    NOW,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    appointment,
    holder,
    officer,
    place,
)

DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "valid"),
    [
        (date(2018, 2, 28), False),
        (date(2018, 3, 1), True),
        (date(2018, 6, 30), True),
        (date(2018, 7, 1), False),
    ],
)
def test_a_post_is_held_from_its_first_day_until_the_day_before_its_end(on, valid):
    who = officer()
    held = appointment(
        who,
        Post.TOWNSHIP_CLERK,
        TOWNSHIP,
        since=date(2018, 3, 1),
        until=date(2018, 7, 1),
    )

    assert (standing(who, Post.TOWNSHIP_CLERK, VILLAGE, on) is not None) is valid
    assert stands(held, Post.TOWNSHIP_CLERK, VILLAGE, on) is valid
    assert territory(who, on).covers(VILLAGE) is valid


@pytest.mark.django_db
def test_a_removal_dated_today_works_at_once():
    who = officer()
    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)

    end(held, on=TODAY, by=None, reason="调离", now=NOW)

    assert standing(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY) is None
    assert standing(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY - DAY) == held


@pytest.mark.django_db
def test_a_closed_account_stands_nowhere():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)

    close_account(who, by=None, now=NOW)

    assert standing(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY) is None
    assert not officers(Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY).exists()
    assert territory(who, TODAY) == Territory()


@pytest.mark.django_db
def test_another_post_of_the_same_place_does_not_stand_in():
    who = holder(Post.TOWNSHIP_LEADER, TOWNSHIP)

    assert standing(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY) is None


@pytest.mark.django_db
def test_his_own_appointment_comes_before_an_acting_one():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    who = officer()
    acting = appointment(
        who,
        Post.TOWNSHIP_LEADER,
        TOWNSHIP,
        until=TODAY + DAY,
        acting_for=leader,
    )

    assert standing(who, Post.TOWNSHIP_LEADER, VILLAGE, TODAY) == acting
    own = appointment(who, Post.COUNTY_CLERK, COUNTY)
    assert appointments(who, TODAY) == [own, acting]


@pytest.mark.django_db
def test_officers_lists_real_and_acting_holders():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    deputy = officer()
    appointment(
        deputy, Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY + DAY, acting_for=leader
    )

    assert list(officers(Post.TOWNSHIP_LEADER, VILLAGE, TODAY)) == [leader, deputy]


@pytest.mark.django_db
def test_no_post_reaches_upward():
    holder(Post.TOWNSHIP_CLERK, TOWNSHIP)

    assert not officers(Post.TOWNSHIP_CLERK, COUNTY, TODAY).exists()


@pytest.mark.django_db
def test_only_the_appointment_to_the_post_itself_stands():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    who = officer()
    other = appointment(who, Post.COUNTY_CLERK, COUNTY)
    acting = appointment(
        who, Post.TOWNSHIP_LEADER, TOWNSHIP, until=TODAY + DAY, acting_for=leader
    )

    assert stands(acting, Post.TOWNSHIP_LEADER, VILLAGE, TODAY)
    assert not stands(acting, Post.TOWNSHIP_LEADER, VILLAGE, TODAY + DAY)
    assert not stands(other, Post.TOWNSHIP_LEADER, VILLAGE, TODAY)


@pytest.mark.django_db
def test_each_question_costs_one_statement(django_assert_num_queries):
    who = holder(Post.COUNTY_CLERK, COUNTY)
    appointment(who, Post.WORK_TEAM, VILLAGE)

    with django_assert_num_queries(1):
        territory(who, TODAY)
    with django_assert_num_queries(1):
        held = standing(who, Post.COUNTY_CLERK, VILLAGE, TODAY)
        assert (held.officer.full_name, held.place.pk) == ("吴晓兰", COUNTY)
        assert held.signature == "吴晓兰"
    with django_assert_num_queries(1):
        assert stands(held, Post.COUNTY_CLERK, VILLAGE, TODAY)
    with django_assert_num_queries(1):
        list(officers(Post.COUNTY_CLERK, VILLAGE, TODAY))
    with django_assert_num_queries(1):
        assert len(appointments(who, TODAY)) == 2


@pytest.mark.django_db
def test_a_question_with_a_foregone_answer_costs_nothing(django_assert_num_queries):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    held = who.appointments.get()

    with django_assert_num_queries(0):
        assert standing(who, Post.TOWNSHIP_CLERK, COUNTY, TODAY) is None
        assert not stands(held, Post.TOWNSHIP_CLERK, COUNTY, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("post", "code", "on", "sentence"),
    [
        (
            Post.TOWNSHIP_CLERK,
            VILLAGE,
            TODAY,
            "吴晓兰任双龙镇乡镇经办，自2018年1月1日起。",
        ),
        (
            Post.WORK_TEAM,
            VILLAGE,
            TODAY,
            "吴晓兰任十八洞村驻村工作队，自2018年1月1日至2018年11月30日。",
        ),
        (
            Post.TOWNSHIP_LEADER,
            VILLAGE,
            TODAY,
            "吴晓兰代理麻志诚任双龙镇乡镇负责人，自2018年11月12日至2018年11月23日。",
        ),
        (
            Post.TOWNSHIP_LEADER,
            VILLAGE,
            date(2018, 11, 24),
            "吴晓兰的双龙镇乡镇负责人任职已于2018年11月24日终止。",
        ),
        (
            Post.TOWNSHIP_LEADER,
            VILLAGE,
            date(2018, 11, 11),
            "吴晓兰自2018年11月12日起才任双龙镇乡镇负责人。",
        ),
        (
            Post.TOWNSHIP_CLERK,
            NEXT_TOWNSHIP,
            TODAY,
            "吴晓兰任双龙镇乡镇经办，辖区不含麻栗场镇。",
        ),
        (
            Post.COUNTY_CLERK,
            COUNTY,
            TODAY,
            "吴晓兰在2018年11月16日未任花垣县县级经办。",
        ),
        (Post.TOWNSHIP_CLERK, COUNTY, TODAY, "乡镇经办不设在花垣县这一级。"),
        (
            Post.AUDITOR,
            "433199000000",
            TODAY,
            "吴晓兰在2018年11月16日未任433199000000审计。",
        ),
    ],
)
def test_why_names_the_appointment_or_what_is_missing(post, code, on, sentence):
    for part, name in (
        (COUNTY, "花垣县"),
        (TOWNSHIP, "双龙镇"),
        (NEXT_TOWNSHIP, "麻栗场镇"),
        (VILLAGE, "十八洞村"),
    ):
        place(part, name)
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    appointment(who, Post.WORK_TEAM, VILLAGE, until=date(2018, 12, 1))
    appointment(
        who,
        Post.TOWNSHIP_LEADER,
        TOWNSHIP,
        since=date(2018, 11, 12),
        until=date(2018, 11, 24),
        acting_for=leader,
    )

    assert why(who, post, code, on) == sentence


@pytest.mark.django_db
def test_why_says_that_an_account_is_closed():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    close_account(who, by=None, now=NOW)

    assert why(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY) == "吴晓兰的账号已停用。"
