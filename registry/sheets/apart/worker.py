"""The child process: limits first, then one file from a descriptor to lines of JSON.

Started as `python -m registry.sheets.apart.worker FD`; the file lies in memory behind
that descriptor and on no disk. Nothing is ever written to the error stream: a
traceback would quote cells.
"""

import json
import os
import sys
from typing import IO, Any, Final

from registry.limits import Limits, impose
from registry.sheets.apart import faults, readers
from registry.sheets.apart.faults import Unfit

# The rectangle of the largest sheet is 256 MB; a township's workbook takes 150.
LIMITS: Final = Limits(cpu_seconds=40, wall_seconds=120, megabytes=512)


def serve(data: bytes, out: IO[str]) -> None:
    """Write what the file holds, or why it is refused; end with what was counted."""
    try:
        rows = sum(_told(sheet, out) for sheet in readers.sheets(data))
    except Unfit as unfit:
        _say(out, {"unfit": unfit.word, "numbers": unfit.numbers})
    except MemoryError:
        _say(out, {"unfit": faults.GAVE_UP, "numbers": {}})
    except BaseException:  # noqa: BLE001 - readers of foreign files raise what they like
        _say(out, {"unfit": faults.BROKEN, "numbers": {}})
    else:
        _say(out, {"end": rows})


def _told(sheet: readers.Sheet, out: IO[str]) -> int:
    head = {"sheet": sheet.name, "hidden": sheet.hidden}
    _say(out, {**head, "columns": sheet.hidden_columns})
    rows = 0
    for number, hidden, cells in sheet.rows:
        if any(cell is not None for cell in cells):
            rows += 1
            _say(out, [number, hidden, cells])
    return rows


def _say(out: IO[str], word: Any) -> None:
    out.write(json.dumps(word, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> None:
    """Read the descriptor named on the command line."""
    impose(LIMITS)
    os.nice(5)
    with os.fdopen(int(sys.argv[1]), "rb") as file:
        data = file.read()
    with os.fdopen(1, "w", encoding="utf-8", errors="surrogatepass") as out:
        serve(data, out)


if __name__ == "__main__":
    main()
