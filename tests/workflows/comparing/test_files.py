"""Files as departments send them, and that no number of a person is left behind."""

import io
import json
import logging
from pathlib import Path

import pytest
import xlsxwriter
from django.apps import apps
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from registry.models import Household
from tests.workflows.comparing.scene import County, car, head, number, sheet
from tests.workflows.pages import browser, url
from workflows import clock
from workflows.comparing import lists, reading, receiving
from workflows.models import DepartmentFile, FileFault, Match

# Where a number lies in clear for a moment of an act, or in cipher, by design.
SEALED = {"id_cipher", "id_index", "password_cipher"}


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    """Return an xlsx as a department makes it: numbers as it typed them."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        cover, page = book.add_worksheet("填表说明"), book.add_worksheet("车辆")
        cover.write(0, 0, "请按身份证号反馈")
        page.merge_range(0, 0, 0, 3, "机动车登记反馈表")
        for at, row in enumerate([("车主", "身份证号码", "车辆类型"), *rows], start=1):
            page.write_row(at, 0, row)
    return made.getvalue()


def taken(county: County, data: bytes) -> DepartmentFile:
    department = county.released(county.open())
    given = {"name": "车辆.xlsx", "adds": False, "by": county.clerk, "now": county.now}
    file = receiving.receive(department, data, **given)
    assert isinstance(file, DepartmentFile), file
    reading.compare(file.pk, at=county.now)
    file.refresh_from_db()
    return file


def test_a_workbook_is_read_past_its_cover_and_title(
    county: County, homes: list[Household]
) -> None:
    person = head(homes[0])

    file = taken(county, workbook([(person.name, number(person), "小型轿车")]))

    assert (file.rows, file.hits, file.faults) == (1, 1, 0)
    assert Match.objects.get().sheet == "车辆"


def test_a_number_typed_as_a_number_is_told_by_its_cell(
    county: County, homes: list[Household]
) -> None:
    typed = float(number(head(homes[0]))[:17] + "0")

    file = taken(county, workbook([("某人", typed, "小型轿车")]))

    fault = FileFault.objects.get()
    assert (file.hits, fault.sheet, fault.cell) == (0, "车辆", "B3")
    assert fault.rule == "id_typed_as_number"


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"%PDF-1.7", b"\x00\x01"])
def test_a_file_that_is_none_is_told_and_thrown_away(
    county: County, homes: list[Household], data: bytes
) -> None:
    file = taken(county, data)

    assert (file.stage, file.hits) == (DepartmentFile.Stage.FAULTY, 0)
    assert file.fault_said
    assert file.content.name == ""


def rows_of_the_database() -> str:
    """Return every text a table of ours and the queue hold, ciphers left out."""
    models = [m for m in apps.get_models() if m._meta.app_label == "workflows"]
    found = []
    for model in [*models, DBTaskResult]:
        names = [f.name for f in model._meta.concrete_fields if f.name not in SEALED]
        found += [list(map(str, row)) for row in model.objects.values_list(*names)]
    return json.dumps(found, ensure_ascii=False)


def test_no_number_is_left_in_a_log_a_row_a_task_or_a_file(
    county: County,
    homes: list[Household],
    caplog: pytest.LogCaptureFixture,
) -> None:
    marked = number(head(homes[0]))
    clock.set_training_day(county.world.day)
    window = browser(county.clerk)
    with caplog.at_level(logging.DEBUG, logger=""):
        department = county.released(county.open())
        lists.fetch(department, by=county.clerk, now=county.now)
        upload = io.BytesIO(sheet("vehicles", [car(head(homes[0]))]))
        upload.name = "车辆.csv"
        window.post(url("answer_list", department.pk), {"workbook": upload})
        stored = [p.read_bytes() for p in _files()]
        reading.compare(DepartmentFile.objects.get().pk, at=county.now)

    pages = [window.get(url("comparison_hits", department.round_id)).content.decode()]
    said = [r.getMessage() for r in caplog.records if "sql" not in r.__dict__]

    assert Match.objects.count() == 1
    assert not [text for text in (*said, *pages) if marked in text]
    assert marked not in rows_of_the_database()
    assert len(stored) >= 3
    assert not [
        data for data in (*stored, *map(_read, _files())) if marked.encode() in data
    ]


def _files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def _read(path: Path) -> bytes:
    return path.read_bytes()
