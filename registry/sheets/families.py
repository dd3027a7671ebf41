"""Rows put together as households: by number, or by where a head's row begins one.

It must not know the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from registry import columns
from registry.kinship import Relation
from registry.sheets.headers import Layout
from registry.sheets.rules import Fault
from registry.sheets.tables import Line
from registry.sheets.villages import Villages

# A fault, and the row it is told of.
Told = tuple[Line, Fault]


@dataclass(slots=True)
class Family:
    """The rows of one household; `household` is its row on the household sheet."""

    village: str
    members: list[Line] = field(default_factory=list)
    household: Line | None = None

    @property
    def first(self) -> Line:
        """Return the row by which the household is pointed at."""
        return self.household or self.head or self.members[0]

    @property
    def head(self) -> Line | None:
        """Return the head's row, if there is one."""
        heads = (m for m in self.members if m.values.get("relation") == Relation.HEAD)
        return next(heads, None)

    def values(self) -> dict[str, Any]:
        """Return what is said of the household: its own row first, then the head's."""
        rows = [self.household, self.head, *self.members]
        said: dict[str, Any] = {}
        for row in rows:
            for name, value in row.values.items() if row else ():
                if name in columns.HOUSEHOLD:
                    said.setdefault(name, value)
        return said


@dataclass(slots=True)
class Gathering:
    """Families as they grow, and what was wrong with putting rows together."""

    villages: Villages
    families: dict[str, Family] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    # Of rows without a number: the block begun by the last head of each table.
    blocks: dict[int, str] = field(default_factory=dict)

    def take(self, lines: Iterable[Line]) -> None:
        """Put every row where it belongs.

        Faults: those of `Villages.village_of`, member_without_household,
        household_twice, two_villages.
        """
        for line in lines:
            village = self.villages.village_of(line)
            if isinstance(village, Fault):
                self.told.append((line, village))
            elif line.table.heading.layout is Layout.MEMBERS:
                self._member(line, village)
            else:
                self._household(line, village)

    def end(self) -> list[Family]:
        """Join what has no number by the head's certificate; return all families.

        A row of the household sheet alone is a family without members: the register
        may know them.
        """
        heads = {
            f.head.values.get("id_number"): f
            for f in self.families.values()
            if f.household is None and f.head
        }
        for key, family in list(self.families.items()):
            if family.members or family.household is None:
                continue
            row = family.household
            numbered = "household_number" in row.values
            owner = None if numbered else heads.get(row.values.get("head_id"))
            if owner is not None and owner.village == family.village:
                owner.household = family.household
                del self.families[key]
        return list(self.families.values())

    def _member(self, line: Line, village: str) -> None:
        key = self._key_of_member(line)
        if key is None:
            # A number that was spoilt has been told of already.
            if not line.is_faulty("household_number"):
                fault = Fault("member_without_household", "household_number")
                self.told.append((line, fault))
            return
        family = self.families.setdefault(key, Family(village))
        family.members.append(line)
        self._one_village(family, line, village)

    def _key_of_member(self, line: Line) -> str | None:
        table = line.table.number
        if line.is_faulty("household_number"):
            self.blocks.pop(table, None)
        elif number := line.values.get("household_number"):
            self.blocks[table] = number
        elif line.values.get("relation") == Relation.HEAD:
            self.blocks[table] = f"{table}:{line.row}"
        return self.blocks.get(table)

    def _household(self, line: Line, village: str) -> None:
        number = line.values.get("household_number")
        key = number or f"{line.table.number}:{line.row}"
        family = self.families.setdefault(key, Family(village))
        if family.household is not None:
            said = {"where": family.household.where}
            self.told.append((line, Fault("household_twice", "household_number", said)))
            return
        family.household = line
        self._one_village(family, line, village)

    def _one_village(self, family: Family, line: Line, village: str) -> None:
        if family.village != village:
            self.told.append((line, Fault("two_villages", "household_number")))
