"""Blank workbooks to fill in: columns as text, lists to choose from, notes, no traps.

Drawn from the catalogue, so a blank that was filled in as its notes say is read back
without a fault. It must not know who asks for one.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from registry import columns
from registry.columns import Column, Kind
from registry.sheets.marking import SAFE

# Rises when a heading changes its meaning; stands in a hidden cell of every blank.
SCHEMA: Final = "cunxian-register-1"
ROWS: Final = 10_000
_WIDTH: Final = 16
_LIST_SHEET: Final = "代码"
_NOTES_SHEET: Final = "填表说明"
_TEXT_KINDS: Final = {Kind.ID_NUMBER, Kind.ACCOUNT, Kind.PHONE, Kind.NUMBERING}
_REQUIRED: Final = {"household_number", "name", "relation", "id_number", "village"}
_ROSTER: Final = (
    "village",
    "group",
    "household_number",
    "name",
    "relation",
    "sex",
    "birth",
    "id_number",
    "nationality",
    "education",
    "student_status",
    "health",
    "labour",
    "household_phone",
    "attribute",
    "main_cause",
)
_ALL: Final = {**columns.HOUSEHOLD, **columns.PERSON}

# Layout -> sheet -> columns.
LAYOUTS: Final[dict[str, dict[str, Sequence[Column]]]] = {
    "national": {
        "户信息": columns.HOUSEHOLD_COLUMNS,
        "人口信息": columns.PERSON_COLUMNS,
    },
    "roster": {"村名册": [_ALL[name] for name in _ROSTER]},
}

_NOTES: Final = (
    "一、表头不要改名、不要删；列的先后可以变，不用的列可以删。带 * 的必须填。",
    "二、证件号码、银行卡号、编号、电话各列已设为文本，请直接输入或按“值”粘贴。",
    "三、每户一名户主，配偶至多一名；同一户各人的户编号相同。",
    "四、日期写成1950-01-01、1950年1月1日、1950.1.1、1950/1/1 或 19500101。",
    "五、是否各列填“是”或“否”；有下拉列表的列从列表中选，多项用顿号隔开。",
    "六、金额以元为单位，面积以亩为单位，不写单位；没有的填0，不清楚的留空。",
    "七、留空的格不改动档案里已有的内容；人口增减按自然增减办理，不从表格删人。",
    "八、不要设密码、宏、公式和外部链接；合计行可以有，不会读取。",
)


def blank(layout: str) -> bytes:
    """Return the workbook of a layout.

    Raises: KeyError for a layout there is none of.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE) as book:
        looks = {
            "text": book.add_format({"num_format": "@"}),
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "bg_color": "#E8EEF4", "border": 1}
            ),
            "wrap": book.add_format({"text_wrap": True}),
        }
        sheets = LAYOUTS[layout]
        lists = _lists([c for found in sheets.values() for c in found])
        for name, found in sheets.items():
            _sheet(book.add_worksheet(name), found, lists, looks)
        _notes(book.add_worksheet(_NOTES_SHEET), looks)
        _codes(book.add_worksheet(_LIST_SHEET), lists)
        book.set_custom_property("schema", SCHEMA)
    return out.getvalue()


def _lists(found: Sequence[Column]) -> dict[str, list[str]]:
    """Return column -> the words to choose from, once per word."""
    lists = {}
    for column in found:
        if column.kind is Kind.YES_NO:
            lists[column.identifier] = ["是", "否"]
        elif column.codes is not None:
            words = [columns.label_of(column, code) for code in column.codes.values]
            lists[column.identifier] = list(dict.fromkeys(words))
    return lists


def _sheet(
    sheet: Any,
    found: Sequence[Column],
    lists: dict[str, list[str]],
    looks: dict[str, Any],
) -> None:
    order = list(lists)
    for place, column in enumerate(found):
        required = "*" if column.identifier in _REQUIRED else ""
        sheet.write_string(0, place, column.header + required, looks["head"])
        as_text = looks["text"] if column.kind in _TEXT_KINDS else None
        sheet.set_column(place, place, _WIDTH, as_text)
        if note := _note(column):
            sheet.write_comment(0, place, note)
        if column.identifier in lists:
            _choose(sheet, place, order.index(column.identifier), column, lists)
        elif column.kind is Kind.ID_NUMBER:
            _length(sheet, place)
    sheet.freeze_panes(1, 0)


def _choose(
    sheet: Any, place: int, at: int, column: Column, lists: dict[str, list[str]]
) -> None:
    letter = _letter(at)
    last = len(lists[column.identifier])
    sheet.data_validation(
        1,
        place,
        ROWS,
        place,
        {
            "validate": "list",
            "source": f"={_LIST_SHEET}!${letter}$2:${letter}${last + 1}",
            # Several of a list are typed, so the list only warns there.
            "error_type": "warning" if column.kind is Kind.CODES else "stop",
        },
    )


def _length(sheet: Any, place: int) -> None:
    sheet.data_validation(
        1,
        place,
        ROWS,
        place,
        {
            "validate": "length",
            "criteria": "==",
            "value": 18,
            "error_type": "warning",
            "error_title": "证件号码",
            "error_message": "证件号码应为18位",
        },
    )


def _note(column: Column) -> str:
    unit = f"单位：{column.unit}。" if column.unit else ""
    several = "可填多项，用顿号隔开。" if column.kind is Kind.CODES else ""
    text = "须是文本，不能是数字。" if column.kind.must_be_text else ""
    return unit + several + text


def _notes(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 90, looks["wrap"])
    for row, note in enumerate(_NOTES):
        sheet.write_string(row, 0, note)
    # Read by whoever asks which blank a file was filled in on.
    sheet.write_string(len(_NOTES) + 1, 0, SCHEMA)
    sheet.set_row(len(_NOTES) + 1, None, None, {"hidden": True})


def _codes(sheet: Any, lists: dict[str, list[str]]) -> None:
    for place, (name, words) in enumerate(lists.items()):
        sheet.write_string(0, place, _ALL[name].header)
        for row, word in enumerate(words, start=1):
            sheet.write_string(row, place, word)
    sheet.hide()


def _letter(place: int) -> str:
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
