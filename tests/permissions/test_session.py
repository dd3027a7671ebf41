"""Coming in, going out and changing hats."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from permissions.appointments import end
from permissions.middleware import HAT
from permissions.models import Officer
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    NOW,
    PASSWORD,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    appointment,
    holder,
    officer,
)

pytestmark = pytest.mark.django_db

LOGIN = "/login/"
POSTS = "/posts/"


def attempt(client: Client, username: str, password: str):
    return client.post(LOGIN, {"username": username, "password": password})


def signed_in(who: Officer) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_who_holds_one_post_goes_on_to_his_work(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)

    response = attempt(client, who.username, PASSWORD)

    assert (response.status_code, response.url) == (302, reverse("workflows:worklist"))


@pytest.mark.parametrize(
    ("post", "name"),
    [
        (Post.SYSTEM_ADMIN, "permissions:officers"),
        (Post.SECURITY_ADMIN, "permissions:appointments"),
        (Post.AUDIT_ADMIN, "permissions:appointments"),
    ],
)
def test_an_administrator_goes_on_to_his_page(client, post, name):
    who = holder(post, COUNTY)

    assert attempt(client, who.username, PASSWORD).url == reverse(name)


def test_who_holds_several_posts_is_asked_for_his_hat(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    appointment(who, Post.WORK_TEAM, VILLAGE)

    assert attempt(client, who.username, PASSWORD).url == POSTS


def test_one_goes_out_by_post_only():
    client = signed_in(holder(Post.TOWNSHIP_CLERK, TOWNSHIP))

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == LOGIN
    assert client.get(POSTS).url == f"{LOGIN}?next={POSTS}"


def test_pages_want_a_login(client):
    assert client.get("/account/").url == f"{LOGIN}?next=/account/"


def test_the_posts_page_shows_each_post_with_its_reach():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    who = holder(Post.WORK_TEAM, VILLAGE)
    appointment(
        who,
        Post.TOWNSHIP_LEADER,
        TOWNSHIP,
        until=TODAY + timedelta(days=8),
        acting_for=leader,
    )

    page = signed_in(who).get(POSTS).content.decode()

    assert "吴晓兰，您有 2 个任职。" in page
    assert "1 个村" in page
    assert "代麻志诚，2018年1月1日至2018年11月23日" in page


@pytest.mark.parametrize("others", [0, 2])
def test_the_posts_page_costs_the_same_for_many_posts(
    others, django_assert_num_queries, settings
):
    settings.TRAINING = False  # its banner asks its own clock
    who = holder(Post.WORK_TEAM, VILLAGE)
    for number in range(others):
        appointment(who, Post.WORK_TEAM, f"4331241102{30 + number}")
    client = signed_in(who)
    client.get(POSTS)

    # session, officer, appointments, villages
    with django_assert_num_queries(4):
        client.get(POSTS)


def test_changing_hats_changes_the_territory():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    village = appointment(who, Post.WORK_TEAM, VILLAGE)
    client = signed_in(who)

    before = client.get(POSTS).wsgi_request
    client.post(POSTS, {"post": village.pk})
    after = client.get(POSTS).wsgi_request

    assert before.hat.held is Post.TOWNSHIP_CLERK
    assert after.hat == village
    assert before.territory.covers(TOWNSHIP)
    assert not after.territory.covers(TOWNSHIP)


@pytest.mark.parametrize("chosen", ["other", "", "x"])
def test_nobody_puts_on_another_officers_hat(chosen):
    other = appointment(officer("麻志诚"), Post.COUNTY_LEADER, COUNTY)
    client = signed_in(holder(Post.TOWNSHIP_CLERK, TOWNSHIP))

    response = client.post(POSTS, {"post": other.pk if chosen == "other" else chosen})

    assert "您没有这个任职，或者它已不在任期内。" in response.content.decode()
    assert response.wsgi_request.hat.held is Post.TOWNSHIP_CLERK


def test_a_removal_works_at_the_next_click():
    who = officer()
    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)
    client = signed_in(who)
    client.get(POSTS)

    end(held, on=TODAY, by=None, reason="调离", now=NOW)
    response = client.get(POSTS)

    assert response.wsgi_request.hat is None
    assert not response.wsgi_request.territory.covers(TOWNSHIP)
    assert "您现在没有任何有效的任职。" in response.content.decode()


def test_who_loses_the_hat_he_wore_is_told_which_one_he_wears_now():
    who = officer()
    held = appointment(who, Post.TOWNSHIP_CLERK, TOWNSHIP)
    other = appointment(who, Post.WORK_TEAM, VILLAGE)
    client = signed_in(who)
    client.post(POSTS, {"post": held.pk})

    end(held, on=TODAY, by=None, reason="调离", now=NOW)
    page = client.get(POSTS).content.decode()

    assert f"原来的任职已不在任期内，现以“{other.title}”办理。" in page
    assert client.session[HAT] == other.pk


def test_an_officer_without_a_post_sees_a_page_that_says_so():
    response = signed_in(officer()).get(reverse("permissions:officers"))

    assert response.status_code == 403
    assert "您现在没有任何有效的任职" in response.content.decode()


@pytest.mark.parametrize("path", [POSTS, "/account/", "/account/password/"])
def test_an_officer_without_a_post_reaches_his_own_account(path):
    assert signed_in(officer()).get(path).status_code == 200
