"""Writing the list that goes to a department: text cells, a mark, a password.

Knows workbooks; must not know rounds. The clear workbook exists in memory only, never
on a disk: what is returned can be opened with the password alone (ECMA-376 agile
encryption, AES-256, which Excel and WPS open by themselves).
"""

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from registry.comparing.people import Listed

# Without the letters and digits that are taken for others on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4
COLUMNS = (
    ("序号", 6),
    ("户编号", 20),
    ("姓名", 12),
    ("身份证号", 22),
    ("与户主关系", 16),
    ("比对结果（有则填写）", 40),
)
# Text stays text: no formula, no link, no number with fifteen digits.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What stands over the list: whose it is, for whom, what for, until when."""

    title: str
    mark: str
    purpose: str


def new_password() -> str:
    """Return a password to be told on the telephone: 77 bits in four groups."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)
    )


def sealed_list(people: Sequence[Listed], stamp: Stamp, password: str) -> bytes:
    """Return the workbook of a list, encrypted."""
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(_workbook(people, stamp))).encrypt(password, sealed)
    return sealed.getvalue()


def _workbook(people: Sequence[Listed], stamp: Stamp) -> bytes:
    clear = io.BytesIO()
    book = xlsxwriter.Workbook(clear, PLAIN)
    book.set_properties({"title": stamp.title, "comments": stamp.mark})
    sheet = book.add_worksheet("比对名单")
    text = book.add_format({"num_format": "@"})
    _head(sheet, book, stamp)
    for row, one in enumerate(people, start=3):
        line = (str(row - 2), one.household, one.name, one.id_number, one.relation)
        for column, words in enumerate(line):
            sheet.write_string(row, column, words, text)
    book.close()
    return clear.getvalue()


def _head(sheet: Any, book: Any, stamp: Stamp) -> None:
    """Write the mark above the columns and on every printed page."""
    bold = book.add_format({"bold": True, "num_format": "@"})
    grey = book.add_format({"font_color": "#7a1d12", "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, stamp.title, bold)
    sheet.write_string(1, 0, f"{stamp.mark}；{stamp.purpose}", grey)
    for column, (words, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(2, column, words, bold)
    sheet.freeze_panes(3, 0)
    sheet.set_header(f"&C{stamp.mark.replace('&', '&&')}")
    sheet.repeat_rows(0, 2)
