"""The look-back (精准识别回头看): what a county orders and the four rosters it leads to.

Removal and exit and identification take their lists; the relapsed are only recorded,
their procedure (返贫录入) is not built yet.

Source: law §1.5 (P15 贫情分析会、四份名单; S0 二(五) 回头看实施方案、部门比对).
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from permissions.posts import Post
from procedures.gates.removals import REMOVE
from procedures.models import Decision, Hit
from procedures.papers.campaigns import analysis_minutes
from registry.codes import ON_THE_BOOKS, Standing
from workflows.campaign import CampaignKind, Leads, Roster

LOOK_BACK = "look_back"
EXIT, ADD, RELAPSED = "exit", "add", "relapsed"

ROSTERS = (
    Roster(
        slug=REMOVE,
        title=_("应剔除"),
        procedure="household_removal",
        standings=ON_THE_BOOKS,
        note=_("转入清退程序：入户核定、告知农户、群众评议"),
    ),
    Roster(
        slug=EXIT,
        title=_("应正常退出"),
        procedure="household_exit",
        standings=frozenset({Standing.REGISTERED}),
        note=_("作为建议名单转入退出程序"),
    ),
    Roster(
        slug=ADD,
        title=_("应新纳入"),
        procedure="household_identification",
        standings=frozenset({Standing.UNREGISTERED, Standing.REMOVED}),
        note=_("作为建议名单转入识别程序，由户主申请"),
    ),
    Roster(
        slug=RELAPSED,
        title=_("应返贫"),
        procedure="",
        standings=frozenset({Standing.EXITED}),
        note=_("登记在册；返贫录入程序还没有上线，不能在本系统办理"),
    ),
)


def leads(household_ids: Collection[int]) -> Leads:
    """Return what departments found about each household and nobody explained away."""
    rows = Hit.objects.filter(comparison__case__household__in=household_ids)
    rows = rows.exclude(decision=Decision.EXPLAINED).order_by("pk")
    found: dict[int, list[str]] = {}
    for hit in rows.select_related("comparison__case"):
        home = hit.comparison.case.household_id or 0
        found.setdefault(home, []).append(
            _("：").join([hit.department, hit.get_kind_display()])
        )
    return found


KIND = CampaignKind(
    slug=LOOK_BACK,
    title=_("精准识别回头看"),
    meeting=_("贫情分析会"),
    opens=Post.COUNTY_CLERK,
    meets=Post.VILLAGE_COMMITTEE,
    rosters=ROSTERS,
    leads=leads,
    papers=analysis_minutes,
)
