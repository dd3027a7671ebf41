"""Kinds about one household, most of them signed by it."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import GOVERNMENT, VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

HOUSEHOLDS = (
    PaperKind(
        code="application",
        sheet="official",
        title=gettext_noop("贫困户申请书"),
        word="申请",
        level=Level.VILLAGE,
        per="household",
        signers=("申请人（户主）",),
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
        version=2,
    ),
    PaperKind(
        code="verification",
        title=gettext_noop("入户核查表"),
        word="核查",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("核查人", "核查人", "户主"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
    PaperKind(
        code="worksheet",
        title=gettext_noop("家庭人均纯收入测算表"),
        word="测算",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("户主", "测算人", "村民委员会"),
        law="家庭年人均纯收入测算办法",
        version=2,
    ),
    PaperKind(
        code="household_card",
        title=gettext_noop("建档立卡户登记卡"),
        word="户卡",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        per="household",
        signers=("户主", "登记人"),
        law="国开办发〔2014〕24号",
        version=2,
    ),
    PaperKind(
        code="exit_confirmation",
        title=gettext_noop("脱贫确认书"),
        word="脱确",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("户主", "帮扶责任人", "驻村工作队队长"),
        law="厅字〔2016〕16号",
        version=2,
    ),
    PaperKind(
        code="exit_notification",
        sheet="official",
        title=gettext_noop("脱贫告知书"),
        word="脱告",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        per="household",
        signers=("户主",),
        law="外地退出档案式样（推定）",
        version=2,
    ),
    PaperKind(
        code="not_eligible",
        title=gettext_noop("不予认定说明"),
        word="说明",
        level=None,
        per="household",
        signers=("经办人", "户主"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
)
