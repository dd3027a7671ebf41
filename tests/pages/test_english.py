"""Readers of English meet Chinese only in data and law; records stay Chinese."""

import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from notices import marks
from notices.models import Paper
from permissions.models import Officer
from registry.models import Change, Opening
from tests.house.catalogue import messages
from tests.pages import scene
from tests.pages.reading import chinese
from tests.workflows.pages import at_desk, sign, submit, url
from tests.world import World
from workflows.models import Batch, Case, Entry

ASKERS = [
    "nobody",
    "no_post",
    "village",
    "township",
    "county",
    "prefecture",
    "system_admin",
    "security_admin",
    "audit_admin",
]
ROADS = [
    ("household_identification", False),
    ("household_exit", True),
    ("household_removal", True),
]
LINK = re.compile(r'href="(/[^"#]*)"')
NO_PAGE = re.compile(r"\.(?:pdf|xlsx)|/ledger/\w|/static/|/photo/")
DIGITS = re.compile(r"\d+")
MOST_PAGES, OF_A_KIND = 60, 2
RECORDS: list[tuple[type[Model], str]] = [
    (Change, "reason"),
    (Entry, "reason"),
    (Opening, "reason"),
    (Opening, "what"),
    (Paper, "closed_reason"),
    (Paper, "context"),
]


def walk(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that links lead to, a few of each kind."""
    ahead, seen, kinds = list(starts), set(), dict[str, int]()
    while ahead and len(seen) < MOST_PAGES:
        address = ahead.pop(0).replace("&amp;", "&")
        kind = DIGITS.sub("0", address)
        if address in seen or NO_PAGE.search(address) or kinds.get(kind) == OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        text = client.get(address, follow=True).content.decode()
        yield address, text
        ahead += LINK.findall(text)


@pytest.mark.django_db
def test_the_pages_links_lead_to_are_english() -> None:
    stage = scene.build()
    mark = f"{stage.paper.pk}-{marks.mac(stage.paper.pk)}"
    check = reverse("notices:check", args=[mark])
    Officer.objects.update(language="en")
    left, visited = {}, set()

    for who in ASKERS:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if officer := stage.askers[who]:
            client.force_login(officer)
        for address, text in walk(client, "/", check, "/v/?no=nothing", "/nowhere/"):
            visited.add(DIGITS.sub("0", address))
            left.update(dict.fromkeys(chinese(text), (who, address)))

    assert left == {}
    assert {"/", "/batch/0/", "/household/0/", "/publicity/", "/posts/"} <= visited
    assert {"/officers/", "/appointments/", "/records/"} <= visited


def at_the_desk(client: Client, batch: Batch) -> Iterator[str]:
    """Yield what one step shows: empty desk, pages of facts, wrong input, the list."""
    desk = client.get(url("batch", batch.pk)).content.decode()
    yield desk
    case = Case.objects.filter(batch=batch)[:1].get()
    for address in set(re.findall(rf'"(/case/{case.pk}/[a-z_-]+/)"', desk)):
        yield client.get(address).content.decode()
        yield client.post(address, {"do": "save"}).content.decode()
    submit(client, batch)
    yield client.get(url("check", batch.pk)).content.decode()
    yield client.get(url("publicity", batch.pk)).content.decode()
    yield client.get(url("batch", batch.pk), {"view": "record"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "registered"), ROADS)
def test_every_desk_is_english_and_every_record_chinese(
    slug: str, registered: bool
) -> None:
    world = World.build()
    batch = world.open(slug, world.households(2, registered=registered))
    household = Case.objects.filter(batch=batch).values_list("household_id", flat=True)
    Officer.objects.update(language="en")
    left: dict[str, str] = {}

    while batch.step:
        client = at_desk(world, batch)
        for text in at_the_desk(client, batch):
            left |= dict.fromkeys(chinese(text), batch.step)
        world.wait(batch)
        world.fill(batch)
        client = at_desk(world, batch)
        submit(client, batch)
        done = client.get(sign(client, batch).url)
        left |= dict.fromkeys(chinese(done.content.decode()), batch.step)
        batch.refresh_from_db()
    file = client.get(url("household", household[0]))

    left |= dict.fromkeys(chinese(file.content.decode()), "file")

    assert left == {}
    assert english_records() == {}


def english_records() -> dict[str, str]:
    """Return what the house wrote down in the words of its English pages."""
    phrases = [
        re.escape(text)
        for one in messages()
        for text in one.english
        if " " in text.strip() and "%" not in text
    ]
    english = re.compile("|".join(phrases))
    return {
        found.group(): f"{model.__name__}.{column}"
        for model, column in RECORDS
        for value in model._default_manager.values_list(column, flat=True)
        if (found := english.search(json.dumps(value, ensure_ascii=False)))
    }
