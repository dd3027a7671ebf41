"""A small world for engine tests: one village, its officers, its households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from notices.models import Photo
from permissions.appointments import appoint
from permissions.models import Appointment, Officer
from permissions.posts import Post
from permissions.separation import Nomination
from procedures.rehearsal import rehearse
from registry import divisions, fictitious
from registry.codes import Standing
from registry.models import Household, Place
from registry.places import ancestor
from registry.standing import set_standing
from workflows import tasks
from workflows.actions import PASS, Done, Refused, Verdict, act, open_batch
from workflows.models import Batch, Case
from workflows.procedure import named

VILLAGE = "433124110226"
NEIGHBOUR = "433124110225"
START = date(2018, 1, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SURNAME_OF = dict(zip(Post, "石向麻吴彭田杨隆施龙覃梁", strict=True))


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day in Xiangxi."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def officer(post: Post, place_code: str, *, name: str = "") -> Appointment:
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
        since=START,
        document="测试任命",
    )
    made = appoint(nomination, by=None, now=at(START))
    if isinstance(made, list):
        raise TypeError([str(refusal.text) for refusal in made])
    return made


@dataclass
class World:
    """A village with officers of every post; time moves as acts are done."""

    village: str = VILLAGE
    day: date = date(2018, 11, 5)
    hats: dict[Post, Appointment] = field(default_factory=dict)
    photo: Photo | None = None
    keys: int = 0

    @classmethod
    def build(cls, village: str = VILLAGE, day: date = date(2018, 11, 5)) -> World:
        """Load the divisions and appoint one officer per acting post."""
        divisions.load()
        posts = [post for post in Post if post.acts]
        world = cls(village=village, day=day)
        world.hats = {post: officer(post, village) for post in posts}
        return world

    @property
    def now(self) -> datetime:
        return at(self.day)

    def households(
        self, count: int = 3, *, registered: bool = False, seed: int = 7
    ) -> list[Household]:
        """Enter fictitious households; registered ones two years ago."""
        drafts = fictitious.households(Place.objects.get(pk=self.village), count, seed)
        made = fictitious.bulk_enter(drafts, START.replace(year=2014))
        if registered:
            ids = [household.pk for household in made]
            on = date(2016, 1, 1)
            refused = set_standing(
                ids, Standing.REGISTERED, on=on, by=None, reason="测试"
            )
            assert refused == []
        return list(
            Household.objects.filter(pk__in=[h.pk for h in made]).order_by("pk")
        )

    def open(self, procedure: str, households: Sequence[Household]) -> Batch:
        """Open a batch as the post of the first step."""
        found = named(procedure)
        batch = open_batch(
            procedure=found,
            place=Place.objects.get(pk=self.village),
            households=households,
            by=self.hats[found.steps[0].post],
            key=self.key(),
            now=self.now,
        )
        assert isinstance(batch, Batch), batch
        return batch

    def key(self) -> str:
        """Return an idempotency key nobody used."""
        self.keys += 1
        return f"key-{self.keys}"

    def hat(self, batch: Batch) -> Appointment:
        """Return who sits at the batch's present desk."""
        return self.hats[named(batch.procedure).step(batch.step).post]

    def fill(self, batch: Batch, **deviations: Any) -> None:
        """Record right facts at the present step, but for the deviations."""
        by = self.hat(batch)
        given = {int(k[1:]) if k[0] == "c" else k: v for k, v in deviations.items()}
        rehearse(batch, by=by, now=self.now, deviations=given, photo=self.photo)

    def act(
        self,
        batch: Batch,
        verdicts: Mapping[int, Verdict] | None = None,
        *,
        by: Appointment | None = None,
        key: str = "",
    ) -> Done | Refused:
        """Act at the present step; households without a verdict pass."""
        cases = Case.objects.filter(batch=batch, closed_on=None)
        given = dict.fromkeys(cases.values_list("pk", flat=True), PASS)
        done = act(
            batch_id=batch.pk,
            step=batch.step,
            verdicts=given | dict(verdicts or {}),
            by=by or self.hat(batch),
            key=key or self.key(),
            version=batch.version,
            now=self.now,
        )
        batch.refresh_from_db()
        return done

    def step(self, batch: Batch, verdicts: Mapping[int, Verdict] | None = None) -> Done:
        """Fill in the present step rightly and act; waits out a running clock."""
        self.wait(batch)
        self.fill(batch)
        done = self.act(batch, verdicts)
        assert isinstance(done, Done), done
        return done

    def wait(self, batch: Batch) -> None:
        """Let the days of a notice pass."""
        batch.refresh_from_db()
        if batch.clock_until is not None:
            self.day = batch.clock_until + timedelta(days=1)
            tasks.tick(self.now)
            batch.refresh_from_db()

    def until(self, batch: Batch, step: str) -> Batch:
        """Take every step before ``step``; "" means to the end."""
        while batch.step != step:
            self.step(batch)
        self.wait(batch)
        return batch
