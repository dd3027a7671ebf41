"""Blank workbooks and marked copies: text stays text, nothing is executed."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from registry import columns
from registry.columns import Kind
from registry.models import ImportFinding
from registry.sheets.blanks import LAYOUTS, ROWS, SCHEMA, blank
from registry.sheets.marking import marked
from registry.sheets.originals import opened
from registry.sheets.reading import read
from registry.sheets.tables import Reader
from tests.registry.sheets import books
from tests.registry.sheets.runs import accepted, checked, found

LISTED = [
    c for c in columns.PERSON_COLUMNS if c.codes is not None or c.kind is Kind.YES_NO
]
HOSTILE_TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|'/c calc'!A1",
    "http://example.invalid/",
]


def book_of(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def formulas(sheet: Worksheet) -> list[str]:
    return [
        c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_blank_is_read_back_as_its_layout(layout: str) -> None:
    reader = Reader()

    assert list(reader.lines(read(blank(layout)))) == []
    assert [s.layout != "" for s in reader.sheets] == [
        *[True] * len(LAYOUTS[layout]), False, False,
    ]  # fmt: skip
    assert [f for f in reader.findings if f.fault.rule == "column_unknown"] == []


def test_number_columns_of_a_blank_are_text_and_lists_reach_ten_thousand_rows() -> None:
    sheet = book_of(blank("national"))["人口信息"]
    place = books.PERSON_HEADERS.index("证件号码")
    letter = openpyxl.utils.get_column_letter(place + 1)

    assert sheet.column_dimensions[letter].number_format == "@"
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == len(LISTED)
    assert all(str(v.sqref).endswith(str(ROWS + 1)) for v in lists)


def test_a_blank_says_its_version_where_nobody_looks() -> None:
    notes = book_of(blank("roster"))["填表说明"]
    hidden = [c for row in notes.iter_rows() for c in row if c.value == SCHEMA]

    assert [notes.row_dimensions[c.row].hidden for c in hidden] == [True]


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
def test_a_filled_blank_is_read_without_a_fault() -> None:
    book = book_of(blank("national"))
    for name, row in (("户信息", books.HOUSEHOLD), ("人口信息", books.HEAD)):
        heads = [c.value.rstrip("*") for c in book[name][1]]
        for header, value in {**row, "家庭人口数": 1}.items():
            if header in heads:
                book[name].cell(2, heads.index(header) + 1, value)
    out = BytesIO()
    book.save(out)

    assert found(checked(out.getvalue()), "error") == {}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_nothing_in_a_marked_copy_is_a_formula_or_a_link(text: str) -> None:
    sheets = books.national(members=[{**books.HEAD, "务工企业名称": text}])
    finding = ImportFinding(
        sheet="人口信息", row=2, cell="A2", rule="total_row", level="tidied", value=text
    )
    data = marked(books.xlsx(sheets), [finding])

    sheet = book_of(data)["人口信息"]
    place = books.PERSON_HEADERS.index("务工企业名称") + 1
    assert sheet.cell(2, place).value == text
    assert [formulas(s) for s in book_of(data).worksheets] == [[], [], []]
    assert sheet.cell(2, place).hyperlink is None


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
def test_a_marked_copy_corrected_is_accepted() -> None:
    wrong = {**books.WIFE, "证件号码": books.WIFE_ID[:15] + "000"}
    run = checked(books.xlsx(books.national(members=[books.HEAD, wrong, books.SON])))
    book = book_of(opened(run.marked))
    place = books.PERSON_HEADERS.index("证件号码") + 1
    book["人口信息"].cell(3, place, books.WIFE_ID)
    out = BytesIO()
    book.save(out)

    again = checked(out.getvalue())
    assert found(again, "error") == {}
    assert accepted(again).state == "done"
