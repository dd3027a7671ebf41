"""Visits, worksheets and checklists typed from the sheets of a verification."""

from decimal import Decimal
from typing import Any

import pytest

from procedures.forms.checklists import ChecklistForm
from procedures.forms.visits import VisitForm
from procedures.forms.worksheets import WorksheetForm
from procedures.models import Checklist, Visit, Worksheet, WorksheetLine
from tests.procedures.forms.desk import Desk, errors, photo

TWO = {
    "visited_on": "2018-11-12",
    "visitors-0-name": "向明远",
    "visitors-0-unit": "驻村工作队",
    "visitors-1-name": "彭㛃",
    "visitors-1-unit": "双龙镇政府",
}


def test_a_visit_by_two_is_saved_with_names_units_and_photo(
    identification: Desk,
) -> None:
    visit = identification.save(VisitForm, "verify", **TWO, photo=photo())

    assert [v.name for v in visit.visitors.order_by("name")] == ["向明远", "彭㛃"]
    assert visit.photo.purpose == "visit"
    again = identification.blank(VisitForm, "verify")
    assert again.readings()[0].text == "2 人，须 2 人以上"
    assert [p.pk for p in again.photos()] == [visit.photo_id]
    assert ("入户人员", "驻村工作队向明远、双龙镇政府彭㛃") in [
        (str(a), b) for a, b in again.summary()
    ]
    assert VisitForm.done([identification.case], step="verify") == {
        identification.case.pk
    }


def test_a_photo_once_saved_stays_when_the_visit_is_corrected(
    identification: Desk,
) -> None:
    identification.save(VisitForm, "verify", **TWO, photo=photo())
    identification.save(VisitForm, "verify", note="住房漏雨")

    visit = Visit.objects.get()
    assert (visit.note, visit.photo is None) == ("住房漏雨", False)
    assert visit.visitors.count() == 2


@pytest.mark.parametrize(
    ("form", "step", "typed", "sentence"),
    [
        (
            VisitForm,
            "verify",
            {"visitors-1-name": "", "visitors-1-unit": ""},
            "入户人员 1 人，至少须 2 人",
        ),
        (
            VisitForm,
            "verify",
            {"visitors-1-name": "向明远"},
            "入户人员 1 人，至少须 2 人",
        ),
        (
            VisitForm,
            "verify",
            {"visited_on": "2018-11-17"},
            "入户日期：2018年11月17日晚于今天（2018年11月16日）",
        ),
        (VisitForm, "verify", {"visited_on": "0218-11-01"}, "218 年太早，请核对年份"),
        (VisitForm, "verify", {"visited_on": "2018-02-30"}, "日期看不懂"),
        (VisitForm, "verify", {"visitors-1-unit": ""}, "单位：没有填写"),
    ],
)
def test_a_wrong_visit_is_refused_in_words_and_not_saved(
    leaving: Desk, form: type[Any], step: str, typed: dict[str, str], sentence: str
) -> None:
    sent = leaving.typed(form, step, **{**TWO, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not Visit.objects.exists()


SHEET = {
    "wage-0-amount": "12,000",
    "operating-0-quantity": "３",
    "operating-0-amount": "4500.50",
    "transfer-0-amount": "1200元",
    "cost-0-amount": "700.50",
    "stated_net": "17000",
    "signed": "on",
}


def test_a_worksheet_is_added_up_by_the_server(leaving: Desk) -> None:
    sheet = leaving.save(WorksheetForm, "verify", **SHEET, photo=photo())

    sheet.refresh_from_db()
    size = leaving.case.household.size
    assert sheet.net == Decimal("17000.00")
    assert (sheet.wages, sheet.costs) == (Decimal(12000), Decimal("700.50"))
    assert sheet.per_head == (Decimal(17000) / size).quantize(Decimal("0.01"))
    assert (sheet.size, sheet.year) == (size, 2018)
    items = list(sheet.lines.order_by("pk").values_list("item", "unit"))
    assert items[1] == ("种植收入", "亩")
    assert len(items) == 4


def test_a_saved_worksheet_shows_its_sums_and_takes_another_item(
    leaving: Desk,
) -> None:
    leaving.save(WorksheetForm, "verify", **SHEET)
    shown = leaving.blank(WorksheetForm, "verify")
    readings = {str(r.label): r.text for r in shown.readings()}
    assert readings["纯收入"] == "17,000 元"
    assert readings["2018 年标准"] == "3,200 元"
    assert not leaving.typed(WorksheetForm, "verify").has_changed()

    rent = {"property-0-amount": "500", "stated_net": "17500"}
    leaving.save(WorksheetForm, "verify", **rent)
    assert Worksheet.objects.get().net == Decimal(17500)
    assert WorksheetLine.objects.count() == 5

    without = {"wage-0-amount": "", "stated_net": "5500"}
    leaving.save(WorksheetForm, "verify", **without)
    assert Worksheet.objects.get().net == Decimal(5500)
    assert not WorksheetLine.objects.filter(kind="wage").exists()


def test_one_off_relief_is_written_down_and_not_counted(leaving: Desk) -> None:
    relief = {"transfer-6-amount": "2000"}
    sheet = leaving.save(WorksheetForm, "verify", **SHEET, **relief)

    assert sheet.net == Decimal(17000)
    assert sheet.lines.get(excluded=True).item == "一次性救助、慰问金"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"stated_net": "16000"},
            "签字表上合计 16,000 元，按明细应为 17,000 元"
            "（收入 17,700.50 元减成本 700.50 元），相差 1,000 元",
        ),
        ({"wage-0-amount": "-5"}, "金额（元）：不能小于 0 元"),
        ({"wage-0-amount": "12000.123"}, "金额（元）：最多填到分"),
        ({"wage-0-amount": "999999999"}, "不能大于 99999999.99 元"),
        ({"wage-0-amount": "一万"}, "金额（元）：请填数字"),
        ({"wage-3-item": "卖竹编"}, "金额（元）：没有填写"),
        ({"period_to": "2017-12-31"}, "计算期止：计算期止早于计算期起"),
        ({"period_from": "2018-03-01"}, "不是连续 12 个月"),
        ({"size": "9"}, "家庭人口：收入测算表按 9 人计算"),
        (
            {"transfer-6-amount": "2000", "transfer-6-excluded": ""},
            "一次性救助、慰问金不计入收入",
        ),
    ],
)
def test_a_worksheet_that_does_not_add_up_is_refused_with_both_figures(
    leaving: Desk, typed: dict[str, str], sentence: str
) -> None:
    sent = leaving.typed(WorksheetForm, "verify", **{**SHEET, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not Worksheet.objects.exists()


def test_a_worksheet_without_items_is_refused(leaving: Desk) -> None:
    sent = leaving.typed(WorksheetForm, "verify", stated_net="0")

    assert not sent.is_valid()
    assert "收入测算表没有收入项目" in errors(sent)


def test_a_checklist_keeps_what_was_asked_and_leaves_the_rest_open(
    leaving: Desk,
) -> None:
    leaving.save(
        ChecklistForm,
        "verify",
        food="yes",
        school="no",
        water_litres="20",
        housing_grade="B",
        blockers=["因贫辍学"],
    )

    listed = Checklist.objects.get()
    assert (listed.food, listed.school, listed.clothing) == (True, False, None)
    assert listed.blockers == ["因贫辍学"]
    shown = leaving.blank(ChecklistForm, "verify")
    assert shown.readings()[0].text == "义务教育、每人每天 20 升，少于 35 升"
    assert shown.fields["water_litres"].help_text == "不少于 35 升"
    assert not leaving.typed(ChecklistForm, "verify").has_changed()


def test_an_empty_checklist_is_refused(identification: Desk) -> None:
    sent = identification.typed(ChecklistForm, "verify", housing_grade="")

    assert not sent.is_valid()
    assert errors(sent) == ["核查表一项也没有填"]
    assert "blockers" not in sent.fields
