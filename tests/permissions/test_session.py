"""Coming in, the lock, changing hats, language and density."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from permissions import lockout
from permissions.appointments import end
from permissions.middleware import HAT
from permissions.models import LoginAttempt, Officer
from permissions.models.officers import OfficersStayError
from permissions.officers import close_account
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
WRONG = "用户名或密码不正确。"
LOCKED = "失败次数过多，请15分钟后再试。"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


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


def test_a_first_password_leads_to_its_change_and_nowhere_else():
    who = holder(Post.SYSTEM_ADMIN, COUNTY)
    Officer.objects.filter(pk=who.pk).update(must_change_password=True)

    response = signed_in(who).get("/officers/")

    assert response.url == "/account/password/"


def test_changing_the_password_opens_the_rest():
    who = holder(Post.SYSTEM_ADMIN, COUNTY)
    Officer.objects.filter(pk=who.pk).update(must_change_password=True)
    client = signed_in(who)
    new = "green-field-27"

    client.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert client.get("/officers/").status_code == 200
    assert Officer.objects.get(pk=who.pk).check_password(new)


def test_the_new_password_must_be_new():
    client = signed_in(holder(Post.SYSTEM_ADMIN, COUNTY))

    response = client.post(
        "/account/password/",
        {
            "old_password": PASSWORD,
            "new_password1": PASSWORD,
            "new_password2": PASSWORD,
        },
    )

    assert "新密码不能与现在的密码相同。" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [("/density/", "density", "elder"), ("/language/", "language", "en")],
)
def test_a_preference_is_kept_on_the_officer_and_in_a_cookie(path, field, value):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    client = signed_in(who)

    response = client.post(path, {field: value, "next": "/posts/"})

    assert response.url == "/posts/"
    assert getattr(Officer.objects.get(pk=who.pk), field) == value
    assert value in [cookie.value for cookie in client.cookies.values()]


@pytest.mark.parametrize("path", ["/density/", "/language/"])
def test_an_unknown_preference_changes_nothing(path):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)

    signed_in(who).post(path, {"density": "huge", "language": "xx"})

    assert (Officer.objects.get().density, Officer.objects.get().language) == (
        "normal",
        "zh-hans",
    )


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", ""])
def test_a_preference_never_leads_away(client, target):
    response = client.post("/density/", {"density": "elder", "next": target})

    assert response.url == reverse("workflows:worklist")


def test_a_guests_preferences_come_from_his_cookies(client):
    client.post("/density/", {"density": "elder"})
    client.post("/language/", {"language": "en"})

    response = client.get(LOGIN)

    assert response.headers["Content-Language"] == "en"
    assert 'class="govuk-template cx-elder"' in response.content.decode()


def test_an_english_browser_still_gets_the_language_of_the_office(client):
    response = client.get(LOGIN, headers={"Accept-Language": "en-US"})

    assert response.headers["Content-Language"] == "zh-hans"


def test_officers_are_never_deleted():
    who = officer()

    with pytest.raises(OfficersStayError):
        who.delete()
    with pytest.raises(OfficersStayError):
        Officer.objects.all().delete()
    assert Officer.objects.filter(pk=who.pk).exists()


def test_nobody_is_a_superuser():
    with pytest.raises(NotImplementedError):
        Officer.objects.create_superuser("root", password=PASSWORD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.create(username="root", is_superuser=True)


def test_an_officer_is_called_by_his_full_name():
    who = officer("吴晓兰")

    assert (str(who), who.get_full_name(), who.get_short_name()) == ("吴晓兰",) * 3


@pytest.mark.parametrize("sent", [{}, {"username": "吴"}, {"password": "x"}])
def test_an_incomplete_login_is_not_counted(client, sent):
    response = client.post(LOGIN, sent)

    assert not response.context["form"].is_valid()
    assert not LoginAttempt.objects.exists()
