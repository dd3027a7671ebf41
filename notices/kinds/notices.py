"""Kinds put up for everybody to read."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import GOVERNMENT, VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

NOTICES = (
    PaperKind(
        code="first_publicity",
        sheet="notice",
        title=gettext_noop("第一次公示"),
        word="公示",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        public=True,
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
        version=2,
    ),
    PaperKind(
        code="second_publicity",
        sheet="notice",
        title=gettext_noop("第二次公示"),
        word="公示",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        public=True,
        law="国开办发〔2014〕24号；湘扶办发〔2014〕6号",
        version=2,
    ),
    PaperKind(
        code="village_publicity",
        sheet="notice",
        title=gettext_noop("村内公示"),
        word="公示",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        public=True,
        law="厅字〔2016〕16号",
        version=2,
    ),
    PaperKind(
        code="township_publicity",
        sheet="notice",
        title=gettext_noop("乡镇公示"),
        word="公示",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        public=True,
        law="外地退出程序（推定）",
        version=2,
    ),
    PaperKind(
        code="announcement",
        sheet="official",
        title=gettext_noop("公告"),
        word="政告",
        level=Level.COUNTY,
        office=GOVERNMENT,
        public=True,
        law="国开办发〔2014〕24号；厅字〔2016〕16号",
        version=2,
    ),
)
