"""Rehearsed meetings: the right body, a quorum, and a vote on every household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from procedures.models import (
    Authorisation,
    Meeting,
    MeetingKind,
    Method,
    QuorumBasis,
    Recused,
    Vote,
)
from procedures.rehearsal.scene import Scene
from registry.rows import add_rows
from workflows.models import Case

DUE, PRESENT = 45, 38


def of_groups(scene: Scene) -> None:
    """One meeting per village group on the list."""
    groups: dict[str, list[Case]] = {}
    for case in scene.cases:
        group = case.household.group if case.household else ""
        groups.setdefault(group, []).append(case)
    for group, cases in sorted(groups.items()):
        _meet(scene, cases, kind=MeetingKind.GROUP, group=group)


def of_the_village(scene: Scene) -> None:
    """One meeting of the body that the list's rulebook names first."""
    first, *_others = scene.batch.bound_rulebook.words(f"bodies_at_{scene.step.name}")
    if first == MeetingKind.ASSEMBLY:
        _meet(scene, scene.cases, kind=first, basis=QuorumBasis.HOUSEHOLDS)
    else:
        of_representatives(scene)


def of_representatives(scene: Scene) -> None:
    """One meeting of the villagers' representatives, authorised to decide."""
    _meet(
        scene,
        scene.cases,
        kind=MeetingKind.REPRESENTATIVES,
        authorisation_type=Authorisation.VILLAGERS_MEETING,
        authorisation_on=scene.of_list(
            "authorised_on", scene.today - timedelta(days=60)
        ),
        authorisation_document="村民会议决议",
        comparison_read_out=scene.of_list("comparison_read_out", default=True),
    )


def _meet(scene: Scene, cases: Sequence[Case], **details: Any) -> None:
    present = scene.of_list("present", PRESENT)
    meeting = Meeting.objects.create(
        batch=scene.batch,
        step=scene.step.name,
        called_on=scene.of_list("called_on", scene.today - timedelta(days=1)),
        held_at=scene.of_list("held_at", scene.now),
        place_text="村部会议室",
        due=scene.of_list("due", DUE),
        present=present,
        women=present // 3,
        chair=scene.of_list("chair", "石念群"),
        recorder="龙守信",
        teller=scene.of_list("teller", "麻守正"),
        scrutineer=scene.of_list("scrutineer", "杨永和"),
        method=Method.SECRET,
        **details,
        **scene.recorded,
    )
    meeting.photos.add(scene.photo)
    recused = scene.of_list("recused", ())
    add_rows(
        [
            Recused(meeting=meeting, name=name, case_id=case_id, reason="近亲属")
            for name, case_id in recused
        ]
    )
    away = {case_id for _name, case_id in recused}
    add_rows(
        [_vote(scene, meeting, case, present - (case.pk in away)) for case in cases]
    )


def _vote(scene: Scene, meeting: Meeting, case: Case, present: int) -> Vote:
    votes = scene.of(case, "votes", (present - 2, 1, 1))
    return Vote(
        meeting=meeting,
        case=case,
        votes_for=votes[0],
        against=votes[1],
        abstain=votes[2],
    )
