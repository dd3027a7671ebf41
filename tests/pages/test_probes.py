"""Whoever has no business with a thing can neither do anything to it nor learn of it.

Generated from the URL configuration: address × method × post × relation × a thing that
is there or not. The right answers of the right officers are in `test_who_may_open`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_django
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tests.pages import scene
from tests.pages.probes import Asker, arguments, askers
from tests.pages.test_who_may_open import ADDRESSES, TABLE, said

pytestmark = pytest.mark.django_db
LEAST = 10_000
USUAL, ODD = ("GET", "POST"), ("HEAD", "PUT", "PATCH", "DELETE")
# Which methods an address knows does not depend on who asks; three are enough.
ODD_ASKERS = {"anonymous", "village_committee own", "county_leader other county"}
CLOSED = {"login", "403", "404", "405"}
# It sends on whoever is in already, before it looks how he asks.
LOGIN = "permissions:login"
# What differs between two answers that say the same: tokens, and the address itself.
OWN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|href="[^"]*"|value="/[^"]*"')


@dataclass
class Tally:
    """What all probes found."""

    count: int = 0
    opened: list[str] = field(default_factory=list)
    oracles: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def tally(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Tally]:
    """Ask everything once; every question is taken back."""
    cookies = "django.contrib.sessions.backends.signed_cookies"
    # pytest keeps every line of the log, and with it every request.
    logging.disable(logging.ERROR)
    with (
        django_db_blocker.unblock(),
        override_settings(SESSION_ENGINE=cookies),
        transaction.atomic(),
    ):
        stage, tally = scene.build(), Tally()
        for asker in list(askers(stage)):
            client = Client()
            if asker.officer is not None and asker.officer.is_active:
                client.force_login(asker.officer)
            elif asker.officer is not None:
                client.login(username=asker.officer.username, password="pass")
            for row in TABLE:
                probe(client, asker, row, stage, tally)
        yield tally
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def probe(
    client: Client, asker: Asker, row: dict[str, str], stage: scene.Scene, tally: Tally
) -> None:
    """Ask for one address by every method, for what is there and what is not."""
    name, may = row["address"], asker.may(row)
    pattern = ADDRESSES[name]
    there = reverse(name, kwargs=arguments(stage, pattern, absent=False))
    nothing = arguments(stage, pattern, absent=True)
    nowhere = reverse(name, kwargs=nothing) if nothing else ""
    tally.asked.add(name)
    for method in methods(asker, row, may=may):
        answer = ask(client, method, there, stage)
        tally.count += 1
        if answer[0] not in CLOSED:
            tally.opened.append(f"{asker.name} {method} {name}: {answer[0]}")
        if nowhere and not may and method in USUAL:
            tally.count += 1
            if ask(client, method, nowhere, stage) != answer:
                tally.oracles.append(f"{asker.name} {method} {name}")


def methods(asker: Asker, row: dict[str, str], *, may: bool) -> list[str]:
    """Return the methods that must not open; the other table knows those that may."""
    asked = [*USUAL, *(ODD if asker.name in ODD_ASKERS else ())]
    if not may:
        return asked
    if row["address"] == LOGIN:
        return []
    meant = {"GET", "HEAD", "POST"} if row["method"] == "GET" else {"POST"}
    return [method for method in asked if method not in meant]


def ask(
    client: Client, method: str, address: str, stage: scene.Scene
) -> tuple[str, str]:
    """Return what an address answered and said; whatever it wrote is taken back."""
    data: Any = stage.sent() if method == "POST" else None
    with transaction.atomic():
        response = getattr(client, method.lower())(address, data)
        content = response.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    return word(response), OWN.sub("", content)


def word(response: HttpResponse) -> str:
    return "405" if response.status_code == 405 else said(response)


def test_nobody_opens_or_learns_of_what_is_not_his(tally: Tally) -> None:
    assert tally.asked == set(ADDRESSES)
    assert tally.count >= LEAST
    assert tally.opened == []
    assert tally.oracles == []
