"""Exact counting: shares of whole numbers, money per head, periods of months.

Knows arithmetic only; the law's fractions and periods come from rulebooks.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

FEN = Decimal("0.01")
MONTHS = 12


def at_least(share: Fraction, of: int) -> int:
    """Return the fewest that are no less than this share of all."""
    return ceil(share * of)


def more_than(share: Fraction, of: int) -> int:
    """Return the fewest that are more than this share of all."""
    return floor(share * of) + 1


def to_draw(rate: Fraction, listed: int) -> int:
    """Return how many of a list to draw: the share rounded up, and at least one.

    An empty list has nobody to draw.
    """
    return min(listed, max(1, at_least(rate, listed)))


def per_head(net: Decimal, size: int) -> Decimal:
    """Return money per head, rounded half up to the fen.

    Units: yuan.
    """
    return (net / size).quantize(FEN, ROUND_HALF_UP)


def last_day_of(first: date, months: int) -> date:
    """Return the last day of a period of whole months that begins on a day.

    A period that begins on a day the last month lacks ends with that month.
    """
    year, month = divmod(first.year * MONTHS + first.month - 1 + months, MONTHS)
    next_month = date(year, month + 1, 1)
    following = next_month + timedelta(days=first.day - 1)
    if following.month != next_month.month:
        following = date(year + month // (MONTHS - 1), (month + 1) % MONTHS + 1, 1)
    return following - timedelta(days=1)
