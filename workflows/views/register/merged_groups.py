"""What the groups of merging villages are called afterwards, as fields of one page.

A group keeps its name unless a new one is typed; two of one name would become one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.moving import VillageMerger
from registry.texts import tidy
from workflows.merging import GroupOf, Outlook

_FIELD = "group:"
LONGEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group with the field that renames it."""

    old: GroupOf
    field: str
    new: str


def lines(outlook: Outlook, merger: VillageMerger) -> list[GroupLine]:
    """Return every group with its field, as the merger would call it."""
    return [
        GroupLine(
            old=one,
            field=f"{_FIELD}{one.village}:{one.group}",
            new=merger.groups.get((one.village, one.group), one.group),
        )
        for one in outlook.groups
    ]


def renamed(sent: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return (village, old group) -> new group for every field that renames."""
    found = {}
    for field, text in sent.items():
        if not field.startswith(_FIELD):
            continue
        village, _colon, group = field.removeprefix(_FIELD).partition(":")
        new = tidy(text).strip()[:LONGEST]
        if new and new != group:
            found[village, group] = new
    return found
