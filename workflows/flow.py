"""The one door to viewflow: desks and clocks in the order of a flow.

A flow says in which order lists of households lie on desks; what a step means
in law stands in the step's metadata. No page of viewflow is ever mounted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Node
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes import mixins
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import PROCESS, STATUS

from permissions.posts import Post
from registry.models import Place
from registry.places import ancestor
from workflows.machine import Step, step_of
from workflows.models import Batch, BatchTask

__all__ = ["BatchFlow", "Clock", "Desk", "End", "Opening", "this"]

End = flow.End


def not_mounted(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Stand where viewflow wants a view; our own desk pages are the views."""
    raise Http404


def seat(post: Post, place_code: str) -> str:
    """Return the code of the place above (or at) a place where a post sits."""
    return ancestor(place_code, post.level) if post.level else place_code


class DeskActivation(ViewActivation):
    """A desk's task: made with its permission, signed in one write."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, **kwargs: Any
    ) -> DeskActivation:
        """Make the task without fetching the place its permission points to."""
        batch = prev_activation.process
        task = BatchTask(process=batch, flow_task=flow_task, token=token)
        task.owner_permission = flow_task.permission
        place_type = ContentType.objects.get_for_model(Place)
        task.owner_permission_content_type = place_type
        task.owner_permission_obj_pk = flow_task.place_code(batch)
        # No link to the task before: a batch is one token on one line, and the
        # ledger, not viewflow's graph of tokens, says what happened.
        task.save()
        return cls(task)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def sign(self, officer_id: int | None, at: datetime) -> None:
        """Mark the desk's work done by an officer, or by the engine (None)."""
        self.task.owner_id = officer_id
        self.task.started = self.task.finished = at
        self.task.save(update_fields=["owner", "status", "started", "finished"])


class OnTheLine:
    """What desks, clocks and the opening share: each knows the node after it."""

    _next: Any

    @property
    def following(self) -> Any:
        """Return the node that comes next."""
        return self._next


class Desk(OnTheLine, flow.View):
    """A desk where officers of one post judge a list at one step."""

    activation_class = DeskActivation

    def __init__(self, method: Any) -> None:
        super().__init__(not_mounted)
        self.step: Step = step_of(method)
        self.task_title = self.step.title
        self.Permission(
            f"registry.hold_{self.step.post.value}", obj=lambda batch: batch.place
        )

    @property
    def permission(self) -> str:
        """Return the permission whose holders sit at this desk; "" for nobody's."""
        return self._owner_permission or ""

    def lay(self, activation: Activation, token: Any) -> Any:
        """Make the task that lies on this desk; called by the node before it."""
        return self._create(activation, token)

    def place_code(self, batch: Batch) -> str:
        """Return the code of the place whose officers sit at this desk."""
        return seat(self.step.post, batch.place_id)


class ClockActivation(mixins.NextNodeActivationMixin, Activation):
    """A running publicity period."""

    @Activation.status.super()
    def activate(self) -> None:
        """Wait; ``Batch.clock_until`` holds the last day."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def fire(self, at: datetime) -> None:
        """End the waiting."""
        self.task.started = self.task.finished = at
        self.task.save(update_fields=["status", "started", "finished"])

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)
    def complete(self) -> None:
        """Never completed by viewflow itself."""


class Clock(OnTheLine, mixins.NextNodeMixin, Node):
    """The statutory waiting time after a notice was put up at a posting step."""

    activation_class = ClockActivation
    task_type = "TIMER"
    shape = flow.Timer.shape
    bpmn_element = "intermediateCatchEvent"

    def __init__(self, *, after: Any) -> None:
        super().__init__()
        self.step: Step = step_of(after)
        self.task_title = f"{self.step.title}，期满"

    @property
    def closing(self) -> Step:
        """Return the step at which the publicity is closed."""
        return self.following.step

    def bpmn_content(self) -> str:
        """Return the timer mark of BPMN; the length stands in the rulebook."""
        return "<bpmn:timerEventDefinition/>"


class OpeningActivation(StartHandleActivation):
    """The birth of a batch, which may begin at any step it was returned to."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """Put the new batch on the desk of its entry step."""
        node = self.flow_class.instance.node(self.process.entry_step)
        yield node.lay(self, self.task.token)


class Opening(OnTheLine, flow.StartHandle):
    """Where batches come from."""

    activation_class = OpeningActivation

    def begin(self, batch: Batch, *, at: datetime) -> None:
        """Save a new batch and lay it on its first desk.

        Effects: the batch, its start task and its first desk's task inserted.
        """
        batch.flow_class = self.flow_class
        batch.created = at
        batch.save()
        task = BatchTask(flow_task=self, process=batch, started=at)
        activation = self.activation_class(task)
        activation.complete()
        activation.activate_next()


class BatchFlow(flow.Flow):
    """What every procedure's flow shares; subclasses name desks and clocks."""

    process_class = Batch
    task_class = BatchTask
    # viewflow's default lock is none and loses 12 of 12 double executions.
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    @classmethod
    def line(cls) -> tuple[Node, ...]:
        """Return desks and clocks in order, without start and end."""
        nodes: list[Node] = []
        node = cls.instance.node("start").following
        while isinstance(node, (Desk, Clock)):
            nodes.append(node)
            node = node.following
        return tuple(nodes)

    @classmethod
    def desk(cls, step_name: str) -> Desk:
        """Return the desk of a step; raises KeyError for an unknown one."""
        for node in cls.line():
            if isinstance(node, Desk) and node.step.name == step_name:
                return node
        raise KeyError(step_name)

    @classmethod
    def after(cls, step_name: str) -> Node | None:
        """Return the desk or clock that follows a step; None at the end."""
        line = cls.line()
        place = line.index(cls.desk(step_name))
        return line[place + 1] if place + 1 < len(line) else None


def waiting_task(batch: Batch) -> BatchTask:
    """Return the batch's one open task; its batch is this very object."""
    task: BatchTask = batch.tasks.get(status=STATUS.NEW)
    task.process = batch
    return task


def sign(task: BatchTask, officer_id: int | None, at: datetime) -> BatchTask | None:
    """Complete a desk's or clock's task; returns the next one, None at the end."""
    node = task.flow_task
    activation = node.activation_class(task)
    if isinstance(node, Desk):
        activation.sign(officer_id, at)
    else:
        activation.fire(at)
    (following,) = activation.create_next()
    if isinstance(following.flow_task, End):
        following.activate()
        following.complete()
        return None
    return following.task


def abandon(batch: Batch, task: BatchTask, *, at: datetime) -> None:
    """End a batch that has no household left, in memory and in its task."""
    task.status, task.finished = STATUS.CANCELED, at
    task.save(update_fields=["status", "finished"])
    batch.status, batch.finished = PROCESS.CANCELED, at
