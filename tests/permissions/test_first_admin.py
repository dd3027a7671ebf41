"""How an installation gets its first three administrators."""

import pytest
from django.core.management import CommandError, call_command

from permissions.models import Appointment, Officer
from permissions.posts import Post
from tests.permissions.factories import (
    COUNTY,
    officer,
    place,
)

pytestmark = pytest.mark.django_db


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


def test_an_administrator_who_may_not_be_appointed_stops_the_command(monkeypatch):
    place(COUNTY)
    monkeypatch.setattr(
        "permissions.appointments.refusals", lambda _nomination: ["不能任职。"]
    )

    with pytest.raises(CommandError, match="不能任职。"):
        call_command("first_admin", COUNTY, "甲", "乙", "丙")
    assert not Officer.objects.exists()
