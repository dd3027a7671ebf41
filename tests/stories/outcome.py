"""What came of one event of a story, and whether that is what was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.refusals import Refusal
from tests.stories.words import WHOLE_LIST
from workflows.actions import Refused
from workflows.actions.opening import NotOpened

Said = dict[str, dict[str, str]]


@dataclass(kw_only=True)
class Outcome:
    """Refusals per subject (a household's letter, 名单), or papers and lists."""

    refused: Said = field(default_factory=dict)
    trespass: str = ""
    stale: bool = False
    papers: list[str] = field(default_factory=list)
    follow_ups: list[int] = field(default_factory=list)

    def add(self, subject: str, found: Iterable[Refusal]) -> None:
        for one in found:
            self.refused.setdefault(subject, {})[one.code] = str(one.text)

    @classmethod
    def whole(cls, found: Iterable[Refusal]) -> Outcome:
        """Return the outcome of refusals that concern no single household."""
        outcome = cls()
        outcome.add(WHOLE_LIST, found)
        return outcome

    @classmethod
    def of(cls, refused: Refused | NotOpened, letters: Mapping[int, str]) -> Outcome:
        """Return the outcome of a "no"; keys are case or household ids."""
        outcome = cls()
        outcome.add(WHOLE_LIST, refused.batch)
        each = refused.cases if isinstance(refused, Refused) else refused.households
        for pk, found in each.items():
            outcome.add(letters[pk], found)
        return outcome

    def check(self, told: Mapping[str, Any]) -> None:
        """Compare with what the story tells: who was refused what, in which words."""
        expected = {subject: _codes(said) for subject, said in told.items()}
        found = {subject: sorted(said) for subject, said in self.refused.items()}
        assert found == expected, self.refused
        for subject, said in told.items():
            if isinstance(said, Mapping):
                for code, phrase in said.items():
                    assert phrase in self.refused[subject][code], self.refused


def _codes(said: Mapping[str, str] | list[str]) -> list[str]:
    return sorted(said)
