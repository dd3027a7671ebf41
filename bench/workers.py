"""Work in as many processes as there are cores, and what it cost them."""

import multiprocessing
import resource
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connections

CORES = 2


def timed(call: Callable[[], Any]) -> dict[str, Any]:
    """Return what a call gave and how long it took."""
    begun = perf_counter()
    answer = call()
    return {"done": answer, "seconds": round(perf_counter() - begun, 2)}


def peak_mb() -> int:
    """Return the most memory this process and its children have held."""
    used = [resource.getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return max(one.ru_maxrss for one in used) // 1024


def cpu_seconds() -> float:
    """Return the processor time this process and its children have used.

    The database's own share is not among it.
    """
    used = [resource.getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Told(NamedTuple):
    """What a worker says of one file."""

    rows: int
    cpu: float
    peak_mb: int
    size: int = 0


def in_parallel(work: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Return what the work gave for every task, two processes at a time."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    # A worker that dies is an error here, not a wait without end.
    with ProcessPoolExecutor(CORES, mp_context=context) as pool:
        return list(pool.map(work, tasks))


def worked(told: list[Told]) -> dict[str, Any]:
    """Return the processor time of all workers, and per thousand rows."""
    cpu = sum(one.cpu for one in told)
    return {
        "cpu_seconds": round(cpu, 1),
        "cpu_seconds_per_1000": round(1000 * cpu / sum(one.rows for one in told), 3),
        "peak_mb": max(one.peak_mb for one in told),
    }
