"""The register of paper kinds: what each sheet is called, who issues it, who signs.

Knows the names of papers; must not know when in a procedure one is issued.
"""

from django.utils.translation import gettext_noop

from notices.paper_kind import PaperKind
from registry.places import Level

_VILLAGE_OFFICE = "村民委员会"
_GOVERNMENT = "人民政府"
_COUNTY_OFFICE = "扶贫开发办公室"


_KINDS = (
    PaperKind(
        code="application",
        sheet="official",
        title=gettext_noop("贫困户申请书"),
        word="申请",
        level=Level.VILLAGE,
        per="household",
        signers=("申请人（户主）",),
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
    ),
    PaperKind(
        code="ballot",
        title=gettext_noop("民主评议票"),
        word="评票",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        law="《村民委员会组织法》",
    ),
    PaperKind(
        code="sign_in",
        title=gettext_noop("会议签到表"),
        word="签到",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        law="《村民委员会组织法》",
    ),
    PaperKind(
        code="minutes",
        title=gettext_noop("民主评议会议记录"),
        word="评记",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        signers=("主持人", "记录人", "计票人", "监票人"),
        law="《村民委员会组织法》",
    ),
    PaperKind(
        code="tally",
        title=gettext_noop("民主评议计票汇总表"),
        word="评汇",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        signers=("唱票人", "计票人", "监票人"),
        law="《村民委员会组织法》",
    ),
    PaperKind(
        code="verification",
        title=gettext_noop("入户核查表"),
        word="核查",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        per="household",
        signers=("核查人", "核查人", "户主"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="worksheet",
        title=gettext_noop("家庭人均纯收入测算表"),
        word="测算",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        per="household",
        signers=("户主", "测算人", "村民委员会"),
        law="家庭年人均纯收入测算办法",
    ),
    PaperKind(
        code="comparison_list",
        sheet="wide",
        title=gettext_noop("信息比对结果清单"),
        word="扶比",
        level=Level.COUNTY,
        office=_COUNTY_OFFICE,
        signers=("比对人", "负责人"),
        law="湖南省“两评议两公示一比对一公告”程序",
    ),
    PaperKind(
        code="first_publicity",
        sheet="official",
        title=gettext_noop("第一次公示"),
        word="公示",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        public=True,
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
    ),
    PaperKind(
        code="second_publicity",
        sheet="official",
        title=gettext_noop("第二次公示"),
        word="公示",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        public=True,
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
    ),
    PaperKind(
        code="village_publicity",
        sheet="official",
        title=gettext_noop("村内公示"),
        word="公示",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        public=True,
        law="厅字〔2016〕16号",
    ),
    PaperKind(
        code="township_publicity",
        sheet="official",
        title=gettext_noop("乡镇公示"),
        word="公示",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        public=True,
        law="外地退出程序（推定）",
    ),
    PaperKind(
        code="township_opinion",
        title=gettext_noop("乡镇审核意见"),
        word="审核",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        signers=("经办人", "负责人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="township_list",
        title=gettext_noop("乡镇上报名册"),
        word="扶报",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        signers=("填报人", "负责人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="approval_list",
        title=gettext_noop("县级审定名单"),
        word="扶审",
        level=Level.COUNTY,
        office=_GOVERNMENT,
        signers=("复核人", "审定人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="announcement",
        sheet="official",
        title=gettext_noop("公告"),
        word="政告",
        level=Level.COUNTY,
        office=_GOVERNMENT,
        public=True,
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="household_card",
        title=gettext_noop("建档立卡户登记卡"),
        word="户卡",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        per="household",
        signers=("户主", "登记人"),
        law="国开办发〔2014〕24号",
    ),
    PaperKind(
        code="exit_confirmation",
        title=gettext_noop("脱贫确认书"),
        word="脱确",
        level=Level.VILLAGE,
        office=_VILLAGE_OFFICE,
        per="household",
        signers=("户主", "帮扶责任人", "驻村工作队队长"),
        law="厅字〔2016〕16号",
    ),
    PaperKind(
        code="exit_notification",
        sheet="official",
        title=gettext_noop("脱贫告知书"),
        word="脱告",
        level=Level.TOWNSHIP,
        office=_GOVERNMENT,
        per="household",
        signers=("户主",),
        law="外地退出档案式样（推定）",
    ),
    PaperKind(
        code="not_eligible",
        title=gettext_noop("不予认定说明"),
        word="说明",
        level=None,
        per="household",
        signers=("经办人", "户主"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
    ),
    PaperKind(
        code="objection_record",
        title=gettext_noop("异议处理登记表"),
        word="异处",
        level=None,
        signers=("调查人", "负责人"),
        law="《村民委员会组织法》",
    ),
)

KINDS: dict[str, PaperKind] = {kind.code: kind for kind in _KINDS}

PUBLIC_KINDS = frozenset(kind.code for kind in _KINDS if kind.public)

# Whose office speaks when the kind leaves the level open.
_OFFICES = {
    Level.VILLAGE: _VILLAGE_OFFICE,
    Level.TOWNSHIP: _GOVERNMENT,
    Level.COUNTY: _GOVERNMENT,
}


def named(code: str) -> PaperKind:
    """Return the kind of that code.

    Raises: KeyError for a code nobody declared.
    """
    return KINDS[code]


def issuer_name(code: str, place_name: str, level: Level) -> str:
    """Return the body that speaks on the paper: 十八洞村 -> 十八洞村村民委员会."""
    office = KINDS[code].office or _OFFICES.get(level, _GOVERNMENT)
    if office == _VILLAGE_OFFICE:
        return _village_office(place_name)
    return f"{place_name}{office}"


def _village_office(place_name: str) -> str:
    if place_name.endswith("居委会"):
        return f"{place_name.removesuffix('居委会')}居民委员会"
    if place_name.endswith("社区"):
        return f"{place_name}居民委员会"
    return f"{place_name}{_VILLAGE_OFFICE}"


def short_name(place_name: str, level: Level) -> str:
    """Return the agency part of a number: 双龙镇 -> 双镇, 花垣县 -> 花."""
    if level not in {Level.TOWNSHIP, Level.VILLAGE}:
        return place_name[:1]
    place_name = place_name.removesuffix("居委会")
    ending = "街" if place_name.endswith("街道") else place_name[-1:]
    return place_name[:1] + ending
