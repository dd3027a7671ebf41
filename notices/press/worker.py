"""The child process of the workshop: one job after the other, until the pipe closes.

Started as `python -m notices.press.worker FD`. Its first message holds the few settings
that templates and faces need; it has no database, no models and no other secrets, and
its environment holds none either.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import django
from django.conf import settings

from notices.press import Unrendered
from registry.limits import Limits, impose

# Said over the pipe; after `lost` the child is gone.
PROGRESS, DONE, FAILED, LOST = "progress", "done", "failed", "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A module-level function, what it is called with, and what it may cost."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    named: dict[str, Any]
    limits: Limits
    # Whether the function takes `progress`, a callable for one plain value.
    reports: bool


def serve(pipe: Connection, patience: float) -> None:
    """Do jobs until nobody sends one for that many seconds, or the other end closes."""
    while pipe.poll(patience):
        try:
            job = pipe.recv()
        except EOFError:
            return
        _do(job, pipe)


def _do(job: Job, pipe: Connection) -> None:
    impose(job.limits)
    named = dict(job.named)
    if job.reports:
        named["progress"] = lambda value: pipe.send((PROGRESS, value))
    try:
        answer = DONE, job.function(*job.args, **named)
    except Unrendered as error:
        answer = FAILED, str(error)
    except BaseException as error:
        # Not foreseen: say what it was and die of it, nobody trusts what is left.
        pipe.send((LOST, f"{type(error).__name__}: {error}"[:500]))
        raise
    pipe.send(answer)


def main() -> None:
    """Take the settings off the pipe, then serve."""
    with Connection(int(sys.argv[1])) as pipe:
        plain, patience = pipe.recv()
        settings.configure(**plain)
        django.setup()
        serve(pipe, patience)


if __name__ == "__main__":
    main()
