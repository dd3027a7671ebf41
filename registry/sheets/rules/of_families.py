"""What may be wrong with members and households put together, or beside the register.

Texts of the register's own checks (`registry.validity`) come from there; here stands
what the import makes of them. Year's values: checking rules of the national system,
paraphrased (Q20, Q41, Q42). Their levels are of this house: no source gives them.
"""

from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.refusals import Grade
from registry.sheets.rules.rule import Level, Rule
from registry.validity import SYSTEM_RULES

# The checking code that was read is of 2021 (Q41); what was asked before is not known.
SINCE: Final = date(2021, 1, 1)
# Yuan a year, kilometres (Q41).
LEAST_WAGE: Final = 300
LARGEST_WAGE: Final = 300_000
FARTHEST_ROAD: Final = 5

_error = partial(Rule, level=Level.ERROR)
_explain = partial(Rule, level=Level.EXPLAIN)
_warn = partial(Rule, level=Level.WARN)
_system = partial(Rule, source=SYSTEM_RULES, grade=Grade.ASSUMED, since=SINCE)
_improbable = partial(_system, level=Level.EXPLAIN)
_doubtful = partial(_system, level=Level.WARN)

# Of `registry.validity`: refusal code -> the column whose cell is marked.
REFUSED_AT: Final = {
    "name_empty": "name",
    "name_long": "name",
    "name_broken": "name",
    "name_private_use": "name",
    "name_character": "name",
    "id_shape": "id_number",
    "id_region": "id_number",
    "id_birth": "id_number",
    "id_check_digit": "id_number",
    "sex_not_id": "sex",
    "birth_not_id": "birth",
    "sex_missing": "sex",
    "birth_missing": "birth",
    "birth_after": "birth",
    "sex_not_relation": "relation",
    "relation_missing": "relation",
    "education_and_school": "student_status",
    "health_both": "health",
    "no_head": "relation",
    "two_heads": "relation",
    "two_spouses": "relation",
    "spouse_sex": "sex",
    "person_twice": "id_number",
    "causes_many": "other_causes",
    "cause_twice": "other_causes",
    "farmland": "farmland",
    "phone_shape": "household_phone",
}

FAMILIES: Final = (
    _error(
        code="person_twice_in_file",
        text=_("与%(where)s是同一证件号码"),
        hint=_("一人只能登记在一户"),
    ),
    _error(code="household_twice", text=_("与%(where)s是同一户编号")),
    _error(code="household_without_members", text=_("人口表里没有这一户的成员")),
    _error(code="member_without_household", text=_("看不出属于哪一户")),
    _error(code="two_villages", text=_("同一户编号出现在两个村")),
    _error(code="head_differs", text=_("户主与成员表里的户主不是同一人")),
    _error(code="size_differs", text=_("家庭人口数与成员表的%(count)d人不符")),
    _error(code="village_unknown", text=_("找不到这个村"), hint=_("请填行政村全名")),
    _error(code="village_missing", text=_("看不出是哪个村")),
    _error(
        code="village_ambiguous",
        text=_("有几个村叫这个名字"),
        hint=_("请补上乡（镇）一列"),
    ),
    _error(code="village_outside", text=_("不在本次导入的地区内")),
)

BESIDE_THE_REGISTER: Final = (
    _error(
        code="person_elsewhere",
        text=_("此人已登记在%(village)s的另一户"),
        hint=_("须先办理减少"),
    ),
    _error(code="household_elsewhere", text=_("这个户编号已登记在%(village)s")),
    _error(code="household_closed", text=_("这一户已经注销")),
    _error(
        code="head_unknown",
        text=_("档案里这一户没有表中的户主"),
        hint=_("须先办理人口增加或更换户主"),
    ),
    _explain(
        code="name_differs",
        text=_("档案里同一证件号码的姓名是“%(name)s”"),
        hint=_("改名须写明依据"),
    ),
    _explain(
        code="id_differs",
        text=_("档案里同名成员的证件号码不同"),
        hint=_("更正号码须写明依据"),
    ),
    _explain(
        code="member_new",
        text=_("档案里这一户没有此人"),
        hint=_("人口增加一般按自然增减办理"),
    ),
    _explain(
        code="head_new",
        text=_("档案里户主是“%(name)s”"),
        hint=_("更换户主须写明依据"),
    ),
    _warn(
        code="member_missing",
        text=_("档案里还有%(count)d名成员，表中没有，未作变动"),
        hint=_("人口减少按自然增减办理"),
    ),
)

VALUES: Final = (
    _doubtful(code="schooling_neither", text=_("文化程度和在校生状况都没有填")),
    _doubtful(code="work_without_place", text=_("有务工时间，没有务工所在地")),
    _doubtful(code="place_without_work", text=_("有务工所在地，没有务工时间")),
    _improbable(code="medical_both", text=_("居民医保和职工医保都填了“是”")),
    _doubtful(code="medical_none", text=_("居民医保和职工医保都填了“否”")),
    _doubtful(code="land_missing", text=_("六项土地面积没有填全"), hint=_("没有的填0")),
    _improbable(code="road_far", text=_("与村主干路距离超过%(most)d公里")),
    _doubtful(code="cost_missing", text=_("有生产经营性收入，没有生产经营性支出")),
    _doubtful(code="ecology_without_land", text=_("有生态补偿金，没有退耕还林面积")),
    _improbable(code="wage_small", text=_("工资性收入在0至%(most)d元之间")),
    _improbable(code="wage_large", text=_("工资性收入超过%(most)d元")),
    _improbable(
        code="reforested_large", text=_("退耕还林面积大于林地和牧草地面积之和")
    ),
)
