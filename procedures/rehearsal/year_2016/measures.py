"""What a replay measures of itself: acts, case-steps and seconds per desk, memory."""

from __future__ import annotations

import resource
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass(kw_only=True)
class Measures:
    """Seconds and numbers by what was done; those of several workers add up.

    Attributes:
        seconds: (desk, stage or other work, "facts", "act", "work" or "cpu") → seconds
            of the wall, or of this program's processor time.
        acts: desk → acts; case_steps: desk → verdicts carried out.
        events: objections, returns, recalls … by name.
        peaks: process → the most memory it had held, MB, at first and last.
    """

    seconds: defaultdict[tuple[str, str], float] = field(
        default_factory=lambda: defaultdict(float)
    )
    acts: Counter[str] = field(default_factory=Counter)
    case_steps: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    peaks: dict[int, tuple[int, int]] = field(default_factory=dict)

    @contextmanager
    def timed(self, what: str, part: str = "work") -> Iterator[None]:
        """Add the seconds spent inside."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.seconds[what, part] += perf_counter() - begun

    def add(self, other: Measures) -> None:
        """Add what another process measured."""
        for work, seconds in other.seconds.items():
            self.seconds[work] += seconds
        self.acts.update(other.acts)
        self.case_steps.update(other.case_steps)
        self.events.update(other.events)
        for process, (first, last) in other.peaks.items():
            known = self.peaks.get(process, (first, last))
            self.peaks[process] = (known[0], max(known[1], last))

    def rows(self) -> list[dict[str, Any]]:
        """Return a line per desk: acts, case-steps, seconds, case-steps per second."""
        return [
            {
                "desk": desk,
                "acts": self.acts[desk],
                "case_steps": steps,
                "facts_s": round(self.seconds[desk, "facts"], 2),
                "act_s": round(self.seconds[desk, "act"], 2),
                "per_s": round(steps / (self.seconds[desk, "act"] or 1)),
            }
            for desk, steps in self.case_steps.items()
        ]

    def other(self) -> dict[str, float]:
        """Return the seconds of everything that is not an act at a desk."""
        found = {w: s for (w, part), s in self.seconds.items() if part == "work"}
        return {what: round(seconds, 2) for what, seconds in found.items()}

    def spent(self, part: str) -> float:
        """Return the seconds of facts, acts, other work, or the processor's."""
        return sum(s for (_what, one), s in self.seconds.items() if one == part)


def peak_mb() -> int:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
