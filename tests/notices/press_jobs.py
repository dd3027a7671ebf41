"""Jobs for the workshop that go wrong, each in its own way; no database, no models."""

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.template import Context, Template
from weasyprint import HTML

from notices.press import Unrendered


def endless() -> None:
    """Render a template that never ends."""
    loop = Template("{% for number in numbers %}{% endfor %}")
    loop.render(Context({"numbers": Endless()}))


def asleep() -> None:
    """Wait for something that never comes."""
    time.sleep(60)


def greedy() -> int:
    """Take ever more memory."""
    return len([bytes(10_000_000) for _n in range(1000)])


def bomb() -> bytes:
    """Lay out a cell over a million columns."""
    return HTML(string="<table><td colspan=1000000>x</td></table>").write_pdf()


def killed(*_args: object, **_named: object) -> None:
    """Die as under the kernel's out-of-memory killer."""
    os.kill(os.getpid(), signal.SIGKILL)


def unforeseen() -> None:
    """Raise what nobody expects of a renderer."""
    raise KeyError("never seen")


def foreseen(*_args: object, **_named: object) -> None:
    """Fail as a template fails."""
    raise Unrendered("no paper in the tray")


def unforeseen_answer() -> object:
    """Return what only a child that was taken over would return."""
    return Bait()


def where() -> int:
    """Return which process this is."""
    return os.getpid()


def surroundings() -> tuple[list[str], str, list[str]]:
    """Return the environment, the database and the models that the child knows."""
    names = [name for name in os.environ if name not in {"LC_CTYPE", "PWD", "SHLVL"}]
    engine = str(settings.DATABASES.get("default", {}).get("ENGINE", ""))
    floors = ("notices.models", "permissions.", "registry.models", "workflows.")
    loaded = [name for name in sys.modules if name.startswith(floors)]
    return sorted(names), engine, loaded


def counted(most: int, *, progress: Callable[[int], None]) -> str:
    """Tell every number up to the most."""
    for number in range(most):
        progress(number)
    return "counted"


class Endless:
    """Says it is short, so that a template does not copy it first."""

    def __len__(self) -> int:
        """Return one."""
        return 1

    def __iter__(self) -> Iterator[int]:
        """Count without end."""
        return itertools.count()


class Bait:
    """Unpickled carelessly, it ends the process that reads it."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        """Exit on arrival."""
        return os._exit, (3,)
