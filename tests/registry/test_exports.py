"""Exports: dead formulas, hidden numbers, a purpose, a second person, an end."""

import csv
import hashlib
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from registry import changes
from registry.codes import Standing
from registry.exports import asking
from registry.exports.guarding import guarded, unguarded
from registry.exports.writing import Format, Sheet, Watermark, write, write_together
from registry.identity import mask
from registry.models import Export, ExportFetch, ExportState, Place
from registry.refusals import Refusal
from tests.registry.conftest import NEIGHBOUR
from tests.registry.exporting import AT, DAY, PURPOSE, asked, made, officer
from tests.registry.factories import ENTERED, VILLAGE, household, id_number, member

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x")',
    "+cmd",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "http://example.cn",
    "{=1}",
    "石㛃 <b>&\"'",
    "龙𬱖",
)
MARK = Watermark(name="石明 & 同事", at=AT, purpose=PURPOSE)
WHY: dict[str, Any] = {"by": None, "reason": "核对"}


def written(form: Format) -> bytes:
    rows = [[text, 7] for text in HOSTILE]
    sheet = Sheet(name="名册", title="十八洞村名册", headers=["=头", "数"], rows=rows)
    file = io.BytesIO()
    write(file, [sheet], form, MARK)
    return file.getvalue()


def test_nothing_in_a_workbook_is_a_formula_or_a_link() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX)))["名册"]

    cells = [row[0] for row in page.iter_rows(min_row=3)]
    assert [cell.value for cell in cells] == ["=头", *HOSTILE]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert page["B4"].value == 7


def test_another_reader_reads_the_same_workbook() -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(written(Format.XLSX))
    )

    assert [row[0] for row in book.get_sheet_by_name("名册").to_python()[3:]] == [
        *HOSTILE
    ]


def test_sheets_whose_rows_come_mixed_are_each_in_order() -> None:
    # More than the writer holds back, so that both sheets are written in parts.
    rows = [(n % 2, [f"第{n}行", n]) for n in range(10_001)]
    sheets = [Sheet(name=name, title=name, headers=["甲", "乙"]) for name in "户人"]
    file = io.BytesIO()

    write_together(file, sheets, rows, MARK)

    book = openpyxl.load_workbook(file, read_only=True)
    for place, name in enumerate("户人"):
        told = book[name].iter_rows(min_row=4, values_only=True)
        assert [*map(list, told)] == [row for n, row in rows if n == place]


def test_a_row_of_another_width_is_an_error() -> None:
    sheet = Sheet(name="名册", title="名册", headers=["甲", "乙"])

    with pytest.raises(ValueError, match="zip"):
        write_together(io.BytesIO(), [sheet], [(0, ["石明"])], MARK)


@pytest.mark.parametrize(
    ("form", "encoding"), [(Format.CSV, "utf-8-sig"), (Format.CSV_GB18030, "gb18030")]
)
def test_csv_is_guarded_quoted_and_reads_back(form: Format, encoding: str) -> None:
    content = written(form)

    text = content.decode(encoding)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert content.startswith(b"\xef\xbb\xbf") == (form is Format.CSV)
    assert all(line.startswith('"') for line in text.split("\r\n")[:-1])
    assert not [row[0] for row in rows if row[0].startswith(("=", "+", "-", "@"))]
    assert [unguarded(row[0]) for row in rows[3:]] == [*HOSTILE]


@given(st.text(max_size=12))
def test_a_guard_is_taken_out_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_every_file_says_who_when_and_what_for() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX)))["名册"]

    for said in ("石明 & 同事", "2018年11月5日10:00", PURPOSE):
        assert said in page["A2"].value
        assert said in page.oddHeader.left.text.replace("&&", "&")
        assert said in page.oddFooter.left.text.replace("&&", "&")
        assert said in written(Format.CSV).decode("utf-8-sig")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("layout", ["roster", "members", "national_persons"])
def test_numbers_are_hidden_unless_two_agreed(layout: str) -> None:
    number = id_number()
    household(member(id_number=number), phone="19907430001")

    hidden = made(asked(layout=layout, form="csv")).decode("utf-8-sig")
    shown = made(asked(layout=layout, form="csv", clear=True)).decode("utf-8-sig")

    assert number not in hidden
    assert "19907430001" not in hidden
    assert mask(number) in hidden
    assert number in shown


@pytest.mark.usefixtures("places")
def test_a_roster_holds_what_the_list_shows_on_its_day() -> None:
    homes = [household() for _home in range(3)]
    household(village=NEIGHBOUR)
    ids, exited = [home.pk for home in homes[:2]], date(2016, 12, 1)
    for to, on in ((Standing.REGISTERED, ENTERED), (Standing.EXITED, exited)):
        changes.set_standing(ids, to, on=on, **WHY)

    def numbers(**how: Any) -> list[str]:
        content = made(asked(form="csv", **how)).decode("utf-8-sig")
        return [row[3] for row in [*csv.reader(io.StringIO(content))][3:]]

    assert numbers() == [home.number for home in homes]
    assert numbers(standing="exited") == [home.number for home in homes[:2]]
    assert numbers(standing="exited", on=exited - timedelta(days=1)) == []
    assert asked(standing="exited").total == 2


@pytest.mark.usefixtures("places")
def test_a_file_is_a_cipher_on_the_disk_and_known_by_its_digest(
    settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    number = id_number()
    household(member("石秘密", id_number=number))
    export = asked(form="csv", clear=True)
    content = made(export)
    asking.approve(export.pk, by=officer("leader"), at=AT)
    export.refresh_from_db()

    assert asking.fetch(export, by=officer(), at=AT) == content
    disk = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [b for b in disk if number.encode() in b or "石秘密".encode() in b]
    fetch = ExportFetch.objects.get()
    assert fetch.digest == export.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("rows", "clear", "second"),
    [(500, False, False), (501, False, True), (1, True, True)],
)
def test_many_rows_and_whole_numbers_need_a_second_person(
    rows: int, clear: bool, second: bool
) -> None:
    household()
    export = asked(clear=clear)
    made(export)
    Export.objects.filter(pk=export.pk).update(rows=rows)
    export.refresh_from_db()

    refusal = asking.barred(export, AT)

    assert asking.needs_second(export) is second
    assert (refusal.code if refusal else "") == (
        "second_person_missing" if second else ""
    )


@pytest.mark.usefixtures("places")
def test_nobody_is_his_own_second_person() -> None:
    export = asked(clear=True)

    for verb in (asking.approve, asking.refuse):
        answer = verb(export.pk, by=officer(), at=AT)
        assert isinstance(answer, Refusal)
        assert answer.code == "own_export"
    agreed = asking.approve(export.pk, by=officer("leader"), at=AT)
    assert isinstance(agreed, Export)
    assert agreed.state == ExportState.WAITING
    again = asking.approve(export.pk, by=officer("third"), at=AT)
    assert isinstance(again, Refusal)
    assert again.code == "nothing_to_agree"


@pytest.mark.usefixtures("places")
def test_a_refused_export_has_no_file_left() -> None:
    household()
    export = asked(clear=True)
    made(export)

    refused = asking.refuse(export.pk, by=officer("leader"), at=AT)

    assert isinstance(refused, Export)
    assert (refused.state, bool(refused.file)) == (ExportState.REFUSED, False)
    answer = asking.fetch(refused, by=officer(), at=AT)
    assert isinstance(answer, Refusal)
    assert answer.code == "not_ready"


@pytest.mark.usefixtures("places")
def test_a_file_ends_after_a_week() -> None:
    household()
    export = asked()
    made(export)
    later = AT + asking.KEEP

    barred = asking.barred(export, later)
    assert barred is not None
    assert barred.code == "expired"
    assert asking.clear(later - timedelta(seconds=1)) == 0
    assert asking.clear(later) == 1
    export.refresh_from_db()
    assert (export.state, export.file.name) == (ExportState.EXPIRED, "")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"purpose": "  "}, "purpose_missing"),
        ({"purpose": "x" * 201}, "purpose_long"),
        ({"layout": "no"}, "layout_unknown"),
        ({"form": "docx"}, "layout_unknown"),
        ({"layout": "national"}, "two_sheets"),
    ],
)
def test_what_is_not_said_is_not_exported(wish: dict[str, str], code: str) -> None:
    told: dict[str, Any] = {
        "place": Place.objects.get(pk=VILLAGE),
        "layout": "roster",
        "form": "csv",
        "on": DAY,
        "purpose": PURPOSE,
        **wish,
    }
    answer = asking.ask(asking.Wish(**told), by=officer(), title="石明", at=AT)

    assert isinstance(answer, list)
    assert [refusal.code for refusal in answer] == [code]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("homes", [1, 4])
def test_a_file_takes_the_same_statements_for_any_part(
    homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _home in range(homes):
        household()
    export = Export.objects.select_related("place").get(pk=asked().pk)

    with django_assert_num_queries(8):
        assert made(export)
