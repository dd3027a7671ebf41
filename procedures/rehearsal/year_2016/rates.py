"""How often what goes otherwise: every rate of the replay, in one place.

All are assumed and illustrative: the founding document gives totals, not how they came
about. Shares are in thousandths of the group named; what is left takes the plain way.
"""

from __future__ import annotations

from enum import StrEnum

from registry.refusals import Grade

GRADE = Grade.ASSUMED


class Fate(StrEnum):
    """What becomes of one household in the year."""

    # On record, not on any exit list.
    STAYS = "stays"
    CLEARED = "cleared"  # looked into at the look-back, and rightly on record
    # Reported for exit and exited.
    EXITS = "exits"
    HELD = "held"
    CONTESTED = "contested"  # somebody objected, the objection was rejected
    REWORKED = "reworked"  # the county sent it back to be visited again
    # Reported for exit and still on record.
    SENT_BACK = "sent_back"  # sent back by the county, then refused on the visit
    NOT_CERTIFIED = "not_certified"  # refused by the county
    UNSIGNED = "unsigned"  # would not sign
    UPHELD = "upheld"  # an objection was right
    # Removed as one of the four kinds.
    REMOVED = "removed"
    OBJECTING = "objecting"  # said so when told, and was answered
    # Applied and registered, or not.
    ADDED = "added"
    DOUBTED = "doubted"  # somebody objected, the objection was rejected
    DECLINED = "declined"

    @property
    def applies(self) -> bool:
        """Return whether it was not registered when the year began."""
        return self in {Fate.ADDED, Fate.DOUBTED, Fate.DECLINED}


Shares = dict[Fate, int]

EXITING: Shares = {Fate.REWORKED: 100, Fate.CONTESTED: 15, Fate.HELD: 10}
DROPPED: Shares = {Fate.NOT_CERTIFIED: 380, Fate.UNSIGNED: 80, Fate.UPHELD: 40}
REMOVING: Shares = {Fate.OBJECTING: 30}
ADDING: Shares = {Fate.DOUBTED: 20}
# Besides those who count: looked into and cleared, per removed household; applied and
# declined, per added household.
CLEARED_BESIDE, DECLINED_BESIDE = 50, 80
# Villages whose list the county takes back once, and those where somebody acts for the
# member of the committee while the exit lists are under way.
RECALLED_VILLAGES, ACTING_VILLAGES = 60, 50
# Persons in a household: thousandths of households with 1, 2 … 7; the mean is 3.76.
SIZES = (80, 140, 220, 245, 165, 100, 50)
# A village's households: from half to one and a half times the county's mean.
LEAST_WEIGHT, MOST_WEIGHT = 50, 150
