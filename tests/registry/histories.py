"""Invented histories of households, written through the register and kept as plain acts.

`Told` replays what was recorded in the simplest way there is: the model against which
reading back is tested.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from registry import changes
from registry.codes import Cause, Health, Labour, Standing
from registry.kinship import Relation
from registry.models import Household, Person
from registry.standing import SOURCES
from tests.registry.factories import ENTERED, VILLAGE, household, id_number, member

DAYS = 40
WHY: dict[str, Any] = {"by": None, "reason": "核对"}


@dataclass
class Told:
    """What was said of one household or person, in the order of saying."""

    first: dict[str, Any]
    acts: list[tuple[date, dict[str, Any]]] = field(default_factory=list)

    def on(self, day: date) -> dict[str, Any]:
        """Return the columns of a day: the first ones, and every act till then."""
        now = dict(self.first)
        for on, columns in self.acts:
            if on <= day:
                now |= columns
        return now

    @property
    def last(self) -> dict[str, Any]:
        """Return what the register says now."""
        return self.on(date.max)

    def say(self, on: date, columns: dict[str, Any]) -> None:
        """Note an act; one that changes nothing leaves no trace in the register."""
        now = dict(self.first)
        for _on, said in self.acts:
            now |= said
        if any(now[name] != value for name, value in columns.items()):
            self.acts.append((on, columns))


class History:
    """One household, what happened to it, and what it is to be on each day."""

    def __init__(self, dice: Random, village: str = VILLAGE) -> None:
        self.dice = dice
        self.home = household(member(labour=Labour.ORDINARY), village=village)
        self.told = Told(
            {"status": "unregistered", "main_cause": "", "village": village}
        )
        [head] = self.home.members.all()
        self.people = {head.pk: self._said(head, ENTERED)}
        self.closed: date | None = None

    def happen(self, times: int) -> "History":
        """Let so many things happen, on any day after the entry."""
        for _time in range(times):
            act = self.dice.choice(
                [self._cause, self._standing, self._join, self._leave]
            )
            act(ENTERED + timedelta(days=self.dice.randint(0, DAYS)))
        return self

    def on(self, day: date) -> dict[str, Any] | None:
        """Return the household as it is to be on a day; nothing before its entry."""
        if day < ENTERED:
            return None
        people = [p for p in self.people.values() if _there(p, day)]
        return self.told.on(day) | {
            "members": sorted((p["name"], p["told"].on(day)["labour"]) for p in people)
        }

    def _cause(self, day: date) -> None:
        cause = self.dice.choice(Cause.values)
        changes.correct_household(self.home, {"main_cause": cause}, on=day, **WHY)
        self.told.say(day, {"main_cause": cause})
        person = Person.objects.get(pk=self.dice.choice(list(self.people)))
        labour = self.dice.choice(Labour.values)
        columns = {"labour": labour, "health": (Health.HEALTHY,)}
        changes.correct_member(person, columns, on=day, **WHY)
        self.people[person.pk]["told"].say(day, {"labour": labour})

    def _standing(self, day: date) -> None:
        # Kept in order of days: an exit before the registration is refused.
        self.home.refresh_from_db()
        days = [on for on, said in self.told.acts if "status" in said]
        day = max([day, *days])
        ways = [to for to in Standing if self.home.status in SOURCES[to]]
        to = self.dice.choice(ways)
        assert not changes.set_standing([self.home.pk], to, on=day, **WHY)
        self.told.say(day, {"status": to.value})

    def _join(self, day: date) -> None:
        name = "石" + self.dice.choice("春夏秋冬") + self.dice.choice("生平安")
        child = member(name, relation=Relation.OTHER_SON, id_number=id_number())
        joined = changes.add_member(self.home, child, on=day, **WHY)
        assert isinstance(joined, Person), joined
        self.people[joined.pk] = self._said(joined, day)

    def _leave(self, day: date) -> None:
        here = Person.objects.filter(household=self.home, left_on=None)
        person = here.exclude(relation=Relation.HEAD).first()
        if person is None:
            return
        day = max(day, person.joined_on)
        assert isinstance(changes.remove_member(person, on=day, **WHY), Person)
        self.people[person.pk]["left"] = day

    def _said(self, person: Person, joined: date) -> dict[str, Any]:
        told = Told({"labour": person.labour})
        return {"name": person.name, "joined": joined, "left": None, "told": told}


def _there(person: dict[str, Any], day: date) -> bool:
    return person["joined"] <= day and (person["left"] is None or day < person["left"])


def every_day() -> list[date]:
    """Return the days a history is asked about, one before the entry included."""
    return [ENTERED + timedelta(days=n) for n in range(-1, DAYS + 2)]


def shape(home: Household) -> dict[str, Any]:
    """Return what a test compares of a household that was read back."""
    return {
        "status": home.status,
        "main_cause": home.main_cause,
        "village": home.place_id,
        "members": sorted((p.name, p.labour) for p in home.members_then),
    }
