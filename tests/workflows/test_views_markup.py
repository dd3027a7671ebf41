"""What every page owes its readers: a title, labels, single ids, nothing inline."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from permissions.posts import Post
from tests.workflows.pages import at_desk, browser, exception, submit, url
from tests.world import World
from workflows.models import Batch, Case

EXIT = "household_exit"
SILENT = {"hidden", "submit", "button"}
INLINE = {"style", "onclick", "onchange", "onsubmit", "onload"}


class Page(HTMLParser):
    """The parts of a page that a reader or a browser depends on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.controls: list[str] = []
        self.tags: Counter[str] = Counter()
        self.inline: list[str] = []
        self.unnamed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.inline += [name for name in given if name in INLINE]
        if tag == "script" and not given.get("src"):
            self.inline.append("script")
        if found := given.get("id"):
            self.ids[found] += 1
        if tag == "label" and (target := given.get("for")):
            self.labels.add(target)
        if tag in {"input", "select", "textarea"} and given.get("type") not in SILENT:
            self.controls.append(given.get("id") or f"<{given.get('name')}>")
        if tag == "img" and not given.get("alt"):
            self.unnamed.append(str(given))


def pages(world: World) -> dict[str, Any]:
    """Return one answer of every page of the village committee and its neighbours."""
    batch = world.open(EXIT, world.households(3, registered=True))
    world.until(batch, "verify")
    team = at_desk(world, batch)
    case = Case.objects.filter(batch=batch).first()
    assert case is not None
    found = {
        slug: team.get(url("case_fact", case.pk, slug))
        for slug in ("visit", "worksheet", "checklist")
    }
    found["reading"] = browser(world.hats[Post.VILLAGE_COMMITTEE]).get(
        url("batch", batch.pk)
    )
    world.step(batch)
    client = at_desk(world, batch)
    found["wrong"] = submit(client, batch, do="save", **{"meeting-present": "x"})
    world.fill(batch)
    found["desk"] = client.get(url("batch", batch.pk))
    submit(client, batch, **exception(case, "aside", reason="外出"))
    found["check"] = client.get(url("check", batch.pk))
    for name in (
        "worklist",
        "batches",
        "roster",
        "papers",
        "publicities",
        "open_batch",
    ):
        found[name] = client.get(url(name))
    found["place"] = client.get(url("place", world.village))
    found["household"] = client.get(url("household", case.household_id))
    found["conflict"] = _late(client, batch)
    found["missing"] = client.get("/nothing/")
    return found


def _late(client: Any, batch: Batch) -> Any:
    return client.post(url("batch", batch.pk), {"version": "0", "step": batch.step})


@pytest.fixture(name="read")
def _read(world: World) -> dict[str, Page]:
    return {
        name: Page(answer.content.decode()) for name, answer in pages(world).items()
    }


def test_every_page_is_whole(read: dict[str, Page]) -> None:
    for name, page in read.items():
        assert page.tags["title"] == 1, name
        assert page.tags["h1"] == 1, name
        assert page.tags["main"] == 1, name


def test_nothing_stands_inline(read: dict[str, Page]) -> None:
    assert {name: page.inline for name, page in read.items() if page.inline} == {}


def test_no_id_stands_twice(read: dict[str, Page]) -> None:
    twice = {
        name: [one for one, times in page.ids.items() if times > 1]
        for name, page in read.items()
    }
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_every_control_has_a_label(read: dict[str, Page]) -> None:
    bare = {
        name: [one for one in page.controls if one not in page.labels]
        for name, page in read.items()
    }
    assert {name: controls for name, controls in bare.items() if controls} == {}


def test_every_picture_has_words(read: dict[str, Page]) -> None:
    assert [page.unnamed for page in read.values() if page.unnamed] == []
