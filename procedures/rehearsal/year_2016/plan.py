"""Decides who is reported, returned, exited, removed and added, village by village.

Pure and deterministic: the same number of households and seed give the same plan, and
its sums are the document's figures at any scale. It must not know the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from procedures.rehearsal.year_2016 import rates
from procedures.rehearsal.year_2016.figures import (
    ON_RECORD,
    Figures,
    Sum,
    apportion,
    scaled,
)
from procedures.rehearsal.year_2016.groups import (
    THOUSAND,
    Home,
    Lot,
    lot,
    shuffled,
)
from procedures.rehearsal.year_2016.rates import Fate
from registry.divisions import divisions
from registry.fictitious_persons import Dice
from registry.places import Level, ancestor


@dataclass(slots=True, kw_only=True)
class VillagePlan:
    """One village: its households in the order of their numbers.

    Attributes:
        recalled: the county takes its exit list back once.
        acting: somebody acts for the committee's member during the exit.
    """

    code: str
    weight: int
    homes: list[Home] = field(default_factory=list)
    recalled: bool = False
    acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole year."""

    figures: Figures
    villages: Sequence[VillagePlan]


def plan(households: int = ON_RECORD.households, seed: int = 2016) -> Plan:
    """Plan the year for so many households on record at its end.

    Raises: ValueError for a number the document's figures cannot be scaled to.
    """
    figures = scaled(households)
    dice = Dice(f"2016:{households}:{seed}")
    villages = {
        county: _villages(county, households, dice) for county in figures.exited
    }
    for group in _lots(figures, dice):
        for county, homes in group.items():
            _deal(homes, villages[county])
    every = [village for some in villages.values() for village in some]
    for village in every:
        village.homes = shuffled(village.homes, dice)
    _mark(every, dice)
    return Plan(figures=figures, villages=every)


def _villages(county: str, households: int, dice: Dice) -> list[VillagePlan]:
    """Return as many villages of a county as the scale wants, one at least."""
    codes = [
        d.code
        for d in divisions()
        if d.level is Level.VILLAGE and ancestor(d.code, Level.COUNTY) == county
    ]
    wanted = max(1, len(codes) * households // ON_RECORD.households)
    chosen = [codes[len(codes) * n // wanted] for n in range(wanted)]
    low, high = rates.LEAST_WEIGHT, rates.MOST_WEIGHT
    return [VillagePlan(code=code, weight=dice.between(low, high)) for code in chosen]


def _lots(figures: Figures, dice: Dice) -> Iterator[Lot]:
    """Return one group of households after the other, dealt to the counties."""
    counties = figures.exited
    exiting = {county: _homes_of(n) for county, n in counties.items()}
    yield lot(exiting, rates.EXITING, Fate.EXITS, dice, persons=counties)
    shares = apportion(figures.reported - figures.exits, list(counties.values()))
    left = dict(zip(counties, shares, strict=True))
    dropped = {county: _homes_of(n) for county, n in left.items()}
    yield lot(dropped, rates.DROPPED, Fate.SENT_BACK, dice, persons=left)
    weights = list(counties.values())
    for group, share, plain in (
        (figures.removed, rates.REMOVING, Fate.REMOVED),
        (figures.added, rates.ADDING, Fate.ADDED),
        (_beside(figures.added, rates.DECLINED_BESIDE), {}, Fate.DECLINED),
        (_cleared(figures), {}, Fate.CLEARED),
        (_staying(figures, exiting, dropped), {}, Fate.STAYS),
    ):
        parts = apportion(group.households, weights)
        homes = dict(zip(counties, parts, strict=True))
        yield lot(homes, share, plain, dice, whole=group.persons)


def _homes_of(persons: int) -> int:
    """Return how many households of the register's mean size so many persons are."""
    mean, half = ON_RECORD.persons, ON_RECORD.persons // 2
    found = (persons * ON_RECORD.households + half) // mean
    return max(found, min(1, persons))


def _beside(group: Sum, share: int) -> Sum:
    """Return so many more households of the group's size, in thousandths of it."""
    count = group.households * share // THOUSAND
    return Sum(households=count, persons=count * group.persons // group.households)


def _cleared(figures: Figures) -> Sum:
    return _beside(figures.removed, rates.CLEARED_BESIDE)


def _staying(figures: Figures, *reported: dict[str, int]) -> Sum:
    """Return those on record at the end who were looked at by nobody."""
    listed = sum(sum(some.values()) for some in reported)
    whole, others = figures.on_record, (figures.added, _cleared(figures))
    return Sum(
        households=whole.households - listed - sum(o.households for o in others),
        persons=whole.persons - figures.reported - sum(o.persons for o in others),
    )


def _deal(homes: Sequence[Home], villages: Sequence[VillagePlan]) -> None:
    """Give a county's households to its villages by their weights."""
    numbers = apportion(len(homes), [village.weight for village in villages])
    rest = iter(homes)
    for village, number in zip(villages, numbers, strict=True):
        village.homes += [next(rest) for _n in range(number)]


def _mark(villages: Sequence[VillagePlan], dice: Dice) -> None:
    """Choose where a list is taken back and where somebody acts for another."""

    def chosen(share: int) -> list[VillagePlan]:
        number = max(1, len(villages) * share // THOUSAND)
        return shuffled(villages, dice)[:number]

    for village in chosen(rates.RECALLED_VILLAGES):
        village.recalled = True
    for village in chosen(rates.ACTING_VILLAGES):
        village.acting = True
