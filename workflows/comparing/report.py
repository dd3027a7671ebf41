"""What a round comes to: households hit, explained, accepted, open, to be removed.

Only kinds that the round's rulebook excludes count; only matches that still stand.
Reads, never writes.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from registry.comparing.kinds import Decision
from registry.models import Place
from registry.places import Level, ancestor
from workflows.models import ComparisonRound, Match, RoundHousehold

EXCLUDING = "exclusion_kinds"


@dataclass(slots=True, kw_only=True)
class Tally:
    """Figures of one township, or of the county, in households.

    Attributes:
        hit: households with at least one excluding hit; each is one of the three.
        open: something is not yet decided, and nothing was found true.
        explained: all hits were explained.
        accepted: at least one hit was found true: to be removed.
        kinds: households hit, by kind of hit.
    """

    compared: int = 0
    hit: int = 0
    open: int = 0
    explained: int = 0
    accepted: int = 0
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The 四类对象 report of a round: one line per township, and the sum."""

    kinds: tuple[str, ...]
    lines: list[tuple[Place, Tally]]
    sum: Tally


def excluding(round_: ComparisonRound) -> QuerySet[Match]:
    """Return the standing matches of kinds that exclude."""
    kinds = round_.bound_rulebook.words(EXCLUDING)
    return Match.objects.filter(round=round_, standing=True, kind__in=kinds)


def households_to_remove(round_: ComparisonRound) -> list[int]:
    """Return the households with an excluding hit that was found true.

    For whoever opens a removal; the order is that of the register.
    """
    accepted = excluding(round_).filter(decision=Decision.ACCEPTED)
    rows = accepted.order_by("place_id", "household_id")
    return list(dict.fromkeys(rows.values_list("household_id", flat=True)))


def report(round_: ComparisonRound) -> Report:
    """Return the figures per township and for the whole round; four statements."""
    kinds = round_.bound_rulebook.words(EXCLUDING)
    tallies: dict[str, Tally] = defaultdict(
        lambda: Tally(kinds=dict.fromkeys(kinds, 0))
    )
    compared = (
        RoundHousehold.objects.filter(round=round_)
        .values("household__place_id")
        .annotate(households=Count("pk"))
    )
    for row in compared:
        tallies[_township(row["household__place_id"])].compared += row["households"]
    for row in _by_household(round_):
        _count(tallies[_township(row["place_id"])], row)
    by_kind = excluding(round_).order_by().values("household_id", "place_id", "kind")
    for hit in by_kind.distinct():
        tallies[_township(hit["place_id"])].kinds[hit["kind"]] += 1
    places = Place.objects.filter(pk__in=tallies).order_by("code")
    lines = [(place, tallies[place.pk]) for place in places]
    return Report(kinds=kinds, lines=lines, sum=_sum(kinds, tallies))


def _by_household(round_: ComparisonRound) -> QuerySet:
    return (
        excluding(round_)
        .order_by()
        .values("household_id", "place_id")
        .annotate(
            accepted=Count("pk", filter=Q(decision=Decision.ACCEPTED)),
            open=Count("pk", filter=Q(decision=Decision.OPEN)),
        )
    )


def _count(tally: Tally, row: Mapping[str, int]) -> None:
    tally.hit += 1
    if row["accepted"]:
        tally.accepted += 1
    elif row["open"]:
        tally.open += 1
    else:
        tally.explained += 1


def _sum(kinds: tuple[str, ...], tallies: Mapping[str, Tally]) -> Tally:
    every = tallies.values()
    return Tally(
        compared=sum(one.compared for one in every),
        hit=sum(one.hit for one in every),
        open=sum(one.open for one in every),
        explained=sum(one.explained for one in every),
        accepted=sum(one.accepted for one in every),
        kinds={kind: sum(one.kinds[kind] for one in every) for kind in kinds},
    )


def _township(code: str) -> str:
    return ancestor(code, Level.TOWNSHIP)
