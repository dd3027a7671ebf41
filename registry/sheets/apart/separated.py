"""Tables as text: UTF-8 with or without a mark, UTF-16 with one, GBK, GB 18030.

It must not know what the fields mean.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from registry.sheets.apart import faults
from registry.sheets.apart.faults import Unfit
from registry.sheets.apart.grid import MOST_CELLS

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# GB 18030 reads every GBK file, and nearly any bytes: strict UTF-8 is asked first.
_CODINGS: Final = ("utf-8", "gb18030")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_SEPARATORS: Final = ",\t;"
_LONGEST_FIELD: Final = 32_767
_LOOKED_AT: Final = 4096


def records(data: bytes) -> Iterator[tuple[int, list[str | None]]]:
    """Yield the line number of each record and its fields.

    Raises: Unfit.
    """
    text = _decoded(data)
    separator = max(_SEPARATORS, key=text[:_LOOKED_AT].count)
    # Before any list is made: ten million commas are ten million empty fields.
    if text.count(separator) + text.count("\n") > MOST_CELLS:
        raise Unfit(faults.CELLS, most=MOST_CELLS)
    csv.field_size_limit(_LONGEST_FIELD)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for number, fields in enumerate(lines, start=1):
            yield number, [field or None for field in fields]
    except csv.Error as error:
        raise Unfit(faults.BROKEN) from error


def _decoded(data: bytes) -> str:
    marked = [coding for mark, coding in _MARKS if data.startswith(mark)]
    for coding in marked or _CODINGS:
        try:
            text = data.decode(coding)
        except UnicodeError:
            continue
        if _CONTROL.search(text):
            raise Unfit(faults.NOT_A_SHEET)
        return text
    raise Unfit(faults.CODING)
