"""A ledger as a spreadsheet: one sheet by place, one by what is broken down."""

from django.conf import settings
from django.utils import translation

from registry.exports.writing import Sheet
from registry.ledgers.books import NAMES, Ledger, Row
from registry.ledgers.columns import COLUMNS, breakdowns
from registry.places import level_of

_NAME_WIDTH, _CODE_WIDTH = 18, 15


def sheets(ledger: Ledger) -> list[Sheet]:
    """Return both sheets; Chinese whatever language the officer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _title(ledger)
        columns = [str(column.label) for column in COLUMNS]
        rows = [_row(row) for row in (*ledger.rows, ledger.total)]
        parts = [
            (str(part.title), line.label, line.households, line.persons)
            for part in breakdowns(ledger.total.figures)
            for line in part.lines
        ]
    return [
        Sheet(
            name="分地区",
            title=title,
            headers=["区划代码", "地区", "村数", *columns],
            rows=rows,
            text=frozenset({0}),
            widths=(_CODE_WIDTH, _NAME_WIDTH),
        ),
        Sheet(
            name="分类",
            title=title,
            headers=["分类", "项目", "户数", "人数"],
            rows=parts,
            widths=(_NAME_WIDTH, _NAME_WIDTH),
        ),
    ]


def _title(ledger: Ledger) -> str:
    day = ledger.day
    name = NAMES[level_of(ledger.place.code)]
    return f"{ledger.place.name}{name}（截至{day.year}年{day.month}月{day.day}日）"


def _row(row: Row) -> list[str | int]:
    numbers = [column.number(row.figures) for column in COLUMNS]
    return [row.place.code, row.place.name, row.villages, *numbers]
