"""A table of a TOML file read strictly: every key known, present and well typed.

Knows keys and types only; what they mean is its reader's business.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

Member = TypeVar("Member", bound=StrEnum)


class LawError(Exception):
    """A rulebook that cannot be trusted: it stops the start, never a request."""

    def __init__(self, key: str, reason: str) -> None:
        """Keep the dotted key so that the message points into the file."""
        super().__init__(f"{key}: {reason}")
        self.key = key


class StrictTable:
    """One table; each reading marks its key as known, `close` refuses the rest."""

    def __init__(self, path: str, content: object) -> None:
        """Refuse what is not a table.

        Raises: LawError.
        """
        if not isinstance(content, dict):
            raise LawError(path, "not a table")
        self.path = path
        self._content: dict[str, object] = content
        self._known: set[str] = set()

    def key(self, name: str) -> str:
        """Return the dotted key of an entry."""
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        """Say whether an optional entry is there."""
        return name in self._content

    def raw(self, name: str) -> object:
        """Return an entry of any type; it must be there."""
        if name not in self._content:
            raise LawError(self.key(name), "missing")
        self._known.add(name)
        return self._content[name]

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text that is not empty; the default stands for absence only."""
        if default is not None and not self.has(name):
            return default
        found = self.raw(name)
        if not isinstance(found, str) or not found.strip():
            raise LawError(self.key(name), "not a text")
        return found

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        found = self.raw(name)
        if not isinstance(found, bool):
            raise LawError(self.key(name), "not true or false")
        return found

    def whole(self, name: str) -> int:
        """Return a whole number that is not negative."""
        return whole(self.key(name), self.raw(name))

    def day(self, name: str) -> date:
        """Return a day without a time."""
        found = self.raw(name)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise LawError(self.key(name), "not a day")
        return found

    def choice(self, name: str, kind: type[Member]) -> Member:
        """Return one of a closed set of words."""
        found = self.text(name)
        try:
            return kind(found)
        except ValueError:
            raise LawError(self.key(name), f"unknown word {found!r}") from None

    def tables(self, name: str) -> Mapping[str, "StrictTable"]:
        """Return the tables inside an entry by name."""
        inner = StrictTable(self.key(name), self.raw(name))
        return {
            key: StrictTable(inner.key(key), content)
            for key, content in inner._content.items()
        }

    def close(self) -> None:
        """Refuse every entry nobody has read.

        Raises: LawError.
        """
        for name in self._content:
            if name not in self._known:
                raise LawError(self.key(name), "unknown key")


def whole(key: str, found: object) -> int:
    """Return a whole number that is not negative, or raise LawError."""
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise LawError(key, "not a whole number")
    return found
