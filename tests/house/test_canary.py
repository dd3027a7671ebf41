"""The canary sings: each door it watches is opened once with a number in hand."""

import logging
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django_tasks import task
from pytest_django import Settings

from notices import frozen
from registry.identity import mask
from tests import canary
from tests.canary import Canary
from tests.notices.contexts import context
from tests.registry.factories import id_number

NUMBER = id_number()
IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
LOGGER = logging.getLogger("tests.canary")


def visit(address: str, answer: HttpResponse) -> None:
    handler = BaseHandler()
    handler._middleware_chain = lambda _request: answer
    handler.get_response(RequestFactory().get(address))


def leave(name: str, content: str) -> None:
    Path(tempfile.gettempdir(), name).write_text(content, encoding="utf-8")


def leave_packed() -> None:
    with zipfile.ZipFile(Path(tempfile.gettempdir(), "a.xlsx"), "w") as packed:
        packed.writestr("sheet.xml", f"<t>{NUMBER}</t>", zipfile.ZIP_DEFLATED)


@task()
def asked_about(_number: str) -> None:
    """Stand for a task that is told too much."""


@task()
def failing(number: int) -> None:
    """Stand for a task whose error tells too much."""
    raise ValueError(NUMBER[:number])


def raise_in_log() -> None:
    try:
        raise ValueError(NUMBER)
    except ValueError:
        LOGGER.exception("no")


DOORS: list[tuple[str, Callable[[], object]]] = [
    ("log tests.canary", lambda: LOGGER.warning("found %s", NUMBER)),
    ("log tests.canary", raise_in_log),
    ("address", lambda: visit(f"/?q={NUMBER}", HttpResponse())),
    ("page 404", lambda: visit("/", HttpResponse(NUMBER, status=404))),
    (
        "redirect",
        lambda: visit("/", HttpResponse(headers={"Location": f"/?q={NUMBER}"})),
    ),
    ("cache key", lambda: cache.get(f"who:{NUMBER}")),
    ("task", lambda: asked_about.enqueue(NUMBER)),
    ("task error", lambda: failing.enqueue(len(NUMBER))),
    ("temporary file", lambda: leave("a.txt", NUMBER)),
    ("temporary file", lambda: leave(f"{NUMBER}.txt", "")),
    ("temporary file", leave_packed),
]


@pytest.fixture
def watch(tmp_path: Path, canary_watch: Canary) -> Canary:
    """Return a second canary; what it is shown is forgotten by the first."""
    drawer = tmp_path / "drawer"
    drawer.mkdir()
    with canary.watching(drawer) as second:
        yield second
    canary_watch.seen.clear()


@pytest.mark.parametrize(("where", "let_out"), DOORS, ids=range(len(DOORS)))
def test_a_number_at_a_door_is_seen(
    watch: Canary, settings: Settings, where: str, let_out: Callable[[], object]
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}

    let_out()

    assert where in watch.settle()
    assert watch.settle() == []


def test_a_number_on_a_public_paper_is_seen(watch: Canary) -> None:
    frozen.checked("first_publicity", context("first_publicity") | {"village": NUMBER})
    frozen.checked("application", context("application") | {"village": NUMBER})

    assert watch.settle() == ["public paper first_publicity"]


@pytest.mark.parametrize(
    "text",
    [
        mask(NUMBER),
        f"1{NUMBER}",
        f"{NUMBER}0",
        NUMBER[:17] + ("1" if NUMBER[17] == "0" else "0"),
        "f" * 23 + NUMBER + "ab",
        "433124000000000000",
    ],
)
def test_what_is_no_number_is_let_by(watch: Canary, text: str) -> None:
    LOGGER.warning(text)

    assert watch.settle() == []


def test_a_form_that_comes_back_to_its_writer_is_let_by(watch: Canary) -> None:
    visit("/", HttpResponse(NUMBER, status=422))

    assert watch.settle() == []
