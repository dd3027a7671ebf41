"""Objections in a story: filed by an upper office, answered, upheld or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from notices import objections
from notices.models import Channel, Objection, Paper
from notices.models import Outcome as Finding
from notices.objections import Complaint
from tests.stories import words
from tests.stories.cast import Cast
from tests.stories.outcome import Outcome
from workflows.models import Batch

Event = Mapping[str, Any]


@dataclass(kw_only=True)
class Objecting:
    """The part of a telling that objects and answers."""

    cast: Cast
    objections: dict[str, Objection] = field(default_factory=dict)

    def object(self, event: Event, batch: Batch) -> Outcome:
        world = self.cast.world
        paper = _notice(batch)
        home = self.cast.homes[event["户"]] if "户" in event else None
        complaint = Complaint(
            content=event.get("内容", "该户有楼房"),
            channel=Channel.PHONE,
            received_at=world.now,
            household_id=home.pk if home else None,
            objector=event.get("反映人", "群众甲"),
        )
        by = self.cast.hat(event["谁"])
        found = objections.file_objection(paper, complaint, by=by, now=world.now)
        if isinstance(found, list):
            return Outcome.whole(found)
        self.objections[event.get("户", words.WHOLE_LIST)] = found
        return Outcome()

    def answer(self, event: Event) -> Outcome:
        found = objections.answer(
            self.objections[event.get("户", words.WHOLE_LIST)],
            Finding(words.chosen(Finding)(event["结论"])),
            finding=event.get("调查结果", "两人入户核实，情况见记录"),
            investigators="",
            by=self.cast.hat(event["谁"]),
            now=self.cast.world.now,
            training=True,
        )
        if isinstance(found, list):
            return Outcome.whole(found)
        return Outcome(papers=[found.answer_paper.kind])


def _notice(batch: Batch) -> Paper:
    """Return the sheet that hangs."""
    hung = Paper.objects.filter(about=batch.about, postings__isnull=False)
    return hung.latest("issued_at")
