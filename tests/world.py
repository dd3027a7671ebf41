"""A small world for engine tests: one village, its officers, its households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from permissions.appointments import appoint
from permissions.models import Appointment, Officer
from permissions.posts import Post
from permissions.separation import Nomination
from procedures.rehearsal import Walk
from registry import divisions, fictitious
from registry.codes import Standing
from registry.models import Household, Place
from registry.places import ancestor
from registry.refusals import Refusal
from registry.standing import set_standing
from workflows.models import Batch

VILLAGE = "433124110226"
NEIGHBOUR = "433124110225"
START = date(2014, 1, 1)
TODAY = date(2018, 11, 5)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SURNAME_OF = dict(zip(Post, "石向麻吴彭田杨隆施龙覃梁", strict=True))


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day in Xiangxi."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def officer(
    post: Post,
    place_code: str,
    *,
    name: str = "",
    since: date = START,
    until: date | None = None,
    acting_for: Officer | None = None,
) -> Appointment:
    """Make an officer and appoint him."""
    seat = ancestor(place_code, post.level) if post.level else place_code
    person = Officer.objects.create_user(
        username=f"{post.value}-{seat}-{name}",
        password="pass-word-2018",
        full_name=name or f"{SURNAME_OF[post]}同志",
    )
    nomination = Nomination(
        officer=person,
        post=post,
        place=Place.objects.get(pk=seat),
        since=since,
        until=until,
        acting_for=acting_for,
        document="测试任命",
    )
    made = appoint(nomination, by=None, now=at(since))
    if isinstance(made, list):
        raise TypeError([str(refusal.text) for refusal in made])
    return made


@dataclass(kw_only=True)
class World(Walk):
    """A village with officers of every post; time moves as acts are done."""

    @classmethod
    def build(cls, village: str = VILLAGE, day: date = TODAY) -> World:
        """Load the divisions and appoint one officer per acting post."""
        divisions.load()
        posts = [post for post in Post if post.acts]
        hats = {post: officer(post, village) for post in posts}
        return cls(village=village, day=day, hats=hats)

    def households(
        self,
        count: int = 3,
        *,
        registered: bool = False,
        seed: int = 7,
        on: date = date(2016, 1, 1),
    ) -> list[Household]:
        """Enter fictitious households; registered ones since a day."""
        drafts = fictitious.households(Place.objects.get(pk=self.village), count, seed)
        made = fictitious.bulk_enter(drafts, START)
        ids = [household.pk for household in made]
        if registered:
            refused = set_standing(
                ids, Standing.REGISTERED, on=on, by=None, reason="测试"
            )
            assert refused == []
        return list(Household.objects.filter(pk__in=ids).order_by("pk"))

    def deviate(self, batch: Batch, **deviations: Any) -> list[Refusal]:
        """Record the present step with deviations; ``c7`` stands for case 7."""
        given = {int(k[1:]) if k[0] == "c" else k: v for k, v in deviations.items()}
        return self.fill(batch, given)
