"""Kinds that go from one office to another."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import COUNTY_OFFICE, GOVERNMENT
from notices.paper_kind import PaperKind
from registry.places import Level

LISTS = (
    PaperKind(
        code="comparison_list",
        sheet="wide",
        title=gettext_noop("信息比对结果清单"),
        word="扶比",
        level=Level.COUNTY,
        office=COUNTY_OFFICE,
        signers=("比对人", "负责人"),
        law="湖南省“两评议两公示一比对一公告”程序",
        version=2,
    ),
    PaperKind(
        code="township_opinion",
        title=gettext_noop("乡镇审核意见"),
        word="审核",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        signers=("经办人", "负责人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
    PaperKind(
        code="township_list",
        sheet="official",
        title=gettext_noop("乡镇上报名册"),
        word="扶报",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        signers=("填报人", "负责人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
    PaperKind(
        code="approval_list",
        sheet="official",
        title=gettext_noop("县级审定名单"),
        word="扶审",
        level=Level.COUNTY,
        office=GOVERNMENT,
        signers=("复核人", "审定人"),
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
)
