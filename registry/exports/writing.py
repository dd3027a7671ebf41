"""Writing spreadsheets: xlsx or CSV, a visible line that says whose they are, no formulas.

One door of XlsxWriter for what leaves the register. It must not know what the rows mean.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.exports.guarding import guarded

Cell = str | int | Decimal | None
_WIDTH = 12
# Of an Excel header; each & is written twice there.
_LONGEST_HEADER = 240
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


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
    rows: Iterable[Sequence[Cell]]
    text: frozenset[int] = frozenset()
    widths: Sequence[int] = ()


def write(
    to: IO[bytes], sheets: Sequence[Sheet], form: Format, mark: Watermark
) -> None:
    """Write the sheets; in CSV one below the other, an empty line between them."""
    if form is Format.XLSX:
        _write_xlsx(to, sheets, mark)
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


def _write_xlsx(to: IO[bytes], sheets: Sequence[Sheet], mark: Watermark) -> None:
    book = xlsxwriter.Workbook(to, _OPTIONS)
    book.set_properties(
        {"author": mark.name, "comments": mark.line, "created": _naive(mark.at)}
    )
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#ECE8DF"}
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "mark": book.add_format({"font_color": "#9C1B1B"}),
    }
    for sheet in sheets:
        _write_sheet(book, sheet, mark, formats)
    book.close()


def _write_sheet(
    book: Any, sheet: Sheet, mark: Watermark, formats: dict[str, Any]
) -> None:
    page = book.add_worksheet(sheet.name)
    line = mark.line.replace("&", "&&")[:_LONGEST_HEADER]
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{line}")
    page.set_footer(f"&L{line}&R&P / &N")
    for column in range(len(sheet.headers)):
        width = sheet.widths[column] if column < len(sheet.widths) else _WIDTH
        page.set_column(
            column, column, width, formats["text"] if column in sheet.text else None
        )
    page.write_string(0, 0, sheet.title, formats["title"])
    page.write_string(1, 0, mark.line, formats["mark"])
    for column, header in enumerate(sheet.headers):
        page.write_string(2, column, header, formats["head"])
    page.freeze_panes(3, 1)
    page.repeat_rows(2)
    for number, row in enumerate(sheet.rows, start=3):
        _write_row(page, number, row, sheet.text, formats["text"])


def _write_row(
    page: Any, number: int, row: Sequence[Cell], text: frozenset[int], as_text: Any
) -> None:
    for column, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            page.write_string(number, column, cell, as_text if column in text else None)
        else:
            page.write_number(number, column, cell)


def _naive(at: datetime) -> datetime:
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0)
