"""Accounts: opened, handed out, closed, and recorded."""

import pytest
from django.test import Client

from permissions.models import AccountRecord, Officer
from permissions.models.records import RecordsStayError
from permissions.officers import (
    Handed,
    close_account,
    first_password,
    open_account,
    reopen_account,
    reset_password,
)
from permissions.policy import standing
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    NOW,
    TODAY,
    TOWNSHIP,
    appointment,
    holder,
    officer,
)

pytestmark = pytest.mark.django_db


def client_of(post: Post, code: str = COUNTY) -> Client:
    client = Client()
    who = holder(post, code, "龙霜降")
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_new_account_gets_a_password_that_works_once(client):
    admin = client_of(Post.SYSTEM_ADMIN)

    page = admin.post("/officers/", {"username": "wxl", "full_name": "吴晓兰"})
    password = page.context["handed"].password
    client.post("/login/", {"username": "wxl", "password": password})

    assert client.get("/").url == "/account/password/"
    assert password in page.content.decode()
    assert password not in admin.get("/officers/").content.decode()


def test_an_account_with_an_id_number_keeps_its_index_only():
    client_of(Post.SYSTEM_ADMIN).post(
        "/officers/",
        {"username": "wxl", "full_name": "吴晓兰", "id_number": "11010519491231002X"},
    )

    assert len(Officer.objects.get(username="wxl").id_index) == 64


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "WXL"}, "这个用户名已有人使用。"),
        ({"username": "a b"}, "username"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "吴\u202e晓兰!"}, "full_name"),
        ({"id_number": "110105194912310021"}, "id_number"),
    ],
)
def test_a_bad_account_is_refused_on_the_page(fields, said):
    officer(username="wxl")
    sent = {"username": "new", "full_name": "吴晓兰", **fields}

    response = client_of(Post.SYSTEM_ADMIN).post("/officers/", sent)

    form = response.context["form"]
    assert said in form.errors or [said] == [
        text.split("（")[0] for text in form.non_field_errors()
    ]
    assert not AccountRecord.objects.exists()


def test_one_person_has_one_account():
    officer(id_index="a" * 64)

    (refusal,) = open_account(
        Officer(username="x", full_name="x", id_index="a" * 64), by=None, now=NOW
    )

    assert refusal.code == "one_person_one_account"


def test_a_password_is_reset_for_an_officer():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)

    page = client_of(Post.SYSTEM_ADMIN).post(f"/officers/{who.pk}/reset/")

    who.refresh_from_db()
    assert who.check_password(page.context["handed"].password)
    assert who.must_change_password
    assert AccountRecord.objects.get().get_act_display() == "重置密码"


def test_the_password_of_another_administrator_is_not_reset_here():
    other = holder(Post.SECURITY_ADMIN, COUNTY)
    before = other.password

    page = client_of(Post.SYSTEM_ADMIN).post(
        f"/officers/{other.pk}/reset/", follow=True
    )

    other.refresh_from_db()
    assert other.password == before
    assert "管理员的密码不能在这里重置" in page.content.decode()


def test_a_closed_account_is_out_at_the_next_click():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    inside = Client()
    inside.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    page = client_of(Post.SYSTEM_ADMIN).post(f"/officers/{who.pk}/close/", follow=True)

    assert "吴晓兰的账号已停用。" in page.content.decode()
    assert inside.get("/posts/").url.startswith("/login/")


def test_an_account_closed_by_mistake_is_reopened_with_its_post():
    who = holder(Post.TOWNSHIP_CLERK, TOWNSHIP)
    close_account(who, by=None, now=NOW)

    page = client_of(Post.SYSTEM_ADMIN).post(f"/officers/{who.pk}/reopen/", follow=True)

    assert "吴晓兰的账号已恢复。" in page.content.decode()
    assert standing(who, Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY) is None
    assert standing(
        Officer.objects.get(pk=who.pk), Post.TOWNSHIP_CLERK, TOWNSHIP, TODAY
    )
    assert [record.act for record in AccountRecord.objects.all()] == [
        "reopened",
        "closed",
    ]


def test_nobody_closes_his_own_account():
    client = client_of(Post.SYSTEM_ADMIN)
    who = Officer.objects.get()

    page = client.post(f"/officers/{who.pk}/close/", follow=True)

    assert "不能停用自己的账号。" in page.content.decode()


def test_accounts_are_asked_again_for_the_right_at_the_moment_of_writing():
    by = appointment(officer(), Post.SECURITY_ADMIN, COUNTY)
    who = officer()

    found = [
        open_account(Officer(username="x", full_name="x"), by=by, now=NOW),
        reset_password(who, by=by, now=NOW),
        close_account(who, by=by, now=NOW),
        reopen_account(who, by=by, now=NOW),
    ]

    assert [[one.code for one in refusals] for refusals in found] == [
        ["not_system_admin"]
    ] * 4


def test_records_of_accounts_are_never_deleted():
    open_account(Officer(username="x", full_name="x"), by=None, now=NOW)
    record = AccountRecord.objects.get()

    with pytest.raises(RecordsStayError):
        record.delete()
    assert str(record) == "开户"


def test_the_audit_administrator_reads_who_opened_which_account():
    system = client_of(Post.SYSTEM_ADMIN)
    system.post("/officers/", {"username": "wxl", "full_name": "吴晓兰"})
    open_account(Officer(username="x", full_name="麻志诚"), by=None, now=NOW)

    page = client_of(Post.AUDIT_ADMIN).get("/records/").content.decode()

    assert "吴晓兰（wxl）" in page
    assert "服务器命令" in page


def test_first_passwords_differ_and_cannot_be_misread():
    found = {first_password() for _n in range(50)}

    assert len(found) == 50
    assert not set("".join(found)) & set("0o1il")


def test_handed_passwords_are_not_stored():
    handed = open_account(Officer(username="x", full_name="x"), by=None, now=NOW)

    assert isinstance(handed, Handed)
    assert handed.password not in Officer.objects.get().password


def test_a_refused_closing_is_said_on_the_page():
    client = client_of(Post.SYSTEM_ADMIN)

    assert client.get("/officers/1/close/").status_code == 405
    assert client.post("/officers/999999/close/").status_code == 404


@pytest.mark.parametrize("do", [reset_password, close_account, reopen_account])
def test_an_administrator_keeps_the_accounts_of_his_own_place(do):
    clerk = holder(Post.COUNTY_CLERK, COUNTY, "石谷雨")
    below = appointment(officer(), Post.SYSTEM_ADMIN, TOWNSHIP)
    here = appointment(officer(), Post.SYSTEM_ADMIN, COUNTY)

    refused, done = do(clerk, by=below, now=NOW), do(clerk, by=here, now=NOW)

    assert isinstance(refused, list)
    assert [refusal.code for refusal in refused] == ["account_elsewhere"]
    assert not isinstance(done, list)
