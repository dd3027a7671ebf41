"""Five wrong passwords, and one answer for every failure."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from permissions import lockout
from permissions.models import LoginAttempt
from permissions.officers import close_account
from permissions.posts import Post
from tests.permissions.factories import (
    NOW,
    PASSWORD,
    TOWNSHIP,
    holder,
    officer,
)

pytestmark = pytest.mark.django_db

LOGIN = "/login/"
WRONG = "用户名或密码不正确。"
LOCKED = "失败次数过多，请15分钟后再试。"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def attempt(client: Client, username: str, password: str):
    return client.post(LOGIN, {"username": username, "password": password})


def test_every_failure_reads_the_same(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    closed = officer("麻志诚")
    close_account(closed, by=None, now=NOW)

    answers = [
        attempt(client, who.username, "wrong"),
        attempt(client, "nobody", "wrong"),
        attempt(client, closed.username, PASSWORD),
    ]

    pages = [answer.content.decode() for answer in answers]
    assert all(WRONG in page for page in pages)
    assert [answer.context["form"].non_field_errors() for answer in answers] == [
        [WRONG]
    ] * 3


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_close_the_door_even_for_the_right_one(client, known):
    username = holder(Post.TOWNSHIP_CLERK, TOWNSHIP).username if known else "nobody"

    said = [
        attempt(client, username, "wrong").context["form"].non_field_errors()
        for _n in range(6)
    ]
    after = attempt(client, username, PASSWORD)

    assert said == [[WRONG]] * 5 + [[LOCKED]]
    assert after.context["form"].non_field_errors() == [LOCKED]


def test_another_address_is_not_locked(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    for _n in range(5):
        attempt(client, who.username, "wrong")

    other = Client(REMOTE_ADDR="10.0.0.9")

    assert attempt(other, who.username, PASSWORD).status_code == 302


def test_a_right_password_clears_the_count(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    for _n in range(4):
        attempt(client, who.username, "wrong")

    attempt(client, who.username, PASSWORD)

    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "open_again"), [(0, False), (14, False), (15, True)]
)
def test_the_door_opens_again_after_a_quarter_of_an_hour(minutes, open_again):
    for _n in range(5):
        assert lockout.enter("吴", "10.0.0.1", at=START)

    later = START + timedelta(minutes=minutes)

    assert lockout.enter("吴", "10.0.0.1", at=later) is open_again


def test_attempts_while_locked_do_not_prolong_the_lock():
    for _n in range(5):
        lockout.enter("吴", "10.0.0.1", at=START)
    lockout.enter("吴", "10.0.0.1", at=START + timedelta(minutes=14))

    assert lockout.enter("吴", "10.0.0.1", at=START + timedelta(minutes=15))


def test_spelling_a_name_differently_does_not_help():
    for name in ("wu", "WU", " wu ", "ｗｕ", "Wu"):
        lockout.enter(name, "10.0.0.1", at=START)

    assert not lockout.enter("wu", "10.0.0.1", at=START)


def test_old_attempts_are_forgotten():
    lockout.enter("吴", "10.0.0.1", at=START)

    lockout.enter("麻", "10.0.0.1", at=START + timedelta(days=2))

    assert LoginAttempt.objects.count() == 1


def test_neither_name_nor_address_is_kept():
    lockout.enter("my secret password", "10.0.0.1", at=START)

    row = LoginAttempt.objects.get()

    assert len(row.key) == 64
    assert "secret" not in row.key


@pytest.mark.parametrize(
    ("behind_proxy", "address"), [(True, "10.1.1.1"), (False, "127.0.0.1")]
)
def test_a_forwarded_address_counts_only_behind_a_proxy(
    rf, settings, behind_proxy, address
):
    settings.BEHIND_PROXY = behind_proxy

    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.1.1.1"})

    assert lockout.address_of(request) == address


@pytest.mark.parametrize("sent", [{}, {"username": "吴"}, {"password": "x"}])
def test_an_incomplete_login_is_not_counted(client, sent):
    response = client.post(LOGIN, sent)

    assert not response.context["form"].is_valid()
    assert not LoginAttempt.objects.exists()
