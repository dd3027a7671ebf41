"""A territory as ranges of codes: merged, cut by post, and equal to its query."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from permissions.policy import Territory, territory
from permissions.posts import Post
from registry.models import Place
from tests.permissions.factories import (
    COUNTY,
    NEXT_VILLAGE,
    NOW,
    SINCE,
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
def test_a_county_swallows_its_townships():
    who = holder(Post.COUNTY_CLERK, COUNTY)
    appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)

    assert territory(who, TODAY).ranges() == [(COUNTY, "433125000000")]
    assert territory(who, TODAY).posts_at(VILLAGE) == {
        Post.COUNTY_CLERK,
        Post.TOWNSHIP_CLERK,
    }


@pytest.mark.django_db
def test_a_territory_can_be_cut_by_post():
    who = holder(Post.COUNTY_CLERK, COUNTY)
    appointment(who, Post.WORK_TEAM, VILLAGE)

    mine = territory(who, TODAY)

    assert mine.covers(NEXT_VILLAGE)
    assert not mine.covers(NEXT_VILLAGE, [Post.WORK_TEAM])
    assert mine.covers(VILLAGE, [Post.WORK_TEAM])


@pytest.mark.django_db
def test_an_empty_territory_finds_nothing():
    place(VILLAGE)

    assert not Place.objects.filter(Territory().q("code")).exists()


class TerritoryAgreesWithTheDatabase(TestCase):
    """`covers` and `q` are two spellings of one answer."""

    CODES = (
        "430000000000",
        "433100000000",
        "433123000000",
        "433124000000",
        "433124101000",
        "433124101201",
        "433124110000",
        "433124110226",
        "433124110227",
        "433124999000",
        "433124999999",
        "433125000000",
        "433199999999",
        "990000000000",
        "999999999999",
    )

    @settings(max_examples=60, deadline=None)
    @given(
        seats=st.sets(
            st.tuples(st.sampled_from(list(Post)), st.sampled_from(CODES)), max_size=6
        ),
        posts=st.none() | st.sets(st.sampled_from(list(Post)), max_size=4),
    )
    def test_covers_agrees_with_q(self, seats, posts):
        for code in self.CODES:
            place(code)
        who = officer()
        who.appointments.bulk_create(
            who.appointments.model(
                officer=who,
                post=post,
                place_id=code,
                since=SINCE,
                document="-",
                made_at=NOW,
            )
            for post, code in sorted(seats)
        )

        mine = territory(who, TODAY)

        found = Place.objects.filter(mine.q("code", posts)).values_list(
            "code", flat=True
        )
        assert set(found) == {
            place.code
            for place in Place.objects.all()
            if mine.covers(place.code, posts)
        }
