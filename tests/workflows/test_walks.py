"""Random walks through the engine against a model that knows nothing of it.

The model below is written by hand from the tables of the statute: names, posts,
returns and notices; it never reads a step's metadata.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from permissions.posts import Post
from procedures.rehearsal.rehearse import picture
from registry.codes import Standing
from registry.models import Household
from tests.workflows.statutes import (
    EXIT,
    IDENTIFICATION,
    NATURAL_CHANGE,
    REMOVAL,
    Statute,
)
from tests.world import World
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
from workflows.errors import Stale, Trespass
from workflows.models import Batch, Case
from workflows.replay import differences

HOUSEHOLDS = 5
# Some walks end early for want of random data, so there is one in eleven to spare.
EXAMPLES, STEPS, SPARE = 55, 100, 11
SHORT = 10


@dataclass
class Told:
    """What the model believes of one batch."""

    step: str
    members: set[int]
    waits: bool = False
    filled: bool = False
    last: str = ""


@dataclass
class Belief:
    """What the model believes of everything."""

    batches: dict[int, Told] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)


class EngineWalk(RuleBasedStateMachine):
    """Legal and illegal acts at random; after each, engine and model agree."""

    statute: Statute
    world: World
    households: list[Household]
    start: date
    taken = 0

    def __init__(self) -> None:
        """Open one batch inside a savepoint that the end rolls back."""
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.world.day = type(self).start
        batch = self.world.open(self.statute.slug, self.households)
        hat = self.world.hat(batch)
        self.world.photo = picture(batch, by=hat, now=self.world.now)
        cases = set(Case.objects.filter(batch=batch).values_list("pk", flat=True))
        self.belief = Belief(
            batches={batch.pk: Told(self.first, cases)},
            states=dict.fromkeys(cases, "opened"),
        )

    @property
    def first(self) -> str:
        """Return the step at which a new list begins."""
        return self.statute.line[0][0]

    def row(self, step: str) -> tuple[str, Post, str, str]:
        """Return what the statute's table says of a step."""
        return self.statute.line[self.statute.place(step)]

    def teardown(self) -> None:
        """Compare the ledger too, then forget everything."""
        try:
            assert list(differences()) == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def choose(self, data: Any, *, waits: bool = False) -> Batch:
        """Draw an open batch that waits, or does not wait, for its days."""
        found = [
            pk
            for pk, told in sorted(self.belief.batches.items())
            if told.step and told.waits is waits
        ]
        return Batch.objects.get(pk=data.draw(st.sampled_from(found)))

    def at_desk(self) -> bool:
        """Whether some batch lies on a desk."""
        told = self.belief.batches.values()
        return any(one.step and not one.waits for one in told)

    def on_wall(self) -> bool:
        """Whether some batch's notice hangs."""
        return any(one.step and one.waits for one in self.belief.batches.values())

    def over(self) -> bool:
        """Whether every list has come to its end."""
        return not any(told.step for told in self.belief.batches.values())

    @rule()
    def replay(self) -> None:
        """The ledger tells the same at any moment."""
        assert list(differences()) == []

    @precondition(over)
    @rule()
    def open_again(self) -> None:
        """Households still on the register are put on a new list."""
        left = Household.objects.filter(status__in=self.statute.open_to)
        if not left:
            return
        batch = self.world.open(self.statute.slug, list(left.order_by("pk")))
        cases = set(Case.objects.filter(batch=batch).values_list("pk", flat=True))
        self.belief.batches[batch.pk] = Told(self.first, cases)
        self.belief.states |= dict.fromkeys(cases, "opened")

    @precondition(at_desk)
    @rule(data=st.data())
    def act_rightly(self, data: Any) -> None:
        """Fill in the facts and give each household a verdict."""
        batch = self.choose(data)
        told = self.belief.batches[batch.pk]
        verdicts = {pk: self.verdict(data, told, pk) for pk in sorted(told.members)}
        if all(v.kind is Kind.ASIDE for v in verdicts.values()):
            return
        if not told.filled:
            self.world.fill(batch, {})
            told.filled = True
        done = self.world.act(batch, verdicts)
        assert isinstance(done, Done), done
        self.believe(batch, told, verdicts, done)

    def verdict(self, data: Any, told: Told, pk: int) -> Verdict:
        """Draw a verdict that the statute allows here; most households pass."""
        back = self.row(told.step)[3].split()
        kinds = [Kind.PASS] * 8 + [Kind.REFUSE, Kind.ASIDE]
        kinds += [Kind.RETURN] * bool(back)
        kind = (
            Kind.ASIDE if pk in self.belief.held else data.draw(st.sampled_from(kinds))
        )
        if kind is Kind.PASS:
            return PASS
        to = data.draw(st.sampled_from(back)) if kind is Kind.RETURN else ""
        return Verdict(kind=kind, to=to, reason="随机")

    def believe(
        self, batch: Batch, told: Told, verdicts: dict[int, Verdict], done: Done
    ) -> None:
        """Move the model's households and batches."""
        leaving: dict[str, set[int]] = {}
        for pk, verdict in verdicts.items():
            if verdict.kind is Kind.PASS:
                self.belief.states[pk] = self.row(told.step)[2]
                continue
            told.members.discard(pk)
            if verdict.kind is Kind.REFUSE:
                self.belief.states[pk] = "refused"
                continue
            target = verdict.to or told.step
            self.belief.states[pk] = self.statute.before(target)
            leaving.setdefault(target, set()).add(pk)
        for number, (target, members) in zip(
            done.follow_ups, leaving.items(), strict=True
        ):
            self.belief.batches[number] = Told(target, members)
        told.last, told.filled = told.step, False
        told.waits = bool(told.members) and told.step in self.statute.waits
        told.step = self.statute.after(told.step) if told.members else ""

    @precondition(at_desk)
    @rule(data=st.data())
    def act_without_facts(self, data: Any) -> None:
        """Nothing happens where the statute wants facts and none are recorded."""
        batch = self.choose(data)
        told = self.belief.batches[batch.pk]
        if told.filled or told.step in self.statute.unasked:
            return
        if Batch.objects.filter(pk=batch.pk, parent__isnull=False).exists():
            return
        assert isinstance(self.world.act(batch), Refused)

    @precondition(at_desk)
    @rule(data=st.data(), post=st.sampled_from(sorted(Post.ACTING, key=str)))
    def act_from_another_desk(self, data: Any, post: Post) -> None:
        """An officer of another post trespasses."""
        batch = self.choose(data)
        if self.row(batch.step)[1] == post:
            return
        with pytest.raises(Trespass):
            self.world.act(batch, by=self.world.hats[post])

    @precondition(at_desk)
    @rule(data=st.data())
    def act_on_an_old_page(self, data: Any) -> None:
        """A page made before the last act is stale."""
        batch = self.choose(data)
        with pytest.raises(Stale):
            act(
                batch_id=batch.pk,
                step=batch.step,
                verdicts=dict.fromkeys(self.belief.batches[batch.pk].members, PASS),
                by=self.world.hat(batch),
                key=self.world.key(),
                version=batch.version - 1,
                now=self.world.now,
            )

    @precondition(on_wall)
    @rule(data=st.data())
    def close_too_early(self, data: Any) -> None:
        """While the notice hangs neither officer nor clock gets past it."""
        batch = self.choose(data, waits=True)
        assert isinstance(self.world.act(batch), Refused)

    @precondition(on_wall)
    @rule(data=st.data())
    def wait(self, data: Any) -> None:
        """The days pass; every notice that is over reaches its desk."""
        batch = self.choose(data, waits=True)
        self.world.day = batch.clock_until + timedelta(days=1)
        over = Batch.objects.filter(clock_until__lt=self.world.day)
        moved = list(over.values_list("pk", flat=True))
        assert tasks.tick(self.world.now) == len(moved)
        for pk in moved:
            self.belief.batches[pk].waits = False
            self.belief.batches[pk].last = ""

    @precondition(at_desk)
    @rule(data=st.data())
    def hold_or_release(self, data: Any) -> None:
        """Stop one household, or let it go on."""
        batch = self.choose(data)
        pk = data.draw(st.sampled_from(sorted(self.belief.batches[batch.pk].members)))
        turn = release if pk in self.belief.held else hold
        turn(pk, by=self.world.hat(batch), reason="随机", now=self.world.now)
        self.belief.held ^= {pk}

    @precondition(at_desk)
    @rule(data=st.data())
    def withdraw_one(self, data: Any) -> None:
        """A household no longer wants it; rarely, or all would be gone."""
        batch = self.choose(data)
        told = self.belief.batches[batch.pk]
        if data.draw(st.integers(0, 9)):
            return
        pk = data.draw(st.sampled_from(sorted(told.members)))
        found = withdraw(
            pk,
            by=self.world.hats[Post.VILLAGE_COMMITTEE],
            reason="随机",
            now=self.world.now,
        )
        assert isinstance(found, Case) is self.statute.by_wish
        if not self.statute.by_wish:
            return
        self.belief.states[pk] = "withdrawn"
        told.members.discard(pk)
        told.step = told.step if told.members else ""

    @precondition(at_desk)
    @rule(data=st.data())
    def recall_last(self, data: Any) -> None:
        """The office that acted last takes its act back."""
        batch = self.choose(data)
        told = self.belief.batches[batch.pk]
        if not told.last or data.draw(st.integers(0, 4)):
            return
        found = recall(
            batch.pk,
            by=self.world.hats[self.row(told.last)[1]],
            reason="随机",
            version=batch.version,
            now=self.world.now,
        )
        assert isinstance(found, Batch)
        self.belief.batches[found.pk] = Told(told.last, told.members)
        for pk in told.members:
            self.belief.states[pk] = self.statute.before(told.last)
        told.members, told.step = set(), ""

    @invariant()
    def engine_and_model_agree(self) -> None:
        """States, places and membership are what the model believes."""
        type(self).taken += 1
        cases = dict(Case.objects.values_list("pk", "state"))
        assert cases == self.belief.states
        steps = dict(Batch.objects.values_list("pk", "step"))
        assert steps == {pk: told.step for pk, told in self.belief.batches.items()}
        open_cases = Case.objects.filter(closed_on=None)
        inside: dict[int, set[int]] = {}
        for pk, batch in open_cases.values_list("pk", "batch_id"):
            inside.setdefault(batch, set()).add(pk)
        believed = {
            pk: told.members for pk, told in self.belief.batches.items() if told.step
        }
        assert inside == believed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statute",
    [EXIT, IDENTIFICATION, REMOVAL, NATURAL_CHANGE],
    ids=lambda s: s.slug,
)
def test_engine_and_model_agree_on_five_thousand_steps(statute: Statute) -> None:
    world = World.build()
    registered = Standing.REGISTERED in statute.open_to
    households = world.households(HOUSEHOLDS, registered=registered)
    given = {
        "statute": statute,
        "world": world,
        "households": households,
        "start": world.day,
    }
    walk = type("Walk", (EngineWalk,), given)
    examples = EXAMPLES if connection.vendor == "sqlite" else EXAMPLES // 10
    if len(statute.line) < SHORT:
        # A short road is begun over and over, and each replay reads every list.
        examples = max(examples // 4, 1)

    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )

    assert walk.taken >= examples * STEPS * (SPARE - 1) // SPARE
