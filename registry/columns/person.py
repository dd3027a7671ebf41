"""The 47 columns of the person sheet 人口信息, in its order (Q42).

Those that the household sheet has too bear the same identifiers. Code from the same
author as Q41's; columns are found by header and never by position.
"""

from functools import partial
from typing import Final

from registry.codes import Education, Health, Labour, Sex, StudentStatus
from registry.columns.column import Column, Home, Kind, Subject, labels
from registry.columns.household import HOUSE_COLUMNS, HOUSEHOLD_COLUMNS
from registry.columns.relations import vocabulary, word_of
from registry.kinship import Relation
from registry.nationalities import Nationality

_column = partial(Column, subject=Subject.PERSON, source="Q42")
_yes_no = partial(_column, kind=Kind.YES_NO)
_kept = partial(_column, home=Home.REGISTER)

# Of the household sheet: where, which household, whose head, which year.
_SHARED = {c.identifier: c for c in (*HOUSEHOLD_COLUMNS, *HOUSE_COLUMNS)}
_SCHOOL = {f"普高{n}年级": f"senior_{i}" for i, n in enumerate("一二三", 1)} | {
    f"高中{n}年级": f"senior_{i}" for i, n in enumerate("一二三", 1)
}
_HEALTH = {"大病": Health.SERIOUS.value, "慢性病": Health.CHRONIC.value}
_LEARNING = {"文盲半文盲": Education.ILLITERATE.value, "文盲": "illiterate"} | {
    "本科": Education.UNIVERSITY.value,
    "专科": Education.COLLEGE.value,
}


def _peoples() -> dict[str, str]:
    """Return 苗 for 苗族, as people write."""
    return {
        word.removesuffix("族"): code
        for word, code in labels(Nationality).items()
        if word.endswith("族")
    }


PERSON_COLUMNS: Final = (
    *(
        _SHARED[name]
        for name in (
            "province",
            "prefecture",
            "county",
            "township",
            "village",
            "household_number",
        )
    ),
    _column(
        identifier="person_number",
        header="人口编号",
        kind=Kind.NUMBERING,
        synonyms=("人编号", "个人编号"),
    ),
    _kept(
        identifier="name",
        header="姓名",
        kind=Kind.NAME,
        field="name",
        synonyms=("成员姓名", "家庭成员姓名"),
    ),
    _kept(
        identifier="sex",
        header="性别",
        kind=Kind.CODE,
        codes=Sex,
        words={"男性": Sex.MALE.value, "女性": Sex.FEMALE.value},
        field="sex",
    ),
    _kept(
        identifier="birth",
        header="出生日期",
        kind=Kind.DATE,
        field="birth",
        synonyms=("出生年月日", "出生年月"),
    ),
    _column(identifier="certificate", header="证件类型"),
    _kept(
        identifier="id_number",
        header="证件号码",
        kind=Kind.ID_NUMBER,
        field="id_number",
        synonyms=(
            "身份证号码",
            "身份证号",
            "公民身份号码",
            "居民身份证号码",
            "身份证",
            "证件号",
        ),
    ),
    _kept(
        identifier="nationality",
        header="民族",
        kind=Kind.CODE,
        codes=Nationality,
        words=_peoples,
        field="nationality",
    ),
    _SHARED["household_phone"],
    _column(
        identifier="person_phone",
        header="成员联系电话",
        kind=Kind.PHONE,
        synonyms=("人联系电话",),
    ),
    _SHARED["year"],
    _kept(
        identifier="relation",
        header="与户主关系",
        kind=Kind.CODE,
        codes=Relation,
        words=vocabulary,
        word_of=word_of,
        field="relation",
        synonyms=("与户主的关系", "与户主之关系", "家庭关系", "关系"),
    ),
    _kept(
        identifier="education",
        header="文化程度",
        kind=Kind.CODE,
        codes=Education,
        words=_LEARNING,
        field="education",
        synonyms=("学历",),
    ),
    _kept(
        identifier="student_status",
        header="在校生状况",
        kind=Kind.CODE,
        codes=StudentStatus,
        words=_SCHOOL,
        field="student_status",
        synonyms=("在校生情况", "在校状况"),
    ),
    _kept(
        identifier="labour",
        header="劳动技能",
        kind=Kind.CODE,
        codes=Labour,
        words={"弱劳动力": Labour.WEAK.value, "半劳动力": Labour.WEAK.value},
        field="labour",
        synonyms=("劳动能力",),
    ),
    _column(
        identifier="work_months",
        header="务工时间（月）",
        kind=Kind.COUNT,
        unit="月",
        largest=12,
        synonyms=("务工时间", "务工时间（月数）", "务工月数"),
    ),
    _kept(
        identifier="health",
        header="健康状况",
        kind=Kind.CODES,
        codes=Health,
        words=_HEALTH,
        field="health",
    ),
    _column(identifier="party", header="政治面貌"),
    _column(identifier="employer", header="务工企业名称"),
    _yes_no(identifier="low_income_allowance", header="是否享受低保"),
    _yes_no(identifier="employee_pension", header="是否参加城镇职工基本养老保险"),
    _yes_no(identifier="serious_illness_insurance", header="是否参加大病保险"),
    _yes_no(
        identifier="resident_medical",
        header="是否参加新型农村合作医疗（城乡居民基本医疗保险）",
        synonyms=(
            "是否参加城乡居民基本医疗保险",
            "是否参加新型农村合作医疗",
            "是否参加城乡居民医疗保险",
        ),
    ),
    _yes_no(identifier="resident_pension", header="是否参加城乡居民基本养老保险"),
    _column(identifier="dropout_reason", header="失学或辍学原因"),
    _yes_no(identifier="speaks_mandarin", header="是否会讲普通话"),
    _yes_no(identifier="commercial_medical", header="是否参加商业补充医疗保险"),
    _yes_no(identifier="works_abroad", header="是否国外务工"),
    _column(identifier="industry", header="产业分类"),
    _yes_no(identifier="serious_illness_help", header="是否接受大病医疗救助"),
    _yes_no(identifier="other_health_help", header="是否接受其他健康扶贫"),
    _column(identifier="public_post", header="公益性岗位类型"),
    _column(
        identifier="public_post_months",
        header="公益性岗位(月数)",
        kind=Kind.COUNT,
        unit="月",
        largest=12,
        synonyms=("公益性岗位月数", "公益性岗位（月）"),
    ),
    _column(identifier="job_channel", header="就业渠道"),
    _column(identifier="disability", header="残疾类别"),
    _column(identifier="work_place", header="务工所在地", synonyms=("务工地点",)),
    _SHARED["head_name"],
    _SHARED["head_id"],
    _yes_no(identifier="employee_medical", header="是否参加城镇职工基本医疗保险"),
    _yes_no(
        identifier="destitute_support",
        header="是否特困供养人员",
        synonyms=("是否特困供养",),
    ),
    _column(identifier="disability_year", header="残疾证办证年度", kind=Kind.YEAR),
    _SHARED["standard"],
)
