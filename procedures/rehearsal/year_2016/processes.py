"""The same work on many things, in this process or in several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from django.db import connections

Given = TypeVar("Given")
Found = TypeVar("Found")


def in_processes(
    work: Callable[[Given], Found], things: Sequence[Given], workers: int
) -> Iterator[Found]:
    """Yield what the work gives for each thing, as soon as it is there.

    One worker is this process itself. The first error ends it: what is running comes
    to its end, what waits is not begun.
    """
    if workers == 1:
        yield from map(work, things)
        return
    # A connection must not be shared with a child.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = [pool.submit(work, thing) for thing in things]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
