"""Findings kept: with their village, their level, and no more of a kind than helps.

It must not know how they were found.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from registry import columns
from registry.models import ImportFinding, ImportRun
from registry.sheets.entries import Entry, MemberEntry
from registry.sheets.rules import RULES, Fault, Level, Rule
from registry.sheets.tables import Finding, Line

# A rule that fails in every row is told of often enough to be seen, and counted.
_MOST_OF_A_WARNING: Final = 300
_MOST_OF_AN_ERROR: Final = 5000
_FIRST_CELLS: Final = 12
_ALL: Final = {**columns.HOUSEHOLD, **columns.PERSON}
_Row = tuple[str, int]


@dataclass(slots=True)
class Findings:
    """What was found in a file, counted by village and level."""

    run: ImportRun
    villages: Mapping[_Row, str] = field(default_factory=dict)
    rows: list[ImportFinding] = field(default_factory=list)
    counts: dict[str | None, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    of_rule: Counter[str] = field(default_factory=Counter)

    def of_cell(self, finding: Finding) -> None:
        """Keep what was found while reading."""
        at = finding.sheet, finding.row
        self._keep(at, finding.cell, finding.fault, finding.value)

    def of_line(self, line: Line, fault: Fault) -> None:
        """Keep what was found in a row, with what stands in the cell concerned."""
        value = line.values.get(fault.column)
        column = _ALL.get(fault.column)
        shown = ""
        if value is not None and column:
            shown = columns.masked(
                column, columns.written(column, columns.plain(value))
            )
        at = line.table.sheet, line.row
        self._keep(at, line.at(fault.column), fault, shown)

    def of_entry(self, entry: Entry | MemberEntry, fault: Fault) -> None:
        """Keep what was found beside the register."""
        cell = entry.cells.get(fault.column) or f"A{entry.row}"
        shown = ""
        if fault.column == "name" and isinstance(entry, MemberEntry):
            shown = entry.draft.name
        self._keep((entry.sheet, entry.row), cell, fault, shown)

    def write(self) -> None:
        """Write the rows."""
        ImportFinding.objects.bulk_create(self.rows, batch_size=1000)

    def count(self, village: str | None, level: Level) -> int:
        """Return how many of a level there are, kept or not."""
        return self.counts[village][level]

    def _keep(self, at: _Row, cell: str, fault: Fault, value: str) -> None:
        rule = RULES[fault.rule]
        village = self.villages.get(at)
        self.counts[village][rule.level] += 1
        self.of_rule[rule.code] += 1
        grave = rule.level in {Level.ERROR, Level.EXPLAIN}
        if self.of_rule[rule.code] > (
            _MOST_OF_AN_ERROR if grave else _MOST_OF_A_WARNING
        ):
            return
        self.rows.append(
            ImportFinding(
                run=self.run,
                village_id=village,
                sheet=at[0][:100],
                row=at[1],
                cell=cell,
                column=fault.column,
                rule=rule.code,
                level=rule.level,
                value=value[:60],
                said=dict(fault.said),
            )
        )


def text_of(finding: ImportFinding) -> str:
    """Return the sentence of a finding in the reader's language."""
    return _filled(RULES[finding.rule].text, finding.said)


def hint_of(finding: ImportFinding) -> str:
    """Return what to do about it; empty when the sentence says all."""
    return _filled(RULES[finding.rule].hint, finding.said)


def _filled(text: Any, said: Mapping[str, Any]) -> str:
    return str(text) % said if said else str(text)


@dataclass(frozen=True, slots=True)
class ToExplain:
    """A rule some rows do not keep, and what was written about them so far."""

    rule: Rule
    sentence: str
    count: int
    cells: list[str]
    explanation: str


def explained(run: ImportRun) -> list[ToExplain]:
    """Return the rules whose rows must be explained, with the first cells of each."""
    of_rule: dict[str, list[ImportFinding]] = defaultdict(list)
    for row in run.findings.filter(level=Level.EXPLAIN):
        of_rule[row.rule].append(row)
    return [
        ToExplain(
            rule=RULES[code],
            sentence=text_of(rows[0]),
            count=len(rows),
            cells=[f"{r.sheet} {r.cell}".strip() for r in rows[:_FIRST_CELLS]],
            explanation=rows[0].explanation,
        )
        for code, rows in of_rule.items()
    ]
