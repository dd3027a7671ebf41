"""What the founding document says of 2016, and the same at a smaller scale.

Pure: no database, no chance. Source: S0 二(一), (五), (十); per county see
`registry/data/xiangxi-2016.csv`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from registry.divisions import exits_2016


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """So many households with so many persons."""

    households: int
    persons: int


# 建档立卡贫困户 of the year (S0 二(十)); read as those at its end, after the look-back
# and with those who exited: assumed, the document does not say the day.
ON_RECORD = Sum(households=194_618, persons=731_782)
# Persons reported for exit on 5 December, before the counties looked again (S0 二(一)).
REPORTED = 243_893
# The look-back at the beginning of the year: 清除, 纳入 (S0 二(五)).
REMOVED = Sum(households=14_993, persons=55_434)
ADDED = Sum(households=13_192, persons=48_270)
# Below this some county would have nobody to exit.
FEWEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What has to come out, in the document's terms.

    Attributes:
        on_record: households on record at the end of the year, exited ones too.
        reported: persons on all exit lists at their opening.
        exited: persons who exited, by county code.
    """

    on_record: Sum
    reported: int
    exited: Mapping[str, int]
    removed: Sum
    added: Sum

    @property
    def exits(self) -> int:
        """Return the persons who exited in all counties."""
        return sum(self.exited.values())


def scaled(households: int = ON_RECORD.households) -> Figures:
    """Return the document's figures for so many households on record.

    With all of them these are the document's own figures, to the person.
    Raises: ValueError below `FEWEST` or above the document's number.
    """
    if not FEWEST <= households <= ON_RECORD.households:
        raise ValueError(f"{FEWEST} … {ON_RECORD.households}")

    def part(whole: int) -> int:
        return (whole * households + ON_RECORD.households // 2) // ON_RECORD.households

    counties = exits_2016()
    persons = [county.persons for county in counties]
    shares = apportion(part(sum(persons)), persons)
    return Figures(
        on_record=Sum(households=households, persons=part(ON_RECORD.persons)),
        reported=part(REPORTED),
        exited={c.code: share for c, share in zip(counties, shares, strict=True)},
        removed=_part_of(REMOVED, part),
        added=_part_of(ADDED, part),
    )


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a total by weights into whole numbers, largest remainders first.

    The parts always add up; weights that add up to the total are their own parts.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: -(total * weights[n] % whole))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def _part_of(whole: Sum, part: Callable[[int], int]) -> Sum:
    return Sum(households=part(whole.households), persons=part(whole.persons))
