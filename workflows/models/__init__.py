"""Batches, cases, the ledger and what the engine remembers.

Four states, four questions: ``Case.state`` is what a case is in law, ``Batch``
the list it travels in, ``BatchTask`` on whose desk it lies, ``Entry`` what
happened. Knows no procedure by name.
"""

from workflows.models.batches import Batch, BatchTask, Case, RulebookVersion
from workflows.models.campaigns import Campaign, CampaignMeeting, RosterEntry
from workflows.models.days import Holiday, TrainingClock
from workflows.models.drafts import DeskDraft, DraftPhoto
from workflows.models.ledger import Entry, Receipt
from workflows.models.matches import DepartmentFile, FileFault, Match
from workflows.models.rounds import (
    ComparisonRound,
    RoundDepartment,
    RoundEntry,
    RoundHousehold,
)
from workflows.models.witness import Checkpoint, Leaf

__all__ = [
    "Batch",
    "BatchTask",
    "Campaign",
    "CampaignMeeting",
    "Case",
    "Checkpoint",
    "ComparisonRound",
    "DepartmentFile",
    "DeskDraft",
    "DraftPhoto",
    "Entry",
    "FileFault",
    "Holiday",
    "Leaf",
    "Match",
    "Receipt",
    "RosterEntry",
    "RoundDepartment",
    "RoundEntry",
    "RoundHousehold",
    "RulebookVersion",
    "TrainingClock",
]
