"""The 53 columns of the household sheet 户信息, in its order (Q41), and four others.

The sheet comes from code written against exports of the national system; an official
order is not proven, so columns are found by header and never by position.
"""

from functools import partial
from typing import Final

from registry.codes import Attribute, Cause, HousingGrade
from registry.columns.column import Column, Home, Kind, Subject

_column = partial(Column, subject=Subject.HOUSEHOLD)
_place = partial(_column, home=Home.PLACE)
_yes_no = partial(_column, kind=Kind.YES_NO)
_yuan = partial(_column, kind=Kind.NUMBER, unit="元")
_mu = partial(_column, kind=Kind.NUMBER, unit="亩", largest=100_000)
_kept = partial(_column, home=Home.REGISTER)
_repeated = partial(_column, home=Home.REPEATED)

# P9's spelling beside the register's own.
_CAUSES = {"其它": Cause.OTHER.value, "缺劳动力": Cause.NO_LABOUR.value}
_GRADES = {grade.value: grade.value for grade in HousingGrade}
# The 2014 form (P9) knew these two; `Attribute` says what they read as.
_ATTRIBUTES = {
    "低保户": Attribute.LOW_INCOME_POOR.value,
    "五保户": Attribute.DESTITUTE_POOR.value,
}

HOUSEHOLD_COLUMNS: Final = (
    _place(identifier="province", header="省", synonyms=("省份", "省（区、市）")),
    _place(identifier="prefecture", header="市", synonyms=("市（州）", "州", "市州")),
    _place(
        identifier="county",
        header="县",
        synonyms=("县（市、区）", "县（市、区、旗）", "区县", "县市"),
    ),
    _place(
        identifier="township",
        header="乡",
        synonyms=("乡（镇）", "乡镇", "镇", "乡（镇、街道）", "乡镇街道"),
    ),
    _place(
        identifier="village",
        header="村",
        synonyms=("行政村", "村名", "村（社区）", "所在村", "行政村（社区）"),
    ),
    _kept(
        identifier="household_number",
        header="户编号",
        kind=Kind.NUMBERING,
        field="number",
        synonyms=("家庭编号", "户号", "档案号", "户编码"),
    ),
    _column(identifier="head_number", header="户主编号", kind=Kind.NUMBERING),
    _repeated(identifier="head_name", header="户主姓名", kind=Kind.NAME),
    _repeated(
        identifier="head_id",
        header="户主证件号码",
        kind=Kind.ID_NUMBER,
        synonyms=("户主身份证号码", "户主身份证号", "户主证件号"),
    ),
    _repeated(
        identifier="size",
        header="家庭人口数",
        kind=Kind.COUNT,
        unit="人",
        largest=99,
        synonyms=("家庭人口", "人口数", "家庭人数", "人数"),
    ),
    _yes_no(
        identifier="dangerous_house",
        header="是否危房户",
        synonyms=("危房户", "是否危房"),
    ),
    _yuan(
        identifier="net_income_per_head",
        header="人均纯收入",
        negative=True,
        synonyms=("人均纯收入（元）", "家庭人均纯收入"),
    ),
    _yuan(
        identifier="annual_income",
        header="年收入",
        synonyms=("年收入（元）", "家庭年收入"),
    ),
    _kept(
        identifier="water_safe",
        header="是否解决安全饮用水",
        kind=Kind.YES_NO,
        field="water_safe",
        synonyms=("饮水安全", "是否饮水安全", "饮水是否安全"),
    ),
    _column(
        identifier="year", header="年度", kind=Kind.YEAR, synonyms=("年份", "数据年度")
    ),
    _column(identifier="village_phone", header="村办公电话", kind=Kind.PHONE),
    _column(identifier="bank", header="开户银行名称", synonyms=("开户银行", "开户行")),
    _column(
        identifier="bank_card",
        header="银行卡号",
        kind=Kind.ACCOUNT,
        synonyms=("银行账号", "银行帐号", "一卡通账号", "一卡通号"),
    ),
    _column(identifier="standard", header="识别标准"),
    _kept(
        identifier="main_cause",
        header="主要致贫原因",
        kind=Kind.CODE,
        codes=Cause,
        words=_CAUSES,
        field="main_cause",
        synonyms=("致贫原因", "致贫原因1", "主要致贫（返贫）原因"),
    ),
    _kept(
        identifier="other_causes",
        header="次要致贫原因",
        kind=Kind.CODES,
        codes=Cause,
        words=_CAUSES,
        field="other_causes",
        synonyms=("其他致贫原因", "其它致贫原因"),
    ),
    _yuan(
        identifier="wage_income", header="工资性收入", synonyms=("工资性收入（元）",)
    ),
    _yuan(
        identifier="operating_income",
        header="生产经营性收入",
        synonyms=("经营性收入", "生产经营性收入（元）"),
    ),
    _yuan(
        identifier="property_income",
        header="财产性收入",
        synonyms=("财产性收入（元）",),
    ),
    _yuan(
        identifier="transfer_income",
        header="转移性收入",
        synonyms=("转移性收入（元）",),
    ),
    _yuan(identifier="family_planning_money", header="计划生育金"),
    _yuan(identifier="low_income_money", header="低保金"),
    _yuan(identifier="destitute_money", header="五保金", synonyms=("特困供养金",)),
    _yuan(identifier="pension_money", header="养老保险金"),
    _yuan(identifier="ecology_money", header="生态补偿金"),
    _yuan(identifier="other_transfer_income", header="其他转移性收入"),
    _yuan(
        identifier="operating_cost",
        header="生产经营性支出",
        synonyms=("生产经营性支出（元）",),
    ),
    _yuan(
        identifier="net_income",
        header="纯收入",
        negative=True,
        synonyms=("纯收入（元）", "家庭纯收入"),
    ),
    _yuan(identifier="asset_dividend", header="资产收益扶贫分红收入"),
    _yuan(identifier="other_property_income", header="其他财产性收入"),
    _kept(
        identifier="farmland",
        header="耕地面积（亩）",
        kind=Kind.NUMBER,
        unit="亩",
        largest=99_999,
        field="farmland_mu",
        synonyms=("耕地面积",),
    ),
    _mu(identifier="water_area", header="水面面积", synonyms=("水面面积（亩）",)),
    _yes_no(
        identifier="in_cooperative",
        header="是否加入农民专业合作组织",
        synonyms=("是否加入农民专业合作社",),
    ),
    _mu(
        identifier="reforested",
        header="退耕还林面积（亩）",
        synonyms=("退耕还林面积",),
    ),
    _mu(identifier="orchard", header="林果面积（亩）", synonyms=("林果面积",)),
    _mu(identifier="pasture", header="牧草地面积", synonyms=("牧草地面积（亩）",)),
    _mu(identifier="forest", header="林地面积（亩）", synonyms=("林地面积",)),
    _yes_no(identifier="production_power", header="是否通生产用电"),
    _yes_no(identifier="household_power", header="是否通生活用电"),
    _yes_no(identifier="broadcasting", header="是否通广播电视"),
    _column(
        identifier="road_distance",
        header="与村主干路距离",
        kind=Kind.NUMBER,
        unit="公里",
        largest=1000,
        synonyms=("与村主干路距离（公里）", "与村主干道距离"),
    ),
    _column(identifier="road_kind", header="入户路类型"),
    _column(
        identifier="floor_area",
        header="住房面积",
        kind=Kind.NUMBER,
        unit="平方米",
        largest=10_000,
        synonyms=("住房面积（平方米）",),
    ),
    _yes_no(
        identifier="toilet", header="是否有卫生厕所", synonyms=("是否有卫生厕所户",)
    ),
    _column(identifier="fuel", header="主要燃料类型"),
    _kept(
        identifier="housing_grade",
        header="危房级别",
        kind=Kind.CODE,
        codes=HousingGrade,
        words=_GRADES,
        field="housing_grade",
        synonyms=("住房等级", "住房安全等级", "房屋等级"),
    ),
    _yes_no(identifier="led_by_enterprise", header="是否有龙头企业带动"),
    _yes_no(identifier="led_by_leader", header="是否有创业致富带头人带动"),
)

# On village rosters and in the list of exited persons (Q43), not on Q41's sheet.
HOUSE_COLUMNS: Final = (
    _kept(
        identifier="group",
        header="村民小组",
        field="group",
        synonyms=("组", "组别", "小组", "自然村", "村组", "自然村（组）"),
        source="Q43",
    ),
    _kept(
        identifier="attribute",
        header="贫困户属性",
        kind=Kind.CODE,
        codes=Attribute,
        words=_ATTRIBUTES,
        field="attribute",
        synonyms=("户属性", "脱贫户属性"),
        source="Q44",
    ),
    _kept(
        identifier="household_phone",
        header="户联系电话",
        kind=Kind.PHONE,
        field="phone",
        synonyms=("联系电话", "电话", "手机号", "手机号码", "家庭联系电话"),
        source="Q42",
    ),
    # Kept when the number in 户编号 is not one of ours.
    _column(
        identifier="national_number",
        header="国家系统户编号",
        kind=Kind.NUMBERING,
        source="Q44",
    ),
)
