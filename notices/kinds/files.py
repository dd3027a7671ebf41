"""Kinds that hold a household's file together: one household, one volume."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

_LAW = "《精准扶贫档案管理办法》"

FILES = (
    PaperKind(
        code="file_cover",
        sheet="cover",
        title=gettext_noop("案卷封面"),
        word="卷封",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        law=_LAW,
    ),
    PaperKind(
        code="file_index",
        title=gettext_noop("卷内目录"),
        word="卷目",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        per="household",
        signers=("立卷人", "检查人"),
        law=_LAW,
    ),
)
