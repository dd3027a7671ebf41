"""Kinds of a meeting: sign-in, ballot, tally, minutes."""

from django.utils.translation import gettext_noop

from notices.kinds.offices import VILLAGE_OFFICE
from notices.paper_kind import PaperKind
from registry.places import Level

MEETINGS = (
    PaperKind(
        code="ballot",
        title=gettext_noop("民主评议票"),
        word="评票",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        law="《村民委员会组织法》",
        version=2,
    ),
    PaperKind(
        code="sign_in",
        title=gettext_noop("会议签到表"),
        word="签到",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        law="《村民委员会组织法》",
        version=2,
    ),
    PaperKind(
        code="minutes",
        title=gettext_noop("民主评议会议记录"),
        word="评记",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        signers=("主持人", "记录人", "计票人", "监票人"),
        law="《村民委员会组织法》",
        version=2,
    ),
    PaperKind(
        code="tally",
        title=gettext_noop("民主评议计票汇总表"),
        word="评汇",
        level=Level.VILLAGE,
        office=VILLAGE_OFFICE,
        signers=("唱票人", "计票人", "监票人"),
        law="《村民委员会组织法》",
        version=2,
    ),
)
