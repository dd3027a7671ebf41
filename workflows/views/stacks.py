"""The papers of a list as a clerk sees them on the table: one stack per kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from notices import kinds
from notices.models import Paper


@dataclass(kw_only=True)
class Stack:
    """The papers in force of one kind: how many, and how many of them are printed."""

    kind: str
    issued: int = 0
    printed: int = 0

    @property
    def title(self) -> str:
        """Return what the papers are called, in the reader's language."""
        return kinds.named(self.kind).label

    @property
    def waiting(self) -> int:
        """Return how many nobody has printed."""
        return self.issued - self.printed


def stacks(papers: Sequence[Paper]) -> list[Stack]:
    """Return the papers by kind, those of the last act first."""
    found: dict[str, Stack] = {}
    for paper in papers:
        stack = found.setdefault(paper.kind, Stack(kind=paper.kind))
        stack.issued += 1
        stack.printed += paper.printed_at is not None
    return list(found.values())
