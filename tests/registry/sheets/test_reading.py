"""Cells, dates, headings, codings: what is read is what was written, or nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import columns
from registry.identity import check_digit
from registry.sheets.cells import read_cell
from registry.sheets.dates import day_of
from registry.sheets.headers import Layout, heading_in
from registry.sheets.reading import Row, read
from registry.sheets.tables import Reader, address
from tests.registry.sheets import books

DAY = date(1950, 1, 5)
ID = columns.PERSON["id_number"]
DAYS = st.dates(date(1900, 3, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "1950-01-05",
        "1950-1-5",
        "1950/01/05",
        "1950.1.5",
        "1950年1月5日",
        "19500105",
        "１９５０年１月５日",
        " 1950-01-05 00:00:00 ",
        19500105,
        19500105.0,
        date(1950, 1, 5),
    ],
    ids=repr,
)
def test_a_day_is_read_however_it_is_written(written: str | float | date) -> None:
    assert day_of(written) == (DAY, None)


@pytest.mark.parametrize("serial", [18268, 18268.0, 18268.5], ids=repr)
def test_a_serial_is_a_day_and_is_told(serial: str | float) -> None:
    day, fault = day_of(serial)

    assert (day, fault and fault.rule) == (DAY, "date_serial")


@given(
    DAYS,
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_comes_back(day: date, form: str) -> None:
    assert day_of(day.strftime(form)) == (day, None)


@given(DAYS)
def test_every_serial_is_the_day_the_office_program_shows(day: date) -> None:
    assert day_of((day - date(1899, 12, 30)) // timedelta(days=1))[0] == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_day(text: str) -> None:
    day, fault = day_of(text)

    assert (day is None) <= (fault is not None)


def number(day: date, sequence: int) -> str:
    body = f"433124{day:%Y%m%d}{sequence:03d}"
    return body + check_digit(body)


NUMBERS = st.builds(number, DAYS, st.integers(0, 999))


@given(
    NUMBERS,
    st.sampled_from([str, " {} ".format, "'{}".format, '="{}"'.format, str.lower]),
)
def test_a_certificate_written_unusually_is_the_same(number: str, write) -> None:
    assert read_cell(ID, write(number)).value == number


@given(NUMBERS)
def test_a_certificate_typed_as_a_number_is_never_another(number: str) -> None:
    for typed in (
        float(number[:17] + "0"),
        int(number[:17] + "0"),
        f"{float(number[:17]):.5E}",
    ):
        assert read_cell(ID, typed).value is None


@given(NUMBERS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_no_certificate(number: str, place: int, by: int) -> None:
    digit = number[place]
    other = "0" if digit == "X" else str((int(digit) + by) % 10)
    read = read_cell(ID, number[:place] + other + number[place + 1 :])

    assert read.value is None


@given(
    st.text(max_size=40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
)
def test_no_cell_breaks_any_column(cell: object) -> None:
    for column in (*columns.HOUSEHOLD.values(), *columns.PERSON.values()):
        read = read_cell(column, cell)  # type: ignore[arg-type]
        assert read.value is None or not isinstance(read.value, float)


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (149, "ET7")]
)
def test_a_cell_is_called_as_the_office_program_calls_it(place: int, name: str) -> None:
    assert address(place, 7) == name


TITLE = ["2026年花垣县双龙镇名册", None, None]


@pytest.mark.parametrize(
    ("rows", "row", "found"),
    [
        ([["姓名", "与户主关系", "身份证号"]], 1, {"name": 0, "relation": 1, "id_number": 2}),
        ([TITLE, [None], ["*姓 名", "与户主关系\n(必填)", "公民身份号码"]], 3, {"name": 0, "relation": 1, "id_number": 2}),
        ([TITLE, ["户编号", "成员", None, None], [None, "姓名", "与户主关系", "证件号码"]], 3, {"household_number": 0, "name": 1, "relation": 2, "id_number": 3}),
    ],
)  # fmt: skip
def test_a_heading_is_found_below_titles_and_in_two_levels(
    rows: list[list[str | None]], row: int, found: dict[str, int]
) -> None:
    heading = heading_in([Row(n, list(cells)) for n, cells in enumerate(rows, 1)])

    assert heading is not None
    assert (heading.layout, heading.row, dict(heading.columns)) == (
        Layout.MEMBERS,
        row,
        found,
    )


def test_a_page_of_notes_has_no_heading() -> None:
    assert heading_in([Row(1, ["填表说明"]), Row(2, ["一、姓名须填全"])]) is None


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_separated_list_is_read_in_every_usual_coding(coding: str) -> None:
    rows = books.rows_of(books.ROSTER, {**books.HEAD, "身份证号码": books.HEAD_ID})
    (line,) = Reader().lines(read(books.csv(rows, coding)))

    assert (line.values["name"], line.values["id_number"]) == ("石春生", books.HEAD_ID)


def test_a_rare_character_survives_gb18030() -> None:
    rows = books.rows_of(
        books.ROSTER, {**books.HEAD, "姓名": "石𠮷䶮", "身份证号码": books.HEAD_ID}
    )
    (line,) = Reader().lines(read(books.csv(rows, "gb18030")))

    assert line.values["name"] == "石𠮷䶮"


@pytest.mark.parametrize("make", [books.xlsx, books.xls])
def test_old_and_new_workbooks_are_read_alike(make) -> None:
    lines = list(Reader().lines(read(make(books.national()))))

    assert [line.values["household_number"] for line in lines] == [books.NUMBER] * 4
    assert lines[1].values["birth"] == date(1968, 3, 2)
