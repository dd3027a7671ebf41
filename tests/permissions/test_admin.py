"""The pages of the three administrators, each with a trespass."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from permissions.models import AccountRecord, Appointment, Kinship, Officer
from permissions.models.records import RecordsStayError
from permissions.officers import (
    Handed,
    close_account,
    first_password,
    open_account,
    reset_password,
)
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    NEXT_COUNTY,
    NOW,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    appointment,
    holder,
    household,
    officer,
    place,
)

pytestmark = pytest.mark.django_db

NEW = "/appointments/new/"


def client_of(post: Post, code: str = COUNTY) -> Client:
    client = Client()
    who = holder(post, code, "龙霜降")
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def given(who: Officer, **fields: str) -> dict[str, str]:
    return {
        "officer": who.username,
        "post": Post.TOWNSHIP_CLERK,
        "place": TOWNSHIP,
        "since": "2018-11-16",
        "last_day": "",
        "acting_for": "",
        "document": "花组任〔2018〕2号",
        **fields,
    }


PAGES = {
    "/officers/": {Post.SYSTEM_ADMIN},
    "/appointments/": {Post.SECURITY_ADMIN, Post.AUDIT_ADMIN},
    "/appointments/new/": {Post.SECURITY_ADMIN},
    "/records/": {Post.AUDIT_ADMIN},
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("post", [*sorted(Post.ADMINS), Post.COUNTY_LEADER])
def test_each_page_opens_to_its_administrator_only(path, post):
    status = client_of(post).get(path).status_code

    assert status == (200 if post in PAGES[path] else 403)


@pytest.mark.parametrize("action", ["reset", "close"])
@pytest.mark.parametrize("post", [Post.SECURITY_ADMIN, Post.COUNTY_LEADER])
def test_only_the_system_administrator_touches_accounts(action, post):
    who = officer()

    response = client_of(post).post(f"/officers/{who.pk}/{action}/")

    assert response.status_code == 403
    assert not AccountRecord.objects.exists()


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
    ]

    assert [[one.code for one in refusals] for refusals in found] == [
        ["not_system_admin"]
    ] * 3


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


def test_the_security_administrator_appoints():
    place(TOWNSHIP)
    who = officer()

    page = client_of(Post.SECURITY_ADMIN).post(NEW, given(who), follow=True)

    held = Appointment.objects.get(officer=who)
    assert (held.post, held.place_id, held.since) == (
        Post.TOWNSHIP_CLERK,
        TOWNSHIP,
        TODAY,
    )
    assert held.made_by.full_name == "龙霜降"
    assert f"已登记：{held.title}。" in page.content.decode()


def test_the_last_day_on_the_form_is_the_last_day_in_office():
    leader = holder(Post.TOWNSHIP_LEADER, TOWNSHIP, "麻志诚")
    who = officer()

    client_of(Post.SECURITY_ADMIN).post(
        NEW,
        given(
            who,
            post=Post.TOWNSHIP_LEADER,
            last_day="2018-11-23",
            acting_for=leader.username,
        ),
    )

    held = Appointment.objects.get(officer=who)
    assert held.last_day.isoformat() == "2018-11-23"
    assert held.signature == "吴晓兰（代麻志诚）"


def test_a_place_is_found_by_its_name():
    place(TOWNSHIP, "双龙镇")
    who = officer()

    client_of(Post.SECURITY_ADMIN).post(NEW, given(who, place="双龙镇"))

    assert Appointment.objects.get(officer=who).place_id == TOWNSHIP


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"officer": "nobody"}, "officer"),
        ({"place": NEXT_COUNTY}, "place"),
        ({"place": "没有村"}, "place"),
        ({"place": "同名村"}, "place"),
        ({"since": "11月"}, "since"),
        ({"acting_for": "nobody"}, "acting_for"),
        ({"document": ""}, "document"),
        ({"post": Post.COUNTY_CLERK}, "__all__"),
        ({"last_day": "2018-11-15"}, "__all__"),
    ],
)
def test_a_bad_appointment_is_refused_on_the_page(fields, field):
    place(NEXT_COUNTY)
    place(TOWNSHIP)
    place(VILLAGE, "同名村")
    place("433124110228", "同名村")
    who = officer()

    response = client_of(Post.SECURITY_ADMIN).post(NEW, given(who, **fields))

    assert list(response.context["form"].errors) == [field]
    assert not Appointment.objects.filter(officer=who).exists()


def test_a_refusal_is_shown_with_its_article():
    who = holder(Post.VILLAGE_COMMITTEE, VILLAGE)

    page = client_of(Post.SECURITY_ADMIN).post(
        NEW, given(who, post=Post.SUPERVISION_COMMITTEE, place=VILLAGE)
    )

    assert "《村民委员会组织法》第三十二条" in page.content.decode()


def test_the_security_administrator_ends_an_appointment():
    held = appointment(officer(), Post.TOWNSHIP_CLERK, TOWNSHIP)

    page = client_of(Post.SECURITY_ADMIN).post(
        f"/appointments/{held.pk}/end/",
        {"on": "2018-11-16", "reason": "调离"},
        follow=True,
    )

    held.refresh_from_db()
    assert (held.until, held.end_reason) == (TODAY, "调离")
    assert "已终止" in page.content.decode()


def test_the_page_of_an_ending_names_officer_and_post():
    held = appointment(officer(), Post.TOWNSHIP_CLERK, TOWNSHIP)

    page = client_of(Post.SECURITY_ADMIN).get(f"/appointments/{held.pk}/end/")

    assert f"吴晓兰·{held.title}" in page.content.decode()


def test_ending_twice_is_refused_on_the_page():
    held = appointment(officer(), Post.TOWNSHIP_CLERK, TOWNSHIP, until=TODAY)

    response = client_of(Post.SECURITY_ADMIN).post(
        f"/appointments/{held.pk}/end/", {"on": "2018-11-17", "reason": "调离"}
    )

    assert "这项任职已经终止。" in response.content.decode()


def test_an_appointment_of_another_county_does_not_exist_here():
    held = appointment(officer(), Post.COUNTY_CLERK, NEXT_COUNTY)

    response = client_of(Post.SECURITY_ADMIN).get(f"/appointments/{held.pk}/end/")

    assert response.status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_costs_the_same_for_many_appointments(
    others, django_assert_num_queries, settings
):
    settings.TRAINING = False
    for number in range(others):
        holder(Post.AUDITOR, COUNTY, f"甲{number}")
    client = client_of(Post.AUDIT_ADMIN)
    client.get("/records/")

    # session, officer, appointments, count, page, places of the top bar
    with django_assert_num_queries(6):
        response = client.get("/appointments/?q=甲")

    assert len(response.context["page"].object_list) == others


def test_an_officer_declares_a_relative():
    home = household()
    who = officer()
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    client.post("/account/", {"number": home.number, "relation": "sibling"})

    bond = Kinship.objects.get()
    assert (bond.officer, bond.household, bond.declared_on) == (who, home, TODAY)
    assert home.number in client.get("/account/").content.decode()


def test_an_unknown_household_number_is_refused():
    client = Client()
    client.force_login(officer(), backend="django.contrib.auth.backends.ModelBackend")

    page = client.post("/account/", {"number": "1", "relation": "sibling"})

    assert "没有这个户编号。" in page.content.decode()


def test_first_passwords_differ_and_cannot_be_misread():
    found = {first_password() for _n in range(50)}

    assert len(found) == 50
    assert not set("".join(found)) & set("0o1il")


def test_the_first_administrators_are_three_persons(capsys):
    place(COUNTY)

    call_command("first_admin", COUNTY, "甲", "乙", "丙")

    assert set(Appointment.objects.values_list("post", flat=True)) == Post.ADMINS
    assert Officer.objects.filter(must_change_password=True).count() == 3
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_first_administrators_are_made_once():
    place(COUNTY)
    call_command("first_admin", COUNTY, "甲", "乙", "丙")

    with pytest.raises(CommandError, match="in office"):
        call_command("first_admin", COUNTY, "丁", "戊", "己")


def test_the_first_administrators_need_a_place():
    with pytest.raises(CommandError, match="No place"):
        call_command("first_admin", "999999999999", "甲", "乙", "丙")


def test_what_the_writers_refuse_stops_the_command():
    place(COUNTY)
    officer(username=f"system-{COUNTY}")

    with pytest.raises(CommandError, match="这个用户名已有人使用。"):
        call_command("first_admin", COUNTY, "甲", "乙", "丙")
    assert Officer.objects.count() == 1


def test_handed_passwords_are_not_stored():
    handed = open_account(Officer(username="x", full_name="x"), by=None, now=NOW)

    assert isinstance(handed, Handed)
    assert handed.password not in Officer.objects.get().password


def test_an_administrator_who_may_not_be_appointed_stops_the_command(monkeypatch):
    place(COUNTY)
    monkeypatch.setattr(
        "permissions.appointments.refusals", lambda _nomination: ["不能任职。"]
    )

    with pytest.raises(CommandError, match="不能任职。"):
        call_command("first_admin", COUNTY, "甲", "乙", "丙")
    assert not Officer.objects.exists()


def test_a_refused_closing_is_said_on_the_page():
    client = client_of(Post.SYSTEM_ADMIN)

    assert client.get("/officers/1/close/").status_code == 405
    assert client.post("/officers/999999/close/").status_code == 404
