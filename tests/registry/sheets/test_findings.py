"""Faults in cells, rows and families: each told by its rule, with the cell it is in."""

from datetime import date
from typing import Any

import pytest

from registry.models import ImportFinding, ImportRun, RunState
from registry.sheets.rules import RULES, Level
from registry.sheets.tables import address
from tests.registry.factories import VILLAGE, household, member, wife
from tests.registry.sheets import books
from tests.registry.sheets.books import HEAD, HOUSEHOLD, SON, WIFE
from tests.registry.sheets.runs import accepted, checked, found

pytestmark = pytest.mark.usefixtures("places")


def at(header: str, row: int) -> str:
    """Return where a column of the person sheet stands in a row."""
    return f"人口信息!{address(books.PERSON_HEADERS.index(header), row)}"


def of_household(header: str) -> str:
    """Return where a column of the household sheet stands in its one row."""
    return f"户信息!{address(books.HOUSEHOLD_HEADERS.index(header), 2)}"


def with_wife(**cells: Any) -> ImportRun:
    return checked(books.xlsx(books.national(members=[HEAD, {**WIFE, **cells}, SON])))


def with_household(**cells: Any) -> ImportRun:
    return checked(books.xlsx(books.national([{**HOUSEHOLD, **cells}])))


LOST = books.WIFE_ID[:15] + "000"


@pytest.mark.parametrize(
    ("header", "cell", "rule"),
    [
        ("证件号码", 433124197009090224, "number_not_text"),
        ("证件号码", 4.33124197009090e17, "number_not_text"),
        ("证件号码", "4.33124E+17", "scientific"),
        ("证件号码", LOST, "id_lost_digits"),
        ("证件号码", "433124700909022", "id_15"),
        ("证件号码", "43312419700909", "id_shape"),
        ("证件号码", "无", "id_shape"),
        ("证件号码", "99" + books.WIFE_ID[2:], "id_region"),
        ("证件号码", "433124197013090220", "id_birth"),
        ("证件号码", books.WIFE_ID[:-1] + "3", "id_check_digit"),
        ("出生日期", "5/1/70", "date_ambiguous"),
        ("出生日期", "1970-09", "date_incomplete"),
        ("出生日期", "1970-02-30", "date_shape"),
        ("出生日期", "不详", "date_shape"),
        ("出生日期", "1970-09-10", "birth_not_id"),
        ("性别", "男", "sex_not_id"),
        ("性别", "女人", "code_unknown"),
        ("姓名", "龙腊梅1", "name_character"),
        ("姓名", "龙\ue000梅", "name_private_use"),
        ("姓名", None, "required"),
        ("与户主关系", None, "required"),
        ("与户主关系", "之妻子", "code_unknown"),
        ("与户主关系", "户主", "two_heads"),
        ("与户主关系", "之子", "sex_not_relation"),
        ("民族", "外星族", "code_unknown"),
        ("健康状况", "健康、残疾", "health_both"),
        ("在校生状况", "七年级", "education_and_school"),
        ("年度", "二〇二五", "year_shape"),
        ("务工时间（月）", 13, "number_range"),
        ("务工时间（月）", 2.5, "count_shape"),
        ("务工时间（月）", "半年", "number_shape"),
        ("是否享受低保", "也许", "yes_no"),
        ("成员联系电话", "1390", "phone_shape"),
        ("户编号", 4331241102260001, "number_not_text"),
    ],
)
def test_a_fault_in_a_cell_of_a_person_is_told(
    header: str, cell: object, rule: str
) -> None:
    errors = found(with_wife(**{header: cell}), "error")

    assert rule in errors
    row = 2 if rule == "two_heads" else 3
    assert errors[rule][0] == at(header, row)


@pytest.mark.parametrize(
    ("header", "cell", "rule"),
    [
        ("银行卡号", 6217991234567890, "number_not_text"),
        ("银行卡号", "6.21799E+18", "scientific"),
        ("银行卡号", "六二一七", "account_shape"),
        ("耕地面积（亩）", -1, "number_range"),
        ("耕地面积（亩）", "两亩", "number_shape"),
        ("家庭人口数", 4, "size_differs"),
        ("户主姓名", "石秋生", "head_differs"),
        ("户主证件号码", books.SON_ID, "head_differs"),
        ("次要致贫原因", "缺技术、缺资金、缺水", "causes_many"),
        ("次要致贫原因", "因病", "cause_twice"),
        ("危房级别", "E级", "code_unknown"),
        ("村", "没有村", "village_unknown"),
        ("户编号", f"{VILLAGE}0002", "household_without_members"),
    ],
)
def test_a_fault_in_a_cell_of_a_household_is_told(
    header: str, cell: object, rule: str
) -> None:
    errors = found(with_household(**{header: cell}), "error")

    assert errors[rule][0] == of_household(header)


@pytest.mark.parametrize(
    ("header", "cell", "rule", "level"),
    [
        ("证件号码", f" {books.WIFE_ID} ", "number_tidied", Level.TIDIED),
        ("证件号码", books.WIFE_ID.translate({48 + n: 0xFF10 + n for n in range(10)}), "number_tidied", Level.TIDIED),
        ("姓名", "龙 腊 梅", "name_tidied", Level.TIDIED),
        ("成员联系电话", 13900001111, "exact_number", Level.TIDIED),
        ("出生日期", 25820, "date_serial", Level.TIDIED),
        ("文化程度", None, "schooling_neither", Level.WARN),
        ("务工时间（月）", 3, "work_without_place", Level.WARN),
        ("务工所在地", "长沙市", "place_without_work", Level.WARN),
        ("是否参加城镇职工基本医疗保险", "是", "medical_both", Level.EXPLAIN),
        ("是否参加新型农村合作医疗（城乡居民基本医疗保险）", "否", "medical_none", Level.WARN),
    ],
)  # fmt: skip
def test_what_is_safe_is_put_right_and_what_is_odd_is_told(
    header: str, cell: object, rule: str, level: Level
) -> None:
    run = with_wife(**{header: cell})

    assert (found(run, "error"), rule in found(run, level)) == ({}, True)


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"与村主干路距离": 6}, "road_far"),
        ({"生产经营性收入": 5000}, "cost_missing"),
        ({"生态补偿金": 800}, "ecology_without_land"),
        ({"工资性收入": 200}, "wage_small"),
        ({"工资性收入": 300_001}, "wage_large"),
        ({"退耕还林面积（亩）": 3, "林地面积（亩）": 2}, "reforested_large"),
        ({"水面面积": None}, "land_missing"),
    ],
)
def test_a_doubtful_value_of_a_household_is_told(
    cells: dict[str, Any], rule: str
) -> None:
    assert rule in found(with_household(**cells), "explain", "warn")


def test_a_rule_of_2021_does_not_judge_an_earlier_year() -> None:
    members = [{**m, "年度": 2019} for m in (HEAD, WIFE, SON)]
    told = {**HOUSEHOLD, "年度": 2019, "工资性收入": 200}

    assert "wage_small" not in found(
        checked(books.xlsx(books.national([told], members)))
    )


def test_an_error_cell_is_seen_where_the_reader_gives_nothing() -> None:
    run = checked(books.error_cells(books.national(), "人口信息", 2, 2))

    assert found(run, "error")["error_cell"] == ["人口信息!C3"]


def test_one_person_in_two_households_of_a_file_is_told() -> None:
    other = f"{VILLAGE}0002"
    again = [{**HEAD, "户编号": other, "与户主关系": "户主"}]
    run = checked(
        books.xlsx(
            books.national(
                [HOUSEHOLD, {**HOUSEHOLD, "户编号": other, "家庭人口数": 1}],
                [HEAD, WIFE, SON, *again],
            )
        )
    )

    assert found(run, "error")["person_twice_in_file"] == [at("证件号码", 5)]


def test_a_person_of_another_household_of_the_register_is_told() -> None:
    household(member("石春生", id_number=books.HEAD_ID), number=f"{VILLAGE}0009")
    run = checked(books.xlsx(books.national()))

    assert found(run, "error")["person_elsewhere"] == [at("证件号码", 2)]


def test_one_number_under_another_name_has_to_be_explained() -> None:
    accepted(checked(books.xlsx(books.national())))
    run = with_wife(姓名="龙冬梅")

    assert found(run, "explain")["name_differs"] == [at("姓名", 3)]


def test_a_household_of_another_village_is_told() -> None:
    home = household(member(), wife(), number=books.NUMBER)
    home.place_id = "433124110227"
    home.save()

    assert "household_elsewhere" in found(
        checked(books.xlsx(books.national())), "error"
    )


def test_certificates_are_masked_in_findings() -> None:
    with_wife(证件号码=LOST)

    values = ImportFinding.objects.filter(column="id_number").values_list(
        "value", flat=True
    )
    assert set(values) == {"433124" + "*" * 12}


def test_every_finding_is_of_a_known_rule() -> None:
    run = with_wife(证件号码=LOST, 姓名=None, 性别="男")

    assert set(found(run)) <= RULES.keys()


def test_hidden_rows_totals_and_unknown_columns_are_told() -> None:
    sheets = books.national()
    sheets["人口信息"][0].append("备注2")
    sheets["人口信息"].append(["合计", None, 3])
    run = checked(books.xls(sheets, hidden_rows=[2]))

    told = found(run)
    assert {"row_hidden", "total_row", "column_unknown"} <= told.keys()
    assert run.told[1]["hidden_rows"] == 1
    assert run.state == RunState.CHECKED


def test_a_birth_may_be_a_real_date() -> None:
    assert found(with_wife(出生日期=date(1970, 9, 9)), "error") == {}
