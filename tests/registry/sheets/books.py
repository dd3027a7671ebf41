"""Workbooks as people send them, made in memory; every person in them is invented."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
import xlwt

from registry import columns
from registry.identity import check_digit
from tests.registry.factories import VILLAGE

Sheet = Sequence[Sequence[Any]]
HOUSEHOLD_HEADERS = [c.header for c in columns.HOUSEHOLD_COLUMNS]
PERSON_HEADERS = [c.header for c in columns.PERSON_COLUMNS]
NUMBER = f"{VILLAGE}0001"


def certificate(birth: date, sequence: int) -> str:
    """Return a valid number; an odd sequence is a man's."""
    body = f"433124{birth:%Y%m%d}{sequence:03d}"
    return body + check_digit(body)


HEAD_ID = certificate(date(1968, 3, 2), 11)
WIFE_ID = certificate(date(1970, 9, 9), 22)
SON_ID = certificate(date(1995, 1, 30), 33)

HOUSEHOLD = {
    "户编号": NUMBER,
    "户主姓名": "石春生",
    "户主证件号码": HEAD_ID,
    "家庭人口数": 3,
    "是否危房户": "否",
    "人均纯收入": 8600.5,
    "是否解决安全饮用水": "是",
    "年度": 2025,
    "银行卡号": "6217991234567890123",
    "主要致贫原因": "因病",
    "次要致贫原因": "缺技术、缺资金",
    "工资性收入": 12000,
    "耕地面积（亩）": 2.5,
    "危房级别": "B级",
}
_MEMBER = {
    "户编号": NUMBER,
    "民族": "苗族",
    "年度": 2025,
    "文化程度": "初中",
    "劳动技能": "普通劳动力",
    "健康状况": "健康",
    "是否参加新型农村合作医疗（城乡居民基本医疗保险）": "是",
    "是否参加城镇职工基本医疗保险": "否",
}
HEAD = {
    **_MEMBER,
    "姓名": "石春生",
    "性别": "男",
    "出生日期": "1968-03-02",
    "证件号码": HEAD_ID,
    "与户主关系": "户主",
    "户联系电话": "13900001234",
    "务工时间（月）": 6,
    "务工所在地": "长沙市",
}
WIFE = {**_MEMBER, "姓名": "龙腊梅", "证件号码": WIFE_ID, "与户主关系": "配偶"}
SON = {**_MEMBER, "姓名": "石小军", "证件号码": SON_ID, "与户主关系": "之子"}


def rows_of(headers: Sequence[str], *told: Mapping[str, Any]) -> list[list[Any]]:
    """Return a heading and a row per mapping."""
    return [list(headers), *([row.get(h) for h in headers] for row in told)]


def national(
    households: Sequence[Mapping[str, Any]] = (HOUSEHOLD,),
    members: Sequence[Mapping[str, Any]] = (HEAD, WIFE, SON),
) -> dict[str, Sheet]:
    """Return the two sheets of the national system."""
    return {
        "户信息": rows_of(HOUSEHOLD_HEADERS, *households),
        "人口信息": rows_of(PERSON_HEADERS, *members),
    }


ROSTER = ("户编号", "姓名", "与户主关系", "身份证号码", "性别", "出生日期", "民族")


def roster(*members: Mapping[str, Any]) -> dict[str, Sheet]:
    """Return one list of members, as villages keep it."""
    told = [
        {**m, "身份证号码": m.get("证件号码")} for m in members or (HEAD, WIFE, SON)
    ]
    return {"村名册": rows_of(ROSTER, *told)}


def xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """Return the workbook."""
    out = BytesIO()
    with xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    ) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, days)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return out.getvalue()


def csv(rows: Sheet, coding: str = "utf-8") -> bytes:
    """Return a list as separated text."""
    lines = (
        ",".join('"' + str("" if c is None else c) + '"' for c in row) for row in rows
    )
    return "\r\n".join(lines).encode(coding)


def xls(sheets: Mapping[str, Sheet], *, hidden_rows: Sequence[int] = ()) -> bytes:
    """Return the workbook in the format of 1997, as et of WPS is too."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        for number in hidden_rows:
            sheet.row(number).hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def error_cells(sheets: Mapping[str, Sheet], name: str, row: int, place: int) -> bytes:
    """Return the workbook with a formula that failed in one cell (counted from 0)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, ["" if c is None else c for c in cells])
            if title == name:
                sheet.write_formula(row, place, "=1/0", None, "#DIV/0!")
    return out.getvalue()
