"""The words in which a case's legal state is told to people.

Knows states by name; nothing of how one follows another.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures import household_exit as leaving
from procedures import household_identification as entering
from procedures import household_removal as removing
from procedures import natural_change as changing
from workflows import machine

ENDED: Mapping[str, Promise] = {
    machine.REFUSED: _("未通过"),
    machine.WITHDRAWN: _("户主已撤回"),
}

IDENTIFICATION: Mapping[str, Promise] = {
    machine.OPENED: _("待申请"),
    entering.APPLIED: _("已申请"),
    entering.NOMINATED: _("小组已提名"),
    entering.VERIFIED: _("已入户核实"),
    entering.COMPARED: _("已比对"),
    entering.APPRAISED: _("已评议"),
    entering.EXAMINED: _("村已审查"),
    entering.POSTED_FIRST: _("第一次公示中"),
    entering.CLOSED_FIRST: _("第一次公示期满"),
    entering.REVIEWED: _("乡镇已审核"),
    entering.POSTED_SECOND: _("第二次公示中"),
    entering.CLOSED_SECOND: _("已上报县"),
    entering.RECHECKED: _("县已复核"),
    entering.APPROVED: _("县已审定"),
    entering.ANNOUNCED: _("已公告"),
    entering.REGISTERED: _("已登记建档"),
    **ENDED,
}

EXIT: Mapping[str, Promise] = {
    machine.OPENED: _("预脱贫标识"),
    leaving.PROPOSED: _("小组已提名"),
    leaving.VERIFIED: _("已入户核实"),
    leaving.APPRAISED: _("已评议"),
    leaving.CONFIRMED: _("村已核实"),
    leaving.CONSENTED: _("户主已认可"),
    leaving.POSTED_VILLAGE: _("村内公示中"),
    leaving.CLOSED_VILLAGE: _("村内公示期满"),
    leaving.REVIEWED: _("乡镇已审核"),
    leaving.POSTED_TOWNSHIP: _("乡镇公示中"),
    leaving.CLOSED_TOWNSHIP: _("已上报县"),
    leaving.RECHECKED: _("县已复核"),
    leaving.APPROVED: _("县已审定"),
    leaving.ANNOUNCED: _("已公告退出"),
    leaving.DELISTED: _("已销号"),
    **ENDED,
}

REMOVAL: Mapping[str, Promise] = {
    machine.OPENED: _("待贫情分析"),
    removing.ANALYSED: _("已列入应剔除"),
    removing.INVESTIGATED: _("已入户核定"),
    removing.NOTIFIED: _("已告知农户"),
    removing.APPRAISED: _("已评议"),
    removing.POSTED_VILLAGE: _("村内公示中"),
    removing.CLOSED_VILLAGE: _("村内公示期满"),
    removing.REVIEWED: _("乡镇已审核"),
    removing.REPORTED: _("已上报县"),
    removing.APPROVED: _("县已审定"),
    removing.ANNOUNCED: _("已公告清退"),
    removing.REMOVED: _("已清退"),
    **ENDED,
}

NATURAL_CHANGE: Mapping[str, Promise] = {
    machine.OPENED: _("待申报"),
    changing.DECLARED: _("已申报"),
    changing.VERIFIED: _("村已核实"),
    changing.REVIEWED: _("乡镇已审核"),
    changing.ENTERED: _("已录入"),
    **ENDED,
}
