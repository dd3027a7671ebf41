"""Plays a story event by event through the real actions and checks what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from notices.models import Paper
from permissions.models import Appointment
from procedures.models import Sample
from procedures.sampling import draw, seed_for
from registry import changes
from registry.drafts import MemberDraft
from registry.kinship import Relation
from registry.refusals import Refusal
from tests.stories import words
from tests.stories.cast import Cast
from tests.stories.objecting import Objecting
from tests.stories.outcome import Outcome
from workflows import tasks
from workflows.actions import (
    PASS,
    Done,
    Kind,
    Refused,
    Verdict,
    act,
    hold,
    recall,
    release,
    withdraw,
)
from workflows.actions.opening import NotOpened
from workflows.errors import Stale, Trespass
from workflows.models import Batch, Entry
from workflows.procedure import Procedure

Event = Mapping[str, Any]
FIRST = "原批"


@dataclass(kw_only=True)
class Telling:
    """One story being played."""

    cast: Cast
    objecting: Objecting
    slug: str
    batches: dict[str, Batch] = field(default_factory=dict)
    submit: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, story: Mapping[str, Any]) -> Telling:
        cast = Cast.of(story)
        slug = words.PROCEDURES[story["程序"]]
        return cls(cast=cast, objecting=Objecting(cast=cast), slug=slug)

    def tell(self, event: Event) -> Outcome:
        """Play one event on its day; what was refused is in the outcome."""
        world = self.cast.world
        if "日" in event:
            assert event["日"] >= world.day, f"日子倒流：{event['日']} < {world.day}"
            world.day = event["日"]
        try:
            outcome = EVENTS[event.get("事", "办理")](self, event)
        except Trespass as trespass:
            return Outcome(trespass=str(trespass))
        except Stale:
            return Outcome(stale=True)
        self._name_follow_ups(event, outcome)
        return outcome

    def batch(self, event: Event) -> Batch:
        batch = self.batches[event.get("批", FIRST)]
        batch.refresh_from_db()
        return batch

    def by(self, event: Event) -> Appointment:
        """Return who acts: the one named, or who sits at the desk."""
        if "谁" in event:
            return self.cast.hat(event["谁"])
        return self.cast.world.hat(self.batch(event))

    def open(self, event: Event) -> Outcome:
        homes = [self.cast.homes[letter] for letter in event.get("户", self.cast.homes)]
        for home in homes:
            home.refresh_from_db()
        by = self.cast.hat(event["谁"]) if "谁" in event else None
        slug = words.PROCEDURES.get(event.get("程序", ""), self.slug)
        opened = self.cast.world.try_open(slug, homes, by=by)
        if isinstance(opened, NotOpened):
            letters = {home.pk: self.cast.letter(home.pk) for home in homes}
            return Outcome.of(opened, letters)
        self.batches[event.get("批", FIRST)] = opened
        return Outcome()

    def act(self, event: Event) -> Outcome:
        """Fill in the step, with the deviations told, and act."""
        batch, world = self.batch(event), self.cast.world
        step = words.step(words.named(batch.procedure), event["环节"])
        assert step == batch.step, f"应在{batch.step}"
        if event.get("材料", True):
            found = world.fill(batch, self._deviations(event, batch))
            if found:
                return Outcome.whole(found)
        by = self.by(event)
        if event.get("旧页面"):
            batch.version -= 1
        verdicts = self._verdicts(event, batch)
        self.submit = {
            "batch_id": batch.pk,
            "step": batch.step,
            "verdicts": dict.fromkeys(self.cast.letters(batch), PASS) | verdicts,
            "by": by,
            "key": world.key(),
            "version": batch.version,
            "now": world.now,
        }
        done = world.act(batch, verdicts, by=by, key=self.submit["key"])
        if isinstance(done, Refused):
            return Outcome.of(done, self.cast.letters(batch))
        return self._done(done)

    def again(self, event: Event) -> Outcome:
        """Send the last submit a second time: nothing may happen twice."""
        before = Entry.objects.count()
        done = act(**self.submit)
        assert isinstance(done, Done)
        assert done.replayed
        assert Entry.objects.count() == before
        return Outcome()

    def walk(self, event: Event) -> Outcome:
        """Take the uninteresting steps rightly, days of notices included."""
        batch = self.batch(event)
        target = words.step(words.named(batch.procedure), event["直到"])
        self.cast.world.until(batch, target)
        return Outcome()

    def take_back(self, event: Event) -> Outcome:
        batch = self.batch(event)
        version = batch.version - 1 if event.get("旧页面") else batch.version
        found = recall(
            batch.pk,
            by=self.by(event),
            reason=event.get("理由", ""),
            version=version,
            now=self.cast.world.now,
        )
        if isinstance(found, Refusal):
            return Outcome.whole([found])
        return Outcome(follow_ups=[found.pk])

    def beside(self, event: Event) -> Outcome:
        """Hold, release or withdraw one household."""
        action = {"暂缓": hold, "恢复": release, "户主撤回": withdraw}[event["事"]]
        batch = self.batch(event)
        (case_id,) = self.cast.cases(batch, event["户"])
        found = action(
            case_id,
            by=self.by(event),
            reason=event.get("理由", ""),
            now=self.cast.world.now,
        )
        return Outcome.whole([found]) if isinstance(found, Refusal) else Outcome()

    def dispute(self, event: Event) -> Outcome:
        if event["事"] == "异议":
            return self.objecting.object(event, self.batch(event))
        return self.objecting.answer(event)

    def tick(self, event: Event) -> Outcome:
        tasks.tick(self.cast.world.now)
        return Outcome()

    def newborn(self, event: Event) -> Outcome:
        """The register changes while a notice hangs: somebody joins a household."""
        world = self.cast.world
        draft = MemberDraft(
            name="石新生", relation=Relation.GRANDSON, sex="1", birth=world.day
        )
        found = changes.add_member(
            self.cast.homes[event["户"]], draft, on=world.day, by=None, reason="出生"
        )
        return Outcome.whole(found) if isinstance(found, list) else Outcome()

    def draw_again(self, event: Event) -> Outcome:
        """Anyone draws the sample again from the ledger and gets the same."""
        batch = self.batch(event)
        for sample in Sample.objects.filter(batch=batch):
            heads = batch.entries.values_list("hash", flat=True)
            seeds = {seed_for(head, sample.step) for head in heads}
            acted = batch.entries.filter(step=sample.step, act=Entry.Act.PASS)
            ids = set(acted.values_list("case_id", flat=True))
            assert sample.seed in seeds
            assert draw(ids, Fraction(sample.rate), sample.seed) == sample.case_ids
            title = str(words.named(batch.procedure).step(sample.step).title)
            assert sample.size == event["抽取户数"][title]
        return Outcome()

    def nothing(self, event: Event) -> Outcome:
        return Outcome()

    def people(self, event: Event) -> Outcome:
        """Appoint, dismiss, or declare kin."""
        if event["事"] == "任命":
            self.cast.join(event)
        elif event["事"] == "免职":
            self.cast.dismiss(event["谁"])
        else:
            self.cast.declare_kin(event)
        return Outcome()

    def _done(self, done: Done) -> Outcome:
        kinds = dict(Paper.objects.in_bulk(done.papers))
        return Outcome(
            papers=[kinds[code].kind for code in done.papers],
            follow_ups=done.follow_ups,
        )

    def _deviations(self, event: Event, batch: Batch) -> dict[int | str, Any]:
        told = event.get("材料", {})
        return self.cast.deviations(batch, {} if told is True else told)

    def _verdicts(self, event: Event, batch: Batch) -> dict[int, Verdict]:
        procedure = words.named(batch.procedure)
        found = {}
        for subject, told in event.get("意见", {}).items():
            for pk in self.cast.cases(batch, subject):
                found[pk] = _verdict(procedure, told)
        return found

    def _name_follow_ups(self, event: Event, outcome: Outcome) -> None:
        names = event.get("转入", [])
        names = [names] if isinstance(names, str) else names
        assert len(names) == len(outcome.follow_ups), outcome.refused or "转入"
        for name, pk in zip(names, outcome.follow_ups, strict=True):
            self.batches[name] = Batch.objects.get(pk=pk)


def _verdict(procedure: Procedure, told: Mapping[str, str]) -> Verdict:
    if "退回" in told:
        to = words.step(procedure, told["退回"])
        return Verdict(kind=Kind.RETURN, to=to, reason=told.get("理由", ""))
    if "不同意" in told:
        return Verdict(kind=Kind.REFUSE, reason=told["不同意"])
    return Verdict(kind=Kind.ASIDE, reason=told["暂缓"])


EVENTS: dict[str, Callable[[Telling, Event], Outcome]] = {
    "开批": Telling.open,
    "办理": Telling.act,
    "重复提交": Telling.again,
    "顺办": Telling.walk,
    "撤回": Telling.take_back,
    "暂缓": Telling.beside,
    "恢复": Telling.beside,
    "户主撤回": Telling.beside,
    "异议": Telling.dispute,
    "答复异议": Telling.dispute,
    "系统计时": Telling.tick,
    "添丁": Telling.newborn,
    "核对抽样": Telling.draw_again,
    "查看": Telling.nothing,
    "任命": Telling.people,
    "免职": Telling.people,
    "申报亲属": Telling.people,
}
