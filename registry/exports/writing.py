"""Writing spreadsheets: xlsx or CSV, a visible line that says whose they are, no formulas.

It must not know what the rows mean.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.exports.guarding import guarded
from registry.exports.pages import MARK, TITLE, Cell, Page
from registry.exports.workbook import Workbook

# Excel takes 255 characters, and each & is written twice.
_LONGEST_HEADER = 120


class Format(TextChoices):
    """What kind of file is written; the value is what stands in an address."""

    XLSX = "xlsx", _("Excel 工作簿（xlsx）")
    CSV = "csv", _("CSV（UTF-8）")
    CSV_GB18030 = "gb18030", _("CSV（GB 18030，旧版 Excel）")

    @property
    def extension(self) -> str:
        """Return how the file's name ends."""
        return "xlsx" if self is Format.XLSX else "csv"

    @property
    def content_type(self) -> str:
        """Return the media type."""
        if self is Format.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        charset = "gb18030" if self is Format.CSV_GB18030 else "utf-8"
        return f"text/csv; charset={charset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark:
    """Who took the figures out, when, and what for; Chinese, as papers are."""

    name: str
    at: datetime
    purpose: str

    @property
    def line(self) -> str:
        """Return the line that stands on the sheet and on each printed page."""
        at = timezone.localtime(self.at)
        moment = f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"
        return f"导出人：{self.name}　时间：{moment}　用途：{self.purpose}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table; `text` names the columns whose digits are no number."""

    name: str
    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]] = ()
    text: frozenset[int] = frozenset()
    widths: Sequence[int] = ()


def write(
    to: IO[bytes], sheets: Sequence[Sheet], form: Format, mark: Watermark
) -> None:
    """Write the sheets; in CSV one below the other, an empty line between them."""
    if form is Format.XLSX:
        rows = ((n, row) for n, sheet in enumerate(sheets) for row in sheet.rows)
        write_together(to, sheets, rows, mark)
        return
    encoding = "gb18030" if form is Format.CSV_GB18030 else "utf-8-sig"
    with _text(to, encoding) as text:
        out = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        for number, sheet in enumerate(sheets):
            if number:
                out.writerow([])
            out.writerow([guarded(sheet.title)])
            out.writerow([guarded(mark.line)])
            out.writerow([guarded(header) for header in sheet.headers])
            out.writerows(_csv_rows(sheet.rows))


def write_together(
    to: IO[bytes],
    sheets: Sequence[Sheet],
    rows: Iterable[tuple[int, Sequence[Cell]]],
    mark: Watermark,
) -> None:
    """Write an xlsx file from rows that come mixed, each with its sheet's place.

    The rows of the sheets themselves are not looked at; the longest comes last.
    """
    book = Workbook(to, author=mark.name, note=mark.line, at=mark.at.astimezone(UTC))
    book.add([_page(sheet, mark) for sheet in sheets], rows)
    book.close()


@contextmanager
def _text(to: IO[bytes], encoding: str) -> Iterator[io.TextIOWrapper]:
    text = io.TextIOWrapper(to, encoding=encoding, newline="")
    try:
        yield text
    finally:
        # Closing the wrapper would close what the caller still needs.
        text.detach()


def _csv_rows(rows: Iterable[Sequence[Cell]]) -> Iterator[list[object]]:
    for row in rows:
        yield [guarded(cell) if isinstance(cell, str) else cell for cell in row]


def _page(sheet: Sheet, mark: Watermark) -> Page:
    return Page(
        name=sheet.name,
        above=[(sheet.title, TITLE), (mark.line, MARK)],
        headers=sheet.headers,
        text=sheet.text,
        widths=sheet.widths,
        header=mark.line[:_LONGEST_HEADER],
    )
