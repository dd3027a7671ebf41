"""The pages of the three administrators, each with a trespass."""

import pytest
from django.test import Client

from permissions.models import AccountRecord, Appointment, Officer
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    NEXT_COUNTY,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    appointment,
    holder,
    officer,
    place,
)

pytestmark = pytest.mark.django_db

NEW = "/appointments/new/"


PAGES = {
    "/officers/": {Post.SYSTEM_ADMIN},
    "/appointments/": {Post.SECURITY_ADMIN, Post.AUDIT_ADMIN},
    "/appointments/new/": {Post.SECURITY_ADMIN},
    "/records/": {Post.AUDIT_ADMIN},
}


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


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("post", [*sorted(Post.ADMINS), Post.COUNTY_LEADER])
def test_each_page_opens_to_its_administrator_only(path, post):
    status = client_of(post).get(path).status_code

    assert status == (200 if post in PAGES[path] else 403)


@pytest.mark.parametrize("action", ["reset", "close", "reopen"])
@pytest.mark.parametrize("post", [Post.SECURITY_ADMIN, Post.COUNTY_LEADER])
def test_only_the_system_administrator_touches_accounts(action, post):
    who = officer()

    response = client_of(post).post(f"/officers/{who.pk}/{action}/")

    assert response.status_code == 403
    assert not AccountRecord.objects.exists()


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
