"""Everybody's windows: one browser per post, or one that all share in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from permissions.posts import Post
from tests.e2e.person import Person

PASSWORD = "pass-word-2018"


@dataclass(kw_only=True)
class Office:
    """Opens a window for whoever is asked for, and logs him in.

    Attributes:
        shared: everybody uses the same window and logs in after the other.
    """

    browser: Browser
    address: str
    accounts: Mapping[Post, str]
    width: int
    script: bool = True
    shared: bool = False
    windows: dict[Post | None, Person] = field(default_factory=dict)
    here: Post | None = None

    def at(self, post: Post) -> Person:
        """Return the window in which the officer of this post is logged in."""
        if self.shared:
            return self._in_turn(post)
        if post not in self.windows:
            self.windows[post] = self.window()
            self.windows[post].log_in(self.accounts[post], PASSWORD)
        return self.windows[post]

    def window(self) -> Person:
        """Return a fresh window in which nobody is logged in."""
        made = Person(self.browser, self.address, width=self.width, script=self.script)
        self._others.append(made)
        return made

    def close(self) -> list[str]:
        """Close every window; return what was wrong in them."""
        for one in self._others:
            one.context.close()
        return [fault for one in self._others for fault in one.faults]

    def __post_init__(self) -> None:
        self._others: list[Person] = []

    def _in_turn(self, post: Post) -> Person:
        if None not in self.windows:
            self.windows[None] = self.window()
        person = self.windows[None]
        if self.here is not post:
            if self.here is not None:
                person.log_out()
            person.log_in(self.accounts[post], PASSWORD)
            self.here = post
        return person
