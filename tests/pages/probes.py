"""Who else may ask: every post × how its place lies to the thing asked for.

What each may at most see is read off `who_may_open.csv`, which people wrote; nothing
here opens more than that table does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import URLPattern

from permissions.models import Officer
from permissions.posts import Post
from registry.places import ancestor
from tests.pages import scene
from tests.world import VILLAGE, officer

OTHER_VILLAGE = "433125104201"
ABSENT_PK, ABSENT_CODE = 2_000_000_011, "433199999999"
# Nothing that is asked for hangs on these.
FIXED = {"kind", "slug", "layout", "form", "key"}
DISMISSED = (
    Post.VILLAGE_COMMITTEE,
    Post.TOWNSHIP_LEADER,
    Post.COUNTY_LEADER,
    Post.AUDITOR,
    Post.SECURITY_ADMIN,
)
DISMISSED_ON = date(2018, 11, 1)
OWN_CHAIN = ("village", "township", "county_clerk", "county", "prefecture")


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Somebody, and the columns of the table of which one must allow an opening."""

    name: str
    officer: Officer | None
    columns: tuple[str, ...]

    def may(self, row: dict[str, str]) -> bool:
        return any(row[column] == "open" for column in self.columns)


def askers(stage: scene.Scene) -> Iterator[Asker]:
    """Yield post × relation: own, above, below, neighbour, other county, dismissed."""
    known = stage.askers
    yield Asker(name="anonymous", officer=None, columns=("nobody",))
    yield Asker(name="no post", officer=known["no_post"], columns=("no_post",))
    yield Asker(name="closed account", officer=_closed(), columns=("nobody",))
    for post in Post.ACTING:
        hat = stage.world.hats[post]
        yield Asker(name=f"{post} own", officer=hat.officer, columns=OWN_CHAIN)
    for who in ("prefecture", "auditor", "system_admin", "security_admin"):
        yield Asker(name=f"{who} above", officer=known[who], columns=(who,))
    yield Asker(
        name="audit_admin above",
        officer=known["audit_admin"],
        columns=("audit_admin",),
    )
    for post in Post.VILLAGE:
        yield _elsewhere(post, scene.NEXT_DOOR, "neighbour", "next_door")
        yield _elsewhere(post, OTHER_VILLAGE, "other county", "next_door")
    for post in Post.TOWNSHIP:
        yield _elsewhere(post, scene.NEXT_TOWNSHIP, "neighbour", "next_township")
        yield _elsewhere(post, OTHER_VILLAGE, "other county", "next_township")
    for post in Post.COUNTY:
        yield _elsewhere(post, scene.NEXT_COUNTY, "other county", "next_county")
    # One of each level: whoever holds no post is told the same, whatever he held.
    for post in DISMISSED:
        yield Asker(
            name=f"{post} dismissed", officer=_dismissed(post), columns=("no_post",)
        )


def arguments(
    stage: scene.Scene, pattern: URLPattern, *, absent: bool
) -> dict[str, Any] | None:
    """Return what fills an address; None when nothing in it can be absent."""
    given = stage.arguments(str(pattern.pattern))
    names = scene.parameters(pattern)
    if not absent:
        return {name: given[name] for name in names}
    if not set(names) - FIXED:
        return None
    place = str(pattern.pattern).startswith("place")
    nobody = {
        "pk": ABSENT_PK,
        "code": ABSENT_CODE if place else str(given["code"])[::-1],
        "mark": "none-0",
    }
    return {name: nobody.get(name, given[name]) for name in names}


def _elsewhere(post: Post, code: str, relation: str, column: str) -> Asker:
    made = officer(post, code, name=f"{relation}-{post}").officer
    return Asker(name=f"{post} {relation}", officer=made, columns=(column,))


def _closed() -> Officer:
    return Officer.objects.create_user("closed", password="pass", is_active=False)


def _dismissed(post: Post) -> Officer:
    """Return somebody who held the post here until yesterday."""
    level = post.level
    seat = ancestor(VILLAGE, level) if level else VILLAGE
    return officer(post, seat, name=f"dismissed-{post}", until=DISMISSED_ON).officer
