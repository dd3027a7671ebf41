"""What accepting a village's entries would do: the parts of a plan.

It must not know how a plan is made, nor how it is carried out.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.drafts import MemberDraft
from registry.models import Household, Person
from registry.sheets.entries import Entry, MemberEntry
from registry.sheets.rules import RULES, Fault
from registry.years import YearOf


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that would be another, in words, masked."""

    number: str
    who: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Columns of a household or member that would be put right."""

    target: Household | Person
    columns: Mapping[str, Any]
    at: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Relations:
    """Relation to the head of every present member of a household."""

    household: Household
    everyone: Mapping[int, str]
    at: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Joining:
    """A member the household does not have yet."""

    household: Household
    draft: MemberDraft
    at: tuple[str, int]


@dataclass(slots=True)
class Plan:
    """Everything that would happen in one village."""

    new: list[Entry] = field(default_factory=list)
    households: list[Correction] = field(default_factory=list)
    relations: list[Relations] = field(default_factory=list)
    members: list[Correction] = field(default_factory=list)
    joining: list[Joining] = field(default_factory=list)
    years: dict[int, list[YearOf]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    faults: list[tuple[Entry | MemberEntry, Fault]] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0

    @property
    def barred(self) -> bool:
        """Return whether something stands against it."""
        return any(RULES[fault.rule].level.bars for _at, fault in self.faults)

    @property
    def digest(self) -> str:
        """Return what tells this plan from another."""
        told = [
            [entry.draft.number or entry.row for entry in self.new],
            [[d.number, d.who, d.column, d.before, d.after] for d in self.differences],
            [self.changed, self.unchanged, len(self.joining)],
        ]
        text = json.dumps(told, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
