"""Days as people write them, and what cannot be told apart.

It must not know whose day it is.
"""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from registry.sheets.rules import Fault

# 1950-1-1 1950/01/01 1950.1.1 1950年1月1日 1950-01-01 00:00:00
_PARTS: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_RUN: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"\d{4}[-/.年]?\d{1,2}月?")
_SHORT: Final = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
)
# Day 60 is 1900-02-29, which never was; from 61 on this is the first day.
_FIRST: Final = date(1899, 12, 30)
_SERIALS: Final = range(61, 73_051)  # to 2099-12-31
_RUNS: Final = range(1880_01_01, 2100_01_01)


def day_of(cell: str | float | date) -> tuple[date | None, Fault | None]:
    """Return the day and what is to be said of it; without a day, why there is none.

    Faults: date_shape, date_ambiguous, date_incomplete; date_serial beside a day.
    """
    if isinstance(cell, date):
        return cell, None
    if isinstance(cell, str):
        return _of_text(unicodedata.normalize("NFKC", cell).strip())
    if cell != int(cell):
        cell = int(cell)  # a serial with a time of day
    if int(cell) in _RUNS:
        return _of_text(str(int(cell)))
    if int(cell) in _SERIALS:
        return _FIRST + timedelta(days=int(cell)), Fault("date_serial")
    return None, Fault("date_shape")


def _of_text(text: str) -> tuple[date | None, Fault | None]:
    found = _PARTS.fullmatch(text.replace(" 年", "年")) or _RUN.fullmatch(text)
    if found:
        try:
            return date(*(int(part) for part in found.groups())), None
        except ValueError:
            return None, Fault("date_shape")
    if _MONTH.fullmatch(text):
        return None, Fault("date_incomplete")
    if _SHORT.fullmatch(text):
        return None, Fault("date_ambiguous")
    return None, Fault("date_shape")
