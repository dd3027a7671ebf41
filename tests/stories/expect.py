"""What a story expects after an event, held against the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from notices.models import Paper
from procedures.models import FamilyChange
from registry.as_of import read_back
from registry.models import Household
from tests.stories import words
from tests.stories.outcome import Outcome
from tests.stories.telling import Event, Telling
from workflows.models import Case


def check(telling: Telling, event: Event, outcome: Outcome) -> None:
    """Assert everything the event tells."""
    if "越权" in event:
        assert event["越权"] in outcome.trespass, outcome
    else:
        assert not outcome.trespass, outcome.trespass
    assert outcome.stale == event.get("过时", False)
    outcome.check(_by_letter(telling, event))
    for word, expectation in EXPECTATIONS.items():
        if word in event:
            expectation(telling, event, outcome, event[word])


def _by_letter(telling: Telling, event: Event) -> dict[str, Any]:
    """Return the refusals told, the household drawn by its letter."""
    told = dict(event.get("不予", {}))
    if words.DRAWN in told:
        said = told.pop(words.DRAWN)
        batch = telling.batch(event)
        letters = telling.cast.letters(batch)
        for pk in telling.cast.cases(batch, words.DRAWN):
            told[letters[pk]] = said
    return told


def stands(telling: Telling, event: Event, outcome: Outcome, title: str) -> None:
    batch = telling.batch(event)
    assert batch.step == words.step(words.named(batch.procedure), title)


def others_stand(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, str]
) -> None:
    for name, title in told.items():
        stands(telling, {"批": name}, outcome, title)


def states(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, str]
) -> None:
    for letter, title in told.items():
        home = telling.cast.homes[letter]
        case = Case.objects.filter(household=home).latest("pk")
        assert case.state == words.state(words.named(case.procedure), title), letter


def issued(telling: Telling, event: Event, outcome: Outcome, told: list[str]) -> None:
    assert words.paper_titles(outcome.papers) == sorted(told)


def papers_stand(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, str]
) -> None:
    """Say what the last paper of a kind of this list is worth now."""
    batch = telling.batch(event)
    found = {paper.title: paper for paper in _papers(batch.about)}
    for title, label in told.items():
        assert str(found[title].get_state_display()) == label, title


def listed(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, list[str]]
) -> None:
    """Say which households a notice of this list shows."""
    batch = telling.batch(event)
    found = {paper.title: paper for paper in _papers(batch.about)}
    for title, letters in told.items():
        assert _heads(found[title], "rows") == _called(telling, letters)


def kept(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, list[str]]
) -> None:
    """Say which households a notice shows on its second list: those that stay."""
    batch = telling.batch(event)
    found = {paper.title: paper for paper in _papers(batch.about)}
    for title, letters in told.items():
        assert _heads(found[title], "kept") == _called(telling, letters)


def _heads(paper: Paper, rows: str) -> set[str]:
    return {row["head"] for row in paper.context[rows]}


def _called(telling: Telling, letters: list[str]) -> set[str]:
    return {telling.cast.homes[letter].head_name for letter in letters}


def _papers(about: str) -> list[Paper]:
    return list(Paper.objects.filter(about=about).order_by("issued_at", "number"))


def clock(telling: Telling, event: Event, outcome: Outcome, told: Any) -> None:
    assert telling.batch(event).clock_until == (told or None)


def due(telling: Telling, event: Event, outcome: Outcome, told: Any) -> None:
    assert telling.batch(event).due == (told or None)


def rulebook(telling: Telling, event: Event, outcome: Outcome, told: str) -> None:
    assert telling.batch(event).rulebook.title == told


def standings(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, str]
) -> None:
    for letter, label in told.items():
        home = telling.cast.homes[letter]
        home.refresh_from_db()
        assert str(home.get_status_display()) == label, letter


def families(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, dict[str, str]]
) -> None:
    """Say who belongs to a household today, and what he is to its head."""
    for letter, members in told.items():
        day = event.get("在那天", telling.cast.world.day)
        assert _family(telling.cast.homes[letter].pk, day) == members, letter


def _family(pk: int, day: date) -> dict[str, str]:
    (home,) = read_back([Household.objects.get(pk=pk)], day)
    return {p.name: str(p.get_relation_display()) for p in home.members_then}


def parted(
    telling: Telling, event: Event, outcome: Outcome, told: Mapping[str, dict[str, str]]
) -> None:
    """Say who lives in the household that was split off one of the story's."""
    for letter, members in told.items():
        home = telling.cast.homes[letter]
        change = FamilyChange.objects.get(case__household=home, made__isnull=False)
        assert change.made is not None
        assert change.made.status == home.status
        assert _family(change.made.pk, telling.cast.world.day) == members, letter


def signed(telling: Telling, event: Event, outcome: Outcome, told: str) -> None:
    """Say whose names the last line of the ledger bears."""
    entries = telling.batch(event).entries.exclude(appointment=None)
    assert entries.latest("seq").appointment.signature == told


def skipped(telling: Telling, event: Event, outcome: Outcome, told: list[str]) -> None:
    """Say which steps the rulebook did not require and the engine passed."""
    batch = telling.batch(event)
    names = batch.entries.filter(act="skip").values_list("step", flat=True)
    procedure = words.named(batch.procedure)
    assert {str(procedure.step(name).title) for name in names} == set(told)


EXPECTATIONS: dict[str, Callable[[Telling, Event, Outcome, Any], None]] = {
    "到": stands,
    "各批到": others_stand,
    "办到": states,
    "出具": issued,
    "文书": papers_stand,
    "公示名单": listed,
    "保留名单": kept,
    "公示至": clock,
    "限办": due,
    "规程": rulebook,
    "在册": standings,
    "签名": signed,
    "跳过": skipped,
    "家庭": families,
    "分出": parted,
}
