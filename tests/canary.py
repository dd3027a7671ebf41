"""A canary in every test: no whole ID number where numbers never belong.

Log records, addresses asked for, cache keys, arguments and errors of tasks, error pages,
redirects, contexts of public papers and temporary files left behind are looked at as
they come into being, in every test and in every worker. Whatever reads like a valid
number (GB 11643) is one: all that tests and demonstration invent do.
"""

import logging
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import unquote_plus

from django.core.cache.backends.base import BaseCache
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django_tasks import TaskResult
from django_tasks.signals import task_enqueued, task_finished

from notices import frozen
from notices.kinds import PUBLIC_KINDS
from registry.identity import IdNumber, parse_id

_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-8]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[0-9Xx](?![0-9A-Za-z])"
)
# What a form shows again to whoever typed it is no error page.
_TYPED: Final = 422
_ERRORS: Final = 400
_MOST_READ: Final = 4_000_000


def numbers_in(text: str) -> list[str]:
    """Return the whole ID numbers that stand in a text."""
    return [
        found
        for found in _NUMBER.findall(text)
        if isinstance(parse_id(found), IdNumber)
    ]


@dataclass(slots=True)
class Canary:
    """Collects where a number was seen; the number itself it does not keep."""

    drawer: Path
    seen: list[str] = field(default_factory=list)
    known: set[tuple[Path, int]] = field(default_factory=set)

    def smell(self, where: str, text: object) -> None:
        """Note the place if a whole number stands in the text."""
        if numbers_in(str(text)):
            self.seen.append(where)

    def settle(self) -> list[str]:
        """Return where numbers were seen since the last time, files left included."""
        for file in self.drawer.rglob("*"):
            if file.is_file() and (key := (file, file.stat().st_mtime_ns)) not in (
                self.known
            ):
                self.known.add(key)
                self.smell("temporary file", file.name)
                for text in _texts(file):
                    self.smell("temporary file", text)
        found, self.seen = self.seen, []
        return found


@contextmanager
def watching(drawer: Path) -> Iterator[Canary]:
    """Let a canary watch every door; temporary files go to the drawer meanwhile."""
    canary = Canary(drawer)
    with ExitStack() as stack:
        for target, name, watched in (
            (BaseHandler, "get_response", _pages(canary)),
            (BaseCache, "make_and_validate_key", _keys(canary)),
            (frozen, "checked", _papers(canary)),
            (tempfile, "tempdir", str(drawer)),
        ):
            stack.enter_context(patch.object(target, name, watched))
        stack.enter_context(_records(canary))
        stack.enter_context(_tasks(canary))
        yield canary


def _pages(canary: Canary) -> Any:
    answered = BaseHandler.get_response

    def get_response(handler: BaseHandler, request: HttpRequest) -> HttpResponse:
        canary.smell("address", unquote_plus(request.get_full_path()))
        response = answered(handler, request)
        canary.smell("redirect", unquote_plus(response.headers.get("Location", "")))
        told = response.status_code >= _ERRORS and response.status_code != _TYPED
        if told and not response.streaming:
            canary.smell(f"page {response.status_code}", response.content.decode())
        return response

    return get_response


def _keys(canary: Canary) -> Any:
    made = BaseCache.make_and_validate_key

    def make_and_validate_key(cache: BaseCache, key: str, version: Any = None) -> str:
        canary.smell("cache key", key)
        return made(cache, key, version=version)

    return make_and_validate_key


def _papers(canary: Canary) -> Any:
    checked = frozen.checked

    def check(kind: str, context: Mapping[str, Any]) -> dict[str, Any]:
        allowed = checked(kind, context)
        if kind in PUBLIC_KINDS:
            canary.smell(f"public paper {kind}", allowed)
        return allowed

    return check


@contextmanager
def _records(canary: Canary) -> Iterator[None]:
    """Look at every record that any logger makes, whether or not it is shown."""
    usual = logging.getLogRecordFactory()

    def make(*args: Any, **told: Any) -> logging.LogRecord:
        record = usual(*args, **told)
        raised = record.exc_info[1] if record.exc_info else ""
        canary.smell(f"log {record.name}", f"{record.msg} {record.args} {raised}")
        return record

    logging.setLogRecordFactory(make)
    yield
    logging.setLogRecordFactory(usual)


@contextmanager
def _tasks(canary: Canary) -> Iterator[None]:
    def queued(task_result: TaskResult, **_told: Any) -> None:
        canary.smell("task", [task_result.args, task_result.kwargs])

    def ended(task_result: TaskResult, **_told: Any) -> None:
        canary.smell("task error", [one.traceback for one in task_result.errors])

    task_enqueued.connect(queued)
    task_finished.connect(ended)
    yield
    task_enqueued.disconnect(queued)
    task_finished.disconnect(ended)


def _texts(file: Path) -> Iterator[str]:
    """Yield what stands in a file, packed workbooks opened."""
    if not zipfile.is_zipfile(file):
        yield file.read_bytes()[:_MOST_READ].decode("latin-1")
        return
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            with packed.open(name) as part:
                yield part.read(_MOST_READ).decode("latin-1")
