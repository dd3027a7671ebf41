"""The browser, the world on the live server, and who sits at which window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from permissions.posts import Post
from tests.e2e.browsing import CHROMIUM, DESKTOP, QUIET
from tests.e2e.office import Office
from tests.world import World
from workflows import clock


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Debian's browser."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright's loop runs in this thread; our statements are not in it.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def world(lasting_db: None, live_server: Any) -> World:
    """Return 十八洞村 in November 2018, committed, served."""
    world = World.build()
    clock.set_training_day(world.day)
    return world


@pytest.fixture
def office(
    chromium: Browser, live_server: Any, world: World
) -> Iterator[Callable[..., Office]]:
    """Return what opens the windows of an office; no page in them may be faulty."""
    opened: list[Office] = []

    def opening(*, width: int = DESKTOP, **habits: bool) -> Office:
        accounts = {post: world.hats[post].officer.username for post in world.hats}
        made = Office(
            browser=chromium,
            address=live_server.url,
            accounts=accounts,
            width=width,
            **habits,
        )
        opened.append(made)
        return made

    yield opening
    faults = [fault for one in opened for fault in one.close()]
    assert not faults, "\n".join(faults)


@pytest.fixture
def hats(world: World) -> dict[Post, Any]:
    """Return the appointments of the world."""
    return world.hats
