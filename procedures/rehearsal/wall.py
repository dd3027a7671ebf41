"""Rehearsed notices on the wall: the sheet of this step, put up and photographed."""

from __future__ import annotations

from notices.models import Paper, PaperState, Posting
from procedures.rehearsal.scene import Scene


def postings(scene: Scene) -> None:
    """Put up the notice at the village board."""
    paper = Paper.objects.get(
        about=scene.batch.about, kind=scene.step.posts, state=PaperState.ISSUED
    )
    posting = Posting.objects.create(
        paper=paper,
        where=scene.of_list("where", "村公示栏"),
        posted_at=scene.of_list("posted_at", scene.now),
        posted_by_name=scene.by.officer.full_name,
        recorded_by=scene.by,
        recorded_at=scene.now,
    )
    if scene.of_list("posting_photo", default=True):
        posting.photos.add(scene.photo)
