"""The officer himself: his password, his preferences, his name."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from permissions.models import Officer
from permissions.models.officers import OfficersStayError
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    PASSWORD,
    TOWNSHIP,
    holder,
    officer,
)

pytestmark = pytest.mark.django_db

LOGIN = "/login/"


def signed_in(who: Officer) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


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
