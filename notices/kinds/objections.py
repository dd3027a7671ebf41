"""Kinds about objections: the record of each, the register of all, the answer."""

from django.utils.translation import gettext_noop

from notices.paper_kind import PaperKind

OBJECTIONS = (
    PaperKind(
        code="objection_record",
        title=gettext_noop("异议处理登记表"),
        word="异处",
        level=None,
        signers=("调查人", "负责人"),
        law="《村民委员会组织法》",
        version=2,
    ),
    PaperKind(
        code="objection_answer",
        sheet="official",
        title=gettext_noop("异议答复书"),
        word="异复",
        level=None,
        law="《村民委员会组织法》；《信访工作条例》（类推）",
    ),
    PaperKind(
        code="objection_register",
        sheet="wide",
        title=gettext_noop("异议登记簿"),
        word="异登",
        level=None,
        law="《村民委员会组织法》",
    ),
)
