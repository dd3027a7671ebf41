"""What one job in a child process may cost before it is given up.

Must not know what is rendered or read; imports nothing but the standard library.
"""

import resource
from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one job may use.

    Units: seconds of processor time; seconds on the clock, for a job that waits or a
    machine that is busy; MiB of address space, of which libraries and faces of papers
    take about 400 before the first page.
    """

    cpu_seconds: int = 60
    wall_seconds: int = 180
    megabytes: int = 1024


def impose(limits: Limits) -> None:
    """Hold this process to the limits from now on.

    Effects: an allocation beyond them fails, and the processor time ends the process;
    no core file is left, for it would hold names.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _soft(resource.RLIMIT_AS, limits.megabytes * _MEGABYTE)
    # The kernel counts from the start of the process, which prints many papers.
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _soft(resource.RLIMIT_CPU, spent + limits.cpu_seconds)


def _soft(what: int, wanted: int) -> None:
    # The hard limit stays the installation's own: it cannot be raised again.
    _soft_now, hard = resource.getrlimit(what)
    least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(what, (least, hard))
