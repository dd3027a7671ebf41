"""Officers and households of the demonstration, as `cast.toml` names them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from permissions.appointments import Nomination, appoint
from permissions.models import Appointment, Officer
from permissions.officers import Handed, open_account
from permissions.posts import Post
from registry import fictitious
from registry.codes import Standing
from registry.models import Household, Place
from registry.places import ancestor
from registry.standing import set_standing

HERE = Path(__file__).parent
# Everybody knows it; production has no demo.
LOG_IN_WITH = "cunxian-2018"
SINCE = date(2014, 1, 1)
REGISTERED_ON = date(2014, 6, 30)
HOUSEHOLDS = 20
REGISTERED = 10
SEED = 2018
VILLAGE_POSTS = {
    "committee": (Post.VILLAGE_COMMITTEE, "cunwei"),
    "team": (Post.WORK_TEAM, "gongzuodui"),
    "supervision": (Post.SUPERVISION_COMMITTEE, "jiandu"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One log-in: who, at which post of which place, acting for whom."""

    login: str
    name: str
    post: Post
    place: str
    since: date = SINCE
    until: date | None = None
    acting_for: str = ""


def script() -> dict[str, Any]:
    """Return the cast as written."""
    return tomllib.loads((HERE / "cast.toml").read_text("utf-8"))


def roles() -> Iterator[Role]:
    """Return every log-in, villages first."""
    written = script()
    for village in written["villages"]:
        for field, (post, word) in VILLAGE_POSTS.items():
            login = f"{village['login']}.{word}"
            name, place = village[field], village["code"]
            yield Role(login=login, name=name, post=post, place=place)
    for officer in written["officers"]:
        yield Role(**{**officer, "post": Post(officer["post"])})


def enter_officers(now: datetime) -> list[Appointment]:
    """Open the accounts with the demonstration's password and appoint everybody.

    Raises: ValueError when the cast breaks a rule of appointment.
    """
    found: dict[str, Appointment] = {}
    for role in roles():
        handed = open_account(
            Officer(username=role.login, full_name=role.name), by=None, now=now
        )
        if not isinstance(handed, Handed):
            raise ValueError([str(one.text) for one in handed])
        found[role.login] = _appointed(role, handed.officer, found, now)
    return list(found.values())


def _appointed(
    role: Role, officer: Officer, found: dict[str, Appointment], now: datetime
) -> Appointment:
    officer.set_password(LOG_IN_WITH)
    officer.must_change_password = False
    officer.save()
    nomination = Nomination(
        officer=officer,
        post=role.post,
        place=Place.objects.get(pk=role.place),
        since=role.since,
        until=role.until,
        acting_for=found[role.acting_for].officer if role.acting_for else None,
        document="演示任命",
    )
    made = appoint(nomination, by=None, now=now)
    if isinstance(made, list):
        raise ValueError([str(one.text) for one in made])
    return made


def hats_over(village: str, hats: list[Appointment]) -> dict[Post, Appointment]:
    """Return who sits at each desk of a village's lists; the first appointed."""
    found: dict[Post, Appointment] = {}
    for hat in hats:
        post = hat.held
        if post.level and ancestor(village, post.level) == hat.place_id:
            found.setdefault(post, hat)
    return found


def enter_households(village: str) -> list[Household]:
    """Enter a village's households, the first half of them registered.

    Raises: ValueError when the register refuses.
    """
    place = Place.objects.get(pk=village)
    drafts = fictitious.households(place, HOUSEHOLDS, SEED)
    made = fictitious.bulk_enter(drafts, SINCE)
    refused = set_standing(
        [household.pk for household in made[:REGISTERED]],
        Standing.REGISTERED,
        on=REGISTERED_ON,
        by=None,
        reason="演示数据：2014年建档立卡",
    )
    if refused:
        raise ValueError([str(one.text) for one in refused])
    return list(Household.objects.filter(place=place).order_by("number"))
