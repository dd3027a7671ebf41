"""Every address × every kind of officer; the expected answers are written by hand.

open: the page's own business begins; login: sent to log in; 403 for a post that has
no such page; 404 for a place out of reach, so that an address tells nothing.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from registry.identity import seal_bytes
from tests.pages import scene
from tests.pages.policy import faults

with Path(__file__).with_name("who_may_open.csv").open(encoding="utf-8") as file:
    TABLE = list(csv.DictReader(file))
ASKERS = [column for column in TABLE[0] if column not in {"address", "method"}]


def addresses(
    resolver: URLResolver, space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


ADDRESSES = dict(addresses(get_resolver()))


def test_every_address_stands_in_the_table() -> None:
    assert sorted(row["address"] for row in TABLE) == sorted(ADDRESSES)


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[scene.Scene]:
    """Build the scene once: every question is taken back before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield scene.build()
        transaction.set_rollback(True)


@pytest.fixture
def stage(built: scene.Scene, db: None) -> scene.Scene:
    """Put the photos into this test's own store."""
    for shown in (built.photo, built.draft_photo):
        default_storage.save(shown.file.name or "", ContentFile(scene.PICTURE))
    sealed = ContentFile(seal_bytes(scene.PICTURE))
    default_storage.save(built.run.marked.name or "", sealed)
    return built


@pytest.mark.parametrize("asker", ASKERS)
def test_an_address_answers_whom_it_should(asker: str, stage: scene.Scene) -> None:
    answers = {row["address"]: ask(asker, row, stage) for row in TABLE}

    wrong = {
        row["address"]: (answers[row["address"]], "expected", row[asker])
        for row in TABLE
        if answers[row["address"]] != row[asker]
    }
    assert wrong == {}


def ask(asker: str, row: dict[str, str], stage: scene.Scene) -> str:
    """Return what an address answered; whatever it wrote is taken back."""
    client = Client()
    if (officer := stage.askers[asker]) is not None:
        client.force_login(officer)
    pattern = ADDRESSES[row["address"]]
    given = stage.arguments(str(pattern.pattern))
    names = scene.parameters(pattern)
    address = reverse(row["address"], kwargs={name: given[name] for name in names})
    send = client.get if row["method"] == "GET" else client.post
    data = stage.sent() if row["method"] == "POST" else {}
    with transaction.atomic():
        response = send(address, data)
        content = response.getvalue()  # read to its end, a file is closed
        transaction.set_rollback(True)
    assert faults(response, content.decode(errors="replace")) == [], address
    return said(response)


def said(response: HttpResponse) -> str:
    sent_to = response.headers.get("Location", "")
    if sent_to.startswith(resolve_url(settings.LOGIN_URL)) and "next=" in sent_to:
        return "login"
    if response.status_code in {403, 404}:
        return str(response.status_code)
    assert response.status_code < 500, response
    return "open"
