"""Where an officer is logged in, how often at once, and ending it."""

import pytest
from django.test import Client

from permissions import sessions
from permissions.models import Officer, OfficerSession
from permissions.posts import Post
from tests.permissions.factories import PASSWORD, TOWNSHIP, holder

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 MicroMessenger/8"


def logged_in(who: Officer, agent: str = PHONE) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/login/", {"username": who.username, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_an_officer_sees_where_he_is_logged_in():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    logged_in(who)
    page = logged_in(who, "Firefox on Windows").get("/account/").content.decode()

    assert "Android · MicroMessenger" in page
    assert "Windows · Firefox" in page
    assert page.count("本机") == 1


def test_he_logs_out_everywhere_but_here():
    who, other = (holder(Post.TOWNSHIP_CLERK, TOWNSHIP) for _n in range(2))
    first, here, stranger = logged_in(who), logged_in(who), logged_in(other)

    here.post("/account/sessions/end/")
    assert [is_in(one) for one in (first, here, stranger)] == [False, True, True]


def test_the_oldest_log_in_ends_beyond_the_limit():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    clients = [logged_in(who) for _n in range(sessions.MOST_AT_ONCE + 1)]

    assert [is_in(one) for one in clients] == [False, *[True] * sessions.MOST_AT_ONCE]


def test_a_new_password_ends_the_log_ins_elsewhere():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    first, here = logged_in(who), logged_in(who)

    new = {"new_password1": "zhu-men-kai-8", "new_password2": "zhu-men-kai-8"}
    here.post("/account/password/", {"old_password": PASSWORD, **new})
    assert [is_in(one) for one in (first, here)] == [False, True]


def test_logging_out_leaves_no_row():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    logged_in(who).post("/logout/")

    assert not OfficerSession.objects.filter(officer_id=who.pk).exists()
