"""Takes the lists of `lives.toml` to where they stand on the demonstration's day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notices.models import Channel, Paper
from notices.objections import Complaint, file_objection
from permissions.models import Appointment
from permissions.posts import Post
from procedures.demo import cast, look_back
from procedures.rehearsal import Deviations, Stuck, Walk
from procedures.rehearsal.rehearse import picture
from procedures.rehearsal.scene import EVERYBODY
from registry.models import Household
from workflows.actions import Kind, Verdict
from workflows.actions.campaigning import open_from_rosters
from workflows.models import Batch, Campaign, Case
from workflows.procedure import named

HERE = Path(__file__).parent
Leg = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A village with its officers and households."""

    village: Mapping[str, Any]
    hats: Mapping[Post, Appointment]
    households: Sequence[Household]

    @property
    def usual(self) -> Deviations:
        """Return the names that this village's records bear."""
        people = self.village["people"]
        return {
            EVERYBODY: {
                "chair": self.village["committee"],
                "village_head": self.village["committee"],
                "team_leader": self.village["team"],
                "people": people,
            }
        }


def play(hats: list[Appointment]) -> list[Batch]:
    """Enter the households and walk every list; returns the lists of the script."""
    stages = {
        village["code"]: Stage(
            village=village,
            hats=cast.hats_over(village["code"], hats),
            households=cast.enter_households(village["code"]),
        )
        for village in cast.script()["villages"]
    }
    told = tomllib.loads((HERE / "lives.toml").read_text("utf-8"))
    lists = [_Life(stages[one["village"]], one).live() for one in told["lists"]]
    return [*lists, _looked_back(stages, told["look_back"])]


def _looked_back(stages: Mapping[str, Stage], told: Leg) -> Batch:
    """Order the look-back, and take its removal roster on its way."""
    stage = stages[told["village"]]
    campaign = look_back.play(told, stage.hats, stage.households)
    return _Life(stage, told["removal"], campaign).live()


class _Life:
    """One list on its way."""

    def __init__(
        self, stage: Stage, told: Mapping[str, Any], campaign: Campaign | None = None
    ) -> None:
        self.stage, self.told, self.campaign = stage, told, campaign
        self.walk = Walk(
            village=stage.village["code"],
            day=told["legs"][0]["day"],
            hats=dict(stage.hats),
            usual=stage.usual,
        )

    def live(self) -> Batch:
        homes = [self._home(number) for number in self.told["households"]]
        batch = self._open(self.told["procedure"], homes)
        by = self.walk.hat(batch)
        self.walk.photo = picture(batch, by=by, now=self.walk.now)
        for leg in self.told["legs"]:
            self.walk.day = max(leg["day"], self.walk.day)
            self._go(batch, leg)
        return batch

    def _open(self, slug: str, homes: Sequence[Household]) -> Batch:
        if self.campaign is None:
            return self.walk.open(slug, homes)
        opened = open_from_rosters(
            self.campaign,
            named(slug),
            homes,
            by=self.stage.hats[Post.VILLAGE_COMMITTEE],
            key=self.walk.key(),
            now=self.walk.now,
        )
        if not isinstance(opened, Batch):
            raise Stuck(slug, opened.batch)
        return opened

    def _go(self, batch: Batch, leg: Leg) -> None:
        if "objection" in leg:
            self._object(batch, leg)
        elif "until" in leg:
            self.walk.until(batch, leg["until"])
        else:
            self.walk.step(batch, self._returns(batch, leg))

    def _home(self, number: int) -> Household:
        return self.stage.households[number - 1]

    def _returns(self, batch: Batch, leg: Leg) -> dict[int, Verdict]:
        homes = [self._home(number) for number in leg.get("returned", ())]
        back = Case.objects.filter(batch=batch, household__in=homes)
        return {
            case.pk: Verdict(kind=Kind.RETURN, to=leg["to"], reason=leg["reason"])
            for case in back
        }

    def _object(self, batch: Batch, leg: Leg) -> None:
        paper = Paper.objects.filter(about=batch.about, postings__isnull=False)
        complaint = Complaint(
            content=leg["objection"],
            channel=Channel.PHONE,
            received_at=self.walk.now,
            household_id=self._home(leg["household"]).pk,
            objector="虚构群众",
            contact="19907430000",
        )
        by = self.stage.hats[Post.TOWNSHIP_CLERK]
        filed = file_objection(
            paper.latest("issued_at"), complaint, by=by, now=self.walk.now
        )
        if isinstance(filed, list):
            raise Stuck(f"{batch}", filed)
