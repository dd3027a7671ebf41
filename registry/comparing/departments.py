"""The catalogue of department lists: who keeps each, what it proves, its headers.

Data in `registry/data/departments.toml`; must not know any row of such a list.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from registry.comparing.kinds import HitKind

FILE = Path(__file__).parent.parent / "data" / "departments.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentSource:
    """One list one department keeps.

    Attributes:
        key: stored with rounds; never renamed.
        asks: the office as rulebooks name it (财政).
        detail: headers whose values say what was found.
        day: headers of the day on which it was so.
    """

    key: str
    asks: str
    title: str
    kind: HitKind
    id_headers: frozenset[str]
    name_headers: frozenset[str]
    detail: Sequence[str]
    day: frozenset[str]

    @property
    def label(self) -> str:
        """Return office and list as a person chooses it."""
        return f"{self.asks}·{self.title}"


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, DepartmentSource]:
    """Return every list by its key, in the order of the file."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return {
        key: DepartmentSource(
            key=key,
            asks=told["asks"],
            title=told["title"],
            kind=HitKind(told["kind"]),
            id_headers=frozenset(read["id"]["headers"]),
            name_headers=frozenset(read["name"]["headers"]),
            detail=tuple(told["detail"]),
            day=frozenset(told["day"]),
        )
        for key, told in read["lists"].items()
    }


def named(key: str) -> DepartmentSource:
    """Return one list; raises KeyError for a key nobody declared."""
    return catalogue()[key]
