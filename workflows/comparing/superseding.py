"""A corrected file takes the place of the one before it; nothing decided is lost.

Knows matches; must not know how a file is read.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime

from registry.comparing.kinds import Decision
from workflows.comparing import trace
from workflows.models import DepartmentFile, Match, RoundDepartment, RoundEntry

Stage = DepartmentFile.Stage
# What somebody decided about a row; it goes with the row that says the same.
DECIDED = (
    "decision",
    "exception",
    "explanation",
    "same_person",
    "decided_by_id",
    "decided_at",
)


def take_over(
    department: RoundDepartment, made: Sequence[Match], *, at: datetime
) -> None:
    """Let new matches replace those of the department's earlier file.

    Effects: earlier files are superseded and their matches no longer stand; a new
    match that says the same of the same person keeps its decision; one line of the
    trace per earlier file. The new matches are not yet saved.
    """
    earlier = Match.objects.filter(file__department=department, standing=True)
    decided: dict[Hashable, list[Match]] = defaultdict(list)
    for match in earlier.exclude(decision=Decision.OPEN).order_by("pk"):
        decided[_says(match)].append(match)
    for match in made:
        if same := decided.get(_says(match)):
            before = same.pop(0)
            for column in DECIDED:
                setattr(match, column, getattr(before, column))
    earlier.update(standing=False)
    for file in department.files.filter(stage=Stage.READ):
        DepartmentFile.objects.filter(pk=file.pk).update(stage=Stage.SUPERSEDED)
        trace.note(
            department.round,
            RoundEntry.Act.SUPERSEDED,
            by=None,
            at=at,
            department=department,
            sha256=file.sha256,
        )


def new_of(department: RoundDepartment, made: Sequence[Match]) -> list[Match]:
    """Return those of an adding file's matches that no earlier file says already."""
    earlier = Match.objects.filter(file__department=department, standing=True)
    known = {_says(match) for match in earlier}
    return [match for match in made if _says(match) not in known]


def _says(match: Match) -> Hashable:
    return (
        match.person_id,
        match.kin_id,
        match.kind,
        match.name_given,
        match.detail,
        match.found_on,
    )
