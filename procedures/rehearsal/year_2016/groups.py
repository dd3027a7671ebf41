"""Groups of households to be: sizes that add up, fates in stated shares.

Pure and deterministic by the dice given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from procedures.rehearsal.year_2016 import rates
from procedures.rehearsal.year_2016.figures import apportion
from procedures.rehearsal.year_2016.rates import Fate, Shares
from registry.fictitious_persons import Dice

T = TypeVar("T")
THOUSAND = 1000
SHUFFLED = 2**48


@dataclass(frozen=True, slots=True)
class Home:
    """One household to be: how many persons, and what becomes of it."""

    size: int
    fate: Fate


# Households by county code.
Lot = dict[str, list[Home]]


def shuffled(values: Iterable[T], dice: Dice) -> list[T]:
    """Return the values in an order the dice give."""
    return sorted(values, key=lambda _value: dice.below(SHUFFLED))


def lot(
    homes: dict[str, int],
    shares: Shares,
    plain: Fate,
    dice: Dice,
    *,
    persons: Mapping[str, int] | None = None,
    whole: int = 0,
) -> Lot:
    """Return a group of households by county, with exact persons and shares of fates.

    Persons are exact per county where they are given so, else on the whole.
    """
    count = sum(homes.values())
    fates = iter(fates_of(count, shares, plain, dice))
    if persons is None:
        sizes = iter(sizes_of(count, whole, dice))
    else:
        each = (sizes_of(homes[county], persons[county], dice) for county in homes)
        sizes = (size for some in each for size in some)
    return {
        county: [Home(next(sizes), next(fates)) for _n in range(number)]
        for county, number in homes.items()
    }


def sizes_of(count: int, persons: int, dice: Dice) -> list[int]:
    """Return sizes of so many households that add up to so many persons.

    Raises: ValueError when no sizes from one to seven do.
    """
    most = len(rates.SIZES)
    if not count <= persons <= most * count:
        raise ValueError((count, persons))
    sizes = [
        n
        for n, number in enumerate(apportion(count, rates.SIZES), start=1)
        for _n in range(number)
    ]
    missing = persons - sum(sizes)
    step = 1 if missing > 0 else -1
    while missing:
        n = dice.below(count)
        if 1 <= sizes[n] + step <= most:
            sizes[n] += step
            missing -= step
    return shuffled(sizes, dice)


def fates_of(count: int, shares: Shares, plain: Fate, dice: Dice) -> list[Fate]:
    """Return a fate for each, in the stated shares."""
    weights = [*shares.values(), THOUSAND - sum(shares.values())]
    numbers = apportion(count, weights)
    fates = [
        fate
        for fate, number in zip((*shares, plain), numbers, strict=True)
        for _n in range(number)
    ]
    return shuffled(fates, dice)
