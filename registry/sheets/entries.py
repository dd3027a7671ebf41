"""Households as a file says them, checked and waiting: what a person accepts or not.

Kept per village as one sealed text until then, so that what is written is what was
checked. It must not know the file they came from, beyond cells to point at.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from registry.columns import Plain
from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import seal_bytes, unseal_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """One member; `cells` is column -> address of those a comparison may point at."""

    draft: MemberDraft
    values: Mapping[str, Plain]
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One household; `said` names the columns of its draft the file speaks of."""

    draft: HouseholdDraft
    said: Sequence[str]
    values: Mapping[str, Plain]
    year: int
    members: Sequence[MemberEntry]
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def head(self) -> MemberEntry:
        """Return the head; a checked household has one."""
        return next(m for m in self.members if m.draft.relation == "02")


def packed(entries: Sequence[Entry]) -> bytes:
    """Return the households of a village as one cipher."""
    told = [_told(entry) for entry in entries]
    text = json.dumps(told, default=_plain, ensure_ascii=False)
    return seal_bytes(zlib.compress(text.encode(), level=1))


def unpacked(cipher: bytes) -> list[Entry]:
    """Return what was packed.

    Raises: InvalidTag when the key is another or the cipher was altered.
    """
    text = zlib.decompress(unseal_bytes(cipher))
    return [_entry(told) for told in json.loads(text)]


def _told(entry: Entry | MemberEntry) -> dict[str, Any]:
    """Return the entry as JSON can hold it; `asdict` would copy every value."""
    told = {f.name: getattr(entry, f.name) for f in fields(entry)}
    draft = {f.name: getattr(entry.draft, f.name) for f in fields(entry.draft)}
    if isinstance(entry, Entry):
        told["members"] = [_told(member) for member in entry.members]
        del draft["members"]
    return told | {"draft": draft}


def _plain(value: Any) -> str:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(type(value))


def _entry(told: dict[str, Any]) -> Entry:
    members = [_member(m) for m in told.pop("members")]
    draft = told.pop("draft")
    draft |= {
        "farmland_mu": Decimal(draft["farmland_mu"]),
        "other_causes": tuple(draft["other_causes"]),
        "members": tuple(m.draft for m in members),
    }
    return Entry(draft=HouseholdDraft(**draft), members=members, **told)


def _member(told: dict[str, Any]) -> MemberEntry:
    draft = told.pop("draft")
    birth = draft["birth"]
    draft |= {
        "birth": date.fromisoformat(birth) if birth else None,
        "health": tuple(draft["health"]),
    }
    return MemberEntry(draft=MemberDraft(**draft), **told)
