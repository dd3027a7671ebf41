"""Kinds of a look-back and a removal: the meeting, what was found, what the household is told, what is posted."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import GOVERNMENT, VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

REMOVALS = (
    PaperKind(
        code="analysis_minutes",
        title=gettext_noop("贫情分析会议记录"),
        word="析记",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        signers=("主持人", "记录人"),
        law="外地回头看贫情分析做法（推定）",
    ),
    PaperKind(
        code="removal_register",
        title=gettext_noop("清退对象核定登记表"),
        word="清核",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("核定人", "核定人", "户主"),
        law="外地回头看核定登记表式样（推定）",
    ),
    PaperKind(
        code="removal_notification",
        sheet="official",
        title=gettext_noop("清退通知书"),
        word="清通",
        level=Level.TOWNSHIP,
        office=GOVERNMENT,
        per="household",
        signers=("户主",),
        law="外地回头看通知书式样（推定）",
    ),
    PaperKind(
        code="removal_publicity",
        sheet="notice",
        title=gettext_noop("清退和保留名单公示"),
        word="公示",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        public=True,
        law="外地回头看公示做法（推定）",
    ),
)
