"""Draws that anyone can repeat: the same list, share and seed give the same sample.

Knows numbers of cases; not what they are drawn for.
"""

import hashlib
from collections.abc import Iterable
from fractions import Fraction

from procedures.arithmetic import to_draw


def seed_for(batch_digest: str, step: str) -> str:
    """Return the seed of a draw: nobody chooses it, the ledger's head does.

    The digest of the batch is fixed by the act before the draw, so the officer
    who draws cannot look for a seed that spares a household.
    """
    return hashlib.sha256(f"{batch_digest}/{step}".encode()).hexdigest()


def draw(ids: Iterable[int], rate: Fraction, seed: str) -> list[int]:
    """Return the drawn numbers in rising order: the share rounded up, at least one.

    Each number is ranked by the hash of seed and number, so the order in which
    the list is given does not matter and taking one away moves no other.

    Source: P37 (shares); the method is ours.
    """
    every = sorted(set(ids))
    ranked = sorted(every, key=lambda number: (_rank(seed, number), number))
    return sorted(ranked[: to_draw(rate, len(every))])


def _rank(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()
