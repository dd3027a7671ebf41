"""Officers and households of a story, by the names the story gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from permissions import recusal
from permissions.appointments import appoint, end
from permissions.models import Appointment
from permissions.models.appointments import Relation
from permissions.posts import Post
from permissions.separation import Nomination
from procedures.models import Sample
from procedures.rehearsal.scene import EVERYBODY as LIST
from registry.codes import Standing
from registry.models import Household
from registry.standing import set_standing
from tests.stories import words
from tests.world import World, officer
from workflows.models import Batch, Case

RECUSED = "回避"


@dataclass(kw_only=True)
class Cast:
    """Who plays: letters stand for households, titles or names for officers."""

    world: World
    homes: dict[str, Household]
    named: dict[str, Appointment] = field(default_factory=dict)

    @classmethod
    def of(cls, story: Mapping[str, Any]) -> Cast:
        """Build the world of a story on its first day."""
        letters = story["户"]
        world = World.build(day=story["开始"])
        made = world.households(max(len(letters), 2))[: len(letters)]
        cast = cls(world=world, homes=dict(zip(letters, made, strict=True)))
        default = [] if story["程序"] == "识别" else letters
        cast._register(story.get("已建档", default), story["开始"])
        return cast

    def _register(self, letters: list[str], start: date) -> None:
        on = start.replace(year=start.year - 1)
        ids = [self.homes[letter].pk for letter in letters]
        wrong = set_standing(ids, Standing.REGISTERED, on=on, by=None, reason="故事")
        assert wrong == []

    def hat(self, word: str) -> Appointment:
        """Return an officer by his own name or by his post."""
        if word in self.named:
            return self.named[word]
        return self.world.hats[words.post(word)]

    def join(self, event: Mapping[str, Any]) -> None:
        """Appoint somebody new, somebody in office too, or one who acts for another."""
        post = words.post(event["岗位"])
        if "原岗位" in event:
            self.named[event["谁"]] = self._further(event["原岗位"], post)
            return
        away = self.world.hats[post].officer if "止" in event else None
        self.named[event["谁"]] = officer(
            post,
            event.get("村", self.world.village),
            name=event["谁"],
            since=self.world.day,
            until=event.get("止"),
            acting_for=away,
        )

    def _further(self, present: str, post: Post) -> Appointment:
        seat = self.world.hats[post].place
        nomination = Nomination(
            officer=self.hat(present).officer,
            post=post,
            place=seat,
            since=self.world.day,
            document="故事任命",
        )
        made = appoint(nomination, by=None, now=self.world.now)
        assert isinstance(made, Appointment), made
        return made

    def dismiss(self, word: str) -> None:
        done = end(
            self.hat(word),
            on=self.world.day,
            by=None,
            reason="免职",
            now=self.world.now,
        )
        assert isinstance(done, Appointment), done

    def declare_kin(self, event: Mapping[str, Any]) -> None:
        relation = Relation(words.chosen(Relation)(event["关系"]))
        home = self.homes[event["户"]]
        hat = self.hat(event["谁"])
        recusal.declare(hat.officer, home.pk, relation=relation, on=self.world.day)

    def letter(self, household_id: int | None) -> str:
        for letter, home in self.homes.items():
            if home.pk == household_id:
                return letter
        raise KeyError(household_id)

    def letters(self, batch: Batch) -> dict[int, str]:
        """Return case id → letter of a batch, ended cases included."""
        cases = Case.objects.filter(batch=batch)
        return {case.pk: self.letter(case.household_id) for case in cases}

    def cases(self, batch: Batch, subject: str) -> list[int]:
        """Return the ids of the cases a subject means."""
        letters = self.letters(batch)
        if subject == words.EVERYBODY:
            return list(letters)
        if subject == words.DRAWN:
            sample = Sample.objects.get(batch=batch, step=batch.step)
            return list(sample.case_ids)
        found = [pk for pk, letter in letters.items() if letter == subject]
        assert found, f"{subject}不在{batch}"
        return found

    def deviations(
        self, batch: Batch, materials: Mapping[str, Mapping[str, Any]]
    ) -> dict[int | str, dict[str, Any]]:
        """Return the materials of an event as the rehearsal reads them."""
        found: dict[int | str, dict[str, Any]] = {}
        for subject, told in materials.items():
            material = dict(told)
            recused = material.pop(RECUSED, None)
            read = words.deviation(material)
            if recused is not None:
                read["recused"] = [
                    (name, self.cases(batch, letter)[0])
                    for name, letter in recused.items()
                ]
            if subject == words.WHOLE_LIST:
                found[LIST] = read
                continue
            for pk in self.cases(batch, subject):
                found.setdefault(pk, {}).update(read)
        return found
