"""Kinds about natural changes of families (自然增减)."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import COUNTY_OFFICE, VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

_LAW = "湘扶办发〔2019〕24号；自然增减办理流程（推定）"

CHANGES = (
    PaperKind(
        code="change_form",
        title=gettext_noop("家庭成员变更登记表"),
        word="变登",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("户主", "经办人", "核实人"),
        law=_LAW,
    ),
    PaperKind(
        code="change_list",
        sheet="wide",
        title=gettext_noop("家庭成员自然变更汇总表"),
        word="变汇",
        level=None,
        signers=("经办人", "负责人"),
        law=_LAW,
    ),
    PaperKind(
        code="change_notice",
        sheet="notice",
        title=gettext_noop("自然变更名单"),
        word="变公",
        level=Level.COUNTY,
        office=COUNTY_OFFICE,
        public=True,
        law=_LAW,
    ),
)
