"""Rehearsed notices on the wall: the sheet of this step, put up and photographed."""

from __future__ import annotations

from notices.models import Paper, PaperState, Posting
from notices.postings import record_posting
from procedures.gates.gate import key_at
from procedures.rehearsal.scene import Scene


def postings(scene: Scene) -> None:
    """Put the notice up wherever the rulebook wants it, or hear why it may not hang."""
    paper = Paper.objects.get(
        about=scene.batch.about, kind=scene.step.posts, state=PaperState.ISSUED
    )
    book = scene.batch.bound_rulebook
    places = book.words(key_at(book, "posting_places", scene.step.name))
    for where in scene.of_list("where", places):
        made = record_posting(
            paper,
            where=where,
            posted_at=scene.of_list("posted_at", scene.now),
            photos=[scene.photo]
            if scene.of_list("posting_photo", default=True)
            else [],
            posted_by_name=scene.by.officer.full_name,
            by=scene.by,
            now=scene.now,
        )
        if not isinstance(made, Posting):
            scene.refused.extend(made)
