"""Declaring a relative on the account page."""

import pytest
from django.test import Client

from permissions.models import Kinship
from tests.permissions.factories import (
    TODAY,
    household,
    officer,
)

pytestmark = pytest.mark.django_db


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
