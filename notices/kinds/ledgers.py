"""Kinds that print the register: 县有档、乡有簿、村有册 and the prefecture's base.

The household's card (户有卡) is among the kinds about one household.
"""

from django.utils.translation import gettext_noop

from notices.kinds.offices import COUNTY_OFFICE, GOVERNMENT, VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

_LAW = "《精准扶贫档案管理办法》；县有档、乡有簿、村有册、户有卡"

# A roster lies on tables: neither number of a person, nor telephone, nor illness, nor a
# cause, which would tell it.
ROSTER_FIELDS = frozenset(
    {
        "number",
        "group",
        "head",
        "size",
        "standing",
        "attribute",
        "registered_on",
        "exited_on",
    }
)

LEDGERS = (
    PaperKind(
        code="village_roster",
        title=gettext_noop("建档立卡户名册"),
        word="册",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        signers=("填报人", "审核人"),
        rows=ROSTER_FIELDS,
        law=_LAW,
    ),
    PaperKind(
        code="township_book",
        sheet="wide",
        title=gettext_noop("建档立卡登记簿"),
        word="簿",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        signers=("填报人", "负责人"),
        law=_LAW,
    ),
    PaperKind(
        code="county_file",
        sheet="wide",
        title=gettext_noop("建档立卡档案汇总表"),
        word="档",
        level=Level.COUNTY,
        office=COUNTY_OFFICE,
        signers=("填报人", "负责人"),
        law=_LAW,
    ),
    PaperKind(
        code="prefecture_base",
        sheet="wide",
        title=gettext_noop("建档立卡数据库汇总表"),
        word="库",
        level=Level.PREFECTURE,
        office=COUNTY_OFFICE,
        signers=("填报人", "负责人"),
        law=_LAW,
    ),
)
