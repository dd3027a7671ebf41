"""A code besides the password: switched on, asked for once, given up."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client

from permissions import second_factor
from permissions.models import AccountRecord, Officer, RecoveryCode, SecondFactor
from permissions.officers import reset_password
from permissions.posts import Post
from tests.permissions.factories import COUNTY, NOW, PASSWORD, TOWNSHIP, holder, officer

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 2, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=second_factor.STEP)


def code(who: Officer, at: datetime) -> str:
    return pyotp.TOTP(second_factor.begin(who)).at(at)


def switched_on(who: Officer) -> list[str]:
    return second_factor.confirm(who, code(who, AT - STEP), at=AT - STEP)


def now_code(who: Officer) -> str:
    return pyotp.TOTP(second_factor.begin(who)).now()


def test_nothing_is_asked_before_the_first_right_code():
    who = officer()
    secret = second_factor.begin(who)

    assert second_factor.begin(who) == secret
    assert not second_factor.is_on(who)
    assert second_factor.confirm(who, "000000", at=AT) == []
    assert not second_factor.accepts(who, code(who, AT), at=AT)


def test_the_first_right_code_switches_on_and_gives_ten_for_paper():
    who = officer()
    codes = switched_on(who)

    assert len(set(codes)) == second_factor.PAPER_CODES == second_factor.left(who)
    assert second_factor.is_on(who)
    assert switched_on(who) == []


@pytest.mark.parametrize(
    ("late", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_telephone_may_go_half_a_minute_wrong(late: int, taken: bool):
    who = officer()
    SecondFactor.objects.filter(officer=who).delete()
    switched_on(who)
    SecondFactor.objects.update(last_step=0)

    assert second_factor.accepts(who, code(who, AT + late * STEP), at=AT) is taken


def test_a_code_is_taken_once_and_no_older_one_after_it():
    who = officer()
    switched_on(who)

    assert second_factor.accepts(who, code(who, AT), at=AT)
    assert not second_factor.accepts(who, code(who, AT), at=AT)
    assert not second_factor.accepts(who, code(who, AT - STEP), at=AT)
    assert second_factor.accepts(who, code(who, AT + STEP), at=AT)


def test_a_code_on_paper_works_once_however_it_is_typed():
    who, other = officer(), officer()
    first, second, *_rest = switched_on(who)
    switched_on(other)

    assert not second_factor.accepts(other, first, at=AT)
    assert second_factor.accepts(who, first.upper().replace("-", " "), at=AT)
    assert not second_factor.accepts(who, first, at=AT)
    assert second_factor.accepts(who, second, at=AT)
    assert second_factor.left(who) == second_factor.PAPER_CODES - 2


def test_neither_secret_nor_paper_code_stands_in_the_database():
    who = officer()
    codes = switched_on(who)
    row = SecondFactor.objects.get(officer=who)

    assert second_factor.begin(who) not in row.secret_cipher
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not kept & {*codes, *(one.replace("-", "") for one in codes)}


def test_who_has_a_code_is_not_in_with_his_password_alone(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    switched_on(who)

    answer = client.post(
        "/login/?next=/account/", {"username": who.username, "password": PASSWORD}
    )
    assert answer.url == "/login/code/"
    assert client.get("/account/").url.startswith("/login/")
    assert "不对" in client.post("/login/code/", {"code": "000000"}).content.decode()

    assert client.post("/login/code/", {"code": now_code(who)}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_the_page_of_the_code_is_shut_without_a_password(client):
    assert client.get("/login/code/").url == "/login/"
    assert client.post("/login/code/", {"code": "123456"}).url == "/login/"


def test_five_wrong_codes_shut_out_the_right_one(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    switched_on(who)
    client.post("/login/", {"username": who.username, "password": PASSWORD})

    for _n in range(5):
        client.post("/login/code/", {"code": "000000"})
    page = client.post("/login/code/", {"code": now_code(who)})
    assert "失败次数过多" in page.content.decode()


def test_it_is_switched_on_by_page_with_password_and_code(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/account/factor/").content.decode()
    assert "<svg" in page

    wrong = client.post("/account/factor/", {"said": "wrong", "code": now_code(who)})
    assert not second_factor.is_on(who), wrong
    done = client.post("/account/factor/", {"said": PASSWORD, "code": now_code(who)})
    assert "备用码" in done.content.decode()
    assert second_factor.is_on(who)
    assert AccountRecord.objects.filter(officer=who, act="factor_on").exists()


def test_it_is_given_up_by_page_with_the_password(client):
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    switched_on(who)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    client.post("/account/factor/end/", {"said": "wrong"})
    assert second_factor.is_on(who)
    client.post("/account/factor/end/", {"said": PASSWORD})
    assert not second_factor.is_on(who)
    assert AccountRecord.objects.filter(officer=who, act="factor_off").exists()


def test_a_reset_password_takes_the_lost_telephone_with_it():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    admin = holder(Post.SYSTEM_ADMIN, COUNTY).appointments.get()
    switched_on(who)

    reset_password(who, by=admin, now=NOW)
    assert not second_factor.is_on(who)


@pytest.mark.parametrize(
    ("post", "asked"), [(Post.TOWNSHIP_CLERK, True), (Post.VILLAGE_COMMITTEE, False)]
)
def test_a_server_may_ask_it_of_all_from_the_township_up(
    settings, post: Post, asked: bool
):
    settings.SECOND_FACTOR = "required"
    place = TOWNSHIP if asked else f"{TOWNSHIP[:9]}226"
    client = Client()
    client.force_login(
        holder(post, place), backend="django.contrib.auth.backends.ModelBackend"
    )

    assert (client.get("/").status_code == 302) is asked
