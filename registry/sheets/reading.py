"""A file's rows, read in a child process that may die without a loss.

What comes back is lines of JSON: nothing of the child's is executed or unpickled. It
must not know what the cells mean.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Timer
from typing import IO, Final

from django.conf import settings

from registry.sheets.apart import faults, worker

_TOLD: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell in which a formula failed."""

    said: str


Cell = str | int | float | bool | date | ErrorCell | None


@dataclass(frozen=True, slots=True)
class SheetStart:
    """From here on the rows are of this sheet; csv has one without a name."""

    name: str
    hidden: bool
    hidden_columns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty; `number` counts from 1 as the office program does."""

    number: int
    cells: list[Cell]
    hidden: bool = False


class Unreadable(Exception):
    """The file is refused as a whole; `word` is one of `apart.faults`."""

    def __init__(self, word: str, numbers: dict[str, int] | None = None) -> None:
        """Keep the word and the numbers of its sentence."""
        super().__init__(word)
        self.word = word
        self.numbers = numbers or {}


def read(data: bytes) -> Iterator[SheetStart | Row]:
    """Yield sheets and their rows as they are read.

    Raises: Unreadable, at any row.
    """
    with _child(data) as (process, out):
        for line in out:
            word = json.loads(line)
            if isinstance(word, list):
                number, hidden, cells = word
                read_cells = [_cell(c) if isinstance(c, dict) else c for c in cells]
                yield Row(number, read_cells, hidden)
            elif "sheet" in word:
                runs = tuple((low, high) for low, high in word["columns"])
                yield SheetStart(word["sheet"], word["hidden"], runs)
            elif "unfit" in word:
                raise Unreadable(word["unfit"], word["numbers"])
            else:
                return
    # The pipe closed without a last word: the child was ended by its limits.
    raise Unreadable(faults.GAVE_UP, {"status": process.returncode or 0})


@contextmanager
def _child(data: bytes) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    place = os.memfd_create("sheet")
    with os.fdopen(place, "wb") as file:
        file.write(data)
        file.flush()
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", worker.__name__, str(place)],
            env={k: os.environ[k] for k in _TOLD if k in os.environ},
            cwd=settings.BASE_DIR,
            pass_fds=[place],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    timer = Timer(worker.LIMITS.wall_seconds, process.kill)
    timer.start()
    try:
        with process:
            yield process, _out(process)
            process.kill()
    finally:
        timer.cancel()
        process.kill()


def _out(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdout is None:
        raise TypeError(process)
    return process.stdout


def _cell(told: dict[str, str]) -> Cell:
    if "d" in told:
        return date.fromisoformat(told["d"])
    return ErrorCell(told["e"])
