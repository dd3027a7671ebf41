"""Where papers are laid out: child processes that may be killed without a loss.

Knows functions and what they may cost; must not know papers. A job that loops, eats
memory or brings a library down ends as `Unrendered`, and the next one is rendered.
"""

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from io import BytesIO
from multiprocessing.connection import Pipe
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.utils.translation import gettext as _

from notices.press import Unrendered, worker
from notices.press.worker import Job
from registry.limits import Limits

T = TypeVar("T")

# At once in one process of ours; whoever comes third waits. The smallest office
# server has two cores.
MOST_AT_ONCE: Final = 2
# Faces and layouts are cached by libraries that never let go: a fresh child after so
# many jobs keeps its size.
JOBS_PER_CHILD: Final = 200
# An idle child takes 100 MB and goes; ours is not used in its last half minute.
PATIENCE_SECONDS: Final = 300
_FRESH_SECONDS: Final = PATIENCE_SECONDS - 30
_START_SECONDS: Final = 60

# All that a template or a face needs to know; no database, no key of the register.
TOLD: Final = (
    "LANGUAGE_CODE",
    "LANGUAGES",
    "LOCALE_PATHS",
    "PAPER_KEY",
    "SITE_URL",
    "TIME_ZONE",
    "USE_TZ",
    "VAR_DIR",
)
_TAGS: Final = Path(__file__).parent.parent / "templatetags"
ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")


def run(
    function: Callable[..., T],
    *args: Any,
    limits: Limits | None = None,
    progress: Callable[[Any], None] | None = None,
    **named: Any,
) -> T:
    """Return what the function returns, called in a child process within the limits.

    The function is one of a module that needs no database; with `progress` it is
    given a callable `progress` for one plain value, which arrives here at once.

    Raises: Unrendered when the function raises, or the child exceeds its limits.
    """
    job = Job(
        function=function,
        args=args,
        named=named,
        limits=limits or Limits(),
        reports=progress is not None,
    )
    with _places:
        child = _take()
        try:
            word, value = child.do(job, progress)
        except BaseException:
            child.end()
            raise
        _idle.append(child)
    if word == worker.FAILED:
        raise Unrendered(value)
    return cast("T", value)


class Child:
    """One worker process and our end of its pipe."""

    def __init__(self) -> None:
        """Start it; the first job waits until it has loaded its libraries."""
        self.pipe, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", worker.__name__, str(theirs.fileno())],
                env={k: os.environ[k] for k in ENVIRONMENT if k in os.environ},
                cwd=settings.BASE_DIR,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.jobs = 0
        self.rested = monotonic()
        self.told = _plain_settings()
        self.pipe.send((self.told, PATIENCE_SECONDS))

    @property
    def fresh(self) -> bool:
        """Whether it may take another job."""
        rest = monotonic() - self.rested
        spent = self.jobs >= JOBS_PER_CHILD or rest >= _FRESH_SECONDS
        return not spent and self.told == _plain_settings()

    def do(
        self, job: Job, progress: Callable[[Any], None] | None
    ) -> tuple[str, object]:
        """Return whether the job was done or failed, and its answer or its error.

        Raises: Unrendered when the child did not survive it.
        """
        allowed = job.limits.wall_seconds + (0 if self.jobs else _START_SECONDS)
        deadline = monotonic() + allowed
        self.jobs += 1
        try:
            self.pipe.send(job)
            word, value = self._heard(deadline)
            while word == worker.PROGRESS:
                if progress:
                    progress(value)
                word, value = self._heard(deadline)
        except (EOFError, OSError) as error:
            raise Unrendered(self._died_of(job.limits)) from error
        if word == worker.LOST:
            raise Unrendered(value)
        self.rested = monotonic()
        return word, value

    def end(self) -> None:
        """Kill it and close the pipe."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()

    def _heard(self, deadline: float) -> tuple[str, Any]:
        if not self.pipe.poll(max(0, deadline - monotonic())):
            raise Unrendered(_("排版用时过长，已中止"))
        word, value = _Plain(BytesIO(self.pipe.recv_bytes())).load()
        return word, value

    def _died_of(self, limits: Limits) -> str:
        status = self.process.wait()
        if status == -signal.SIGXCPU:
            said = _("排版用了超过%(seconds)d秒的处理器时间，已中止")
            return said % {"seconds": limits.cpu_seconds}
        said = _("排版进程意外终止（%(status)d），可能超过了%(megabytes)d MB内存")
        return said % {"status": status, "megabytes": limits.megabytes}


class _Plain(pickle.Unpickler):
    """Reads answers: plain values and the press's own dataclasses, nothing else.

    A child that was taken over by what it rendered shall not take us over too.
    """

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        ours = module.startswith("notices.press.") and isinstance(found, type)
        if ours and found.__module__ == module:
            return found
        raise Unrendered(f"{module}.{name}")


def _plain_settings() -> dict[str, Any]:
    engine = settings.TEMPLATES[0]
    tags = sorted(path.stem for path in _TAGS.glob("[a-z]*.py"))
    templates = {
        "BACKEND": engine["BACKEND"],
        "DIRS": engine["DIRS"],
        "OPTIONS": {"libraries": {t: f"notices.templatetags.{t}" for t in tags}},
    }
    told = {name: getattr(settings, name) for name in TOLD}
    return {**told, "TEMPLATES": [templates], "DATABASES": {}}


_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_idle: list[Child] = []


def _take() -> Child:
    while True:
        try:
            child = _idle.pop()
        except IndexError:
            return Child()
        if child.fresh:
            return child
        child.end()


@atexit.register
def close() -> None:
    """End the children that wait; those at work end with their job."""
    while _idle:
        _idle.pop().end()
