"""Removal of a wrongly registered household (清退): its steps in the order of the law.

Removed is not exited: the household should never have been registered, so it leaves
every denominator, while its whole trace stays. Numbers stand in ``rulebooks/``.

Source: law §1.5 (S0 二(五) 回头看、四类对象; P15 贫情分析、核定登记表; P16, P17 评议、
两份名单同时公示、通知书); P14 by analogy for the right to object.
"""

from django.utils.translation import gettext_lazy as _

from permissions.posts import Post
from procedures import gates
from workflows.flow import BatchFlow, Clock, Desk, End, Opening, this
from workflows.machine import OPENED, step
from workflows.models import Case

ANALYSED = "analysed"
INVESTIGATED = "investigated"
NOTIFIED = "notified"
APPRAISED = "appraised"
POSTED_VILLAGE = "posted_village"
CLOSED_VILLAGE = "closed_village"
REVIEWED = "reviewed"
REPORTED = "reported"
APPROVED = "approved"
ANNOUNCED = "announced"
REMOVED = "removed"


class HouseholdRemoval(Case):
    """A household stands on the register and should never have been put there."""

    class Meta:
        proxy = True
        verbose_name = _("贫困户清退")

    @step(
        _("贫情分析"),
        source=OPENED,
        target=ANALYSED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            gates.still_registered,
            gates.no_other_open_case,
            gates.on_removal_roster,
        ],
        law="P15; S0 二(五)",
    )
    def analyse(self) -> None:
        """The analysis meeting of a look-back put the household on the removal roster."""

    @step(
        _("入户核定"),
        source=ANALYSED,
        target=INVESTIGATED,
        post=Post.WORK_TEAM,
        gates=[
            gates.two_visitors,
            gates.visitors_not_kin,
            gates.visit_not_in_future,
            gates.hits_decided,
            gates.grounds_established,
        ],
        forms=["removal_register"],
        returns=["analyse"],
        law="P15",
    )
    def investigate(self) -> None:
        """The verification team visits and writes down ground and evidence."""

    @step(
        _("告知农户"),
        source=INVESTIGATED,
        target=NOTIFIED,
        post=Post.TOWNSHIP_CLERK,
        gates=[
            gates.household_informed,
            gates.proxy_witnessed,
            gates.statement_answered,
        ],
        forms=["removal_notification"],
        returns=["investigate"],
        law="P16; P14",
    )
    def notify(self) -> None:
        """The household is told the reason in writing and says what it has to say."""

    @step(
        _("民主评议"),
        source=NOTIFIED,
        target=APPRAISED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            gates.meeting_recorded,
            gates.meeting_after_visit,
            gates.meeting_after_notification,
            gates.comparison_read_out,
            gates.meeting_not_in_future,
            gates.meeting_quorate,
            gates.tellers_named,
            gates.kin_recused,
            gates.votes_sum,
            gates.majority_reached,
        ],
        forms=["sign_in", "ballot"],
        papers=["minutes", "tally"],
        returns=["investigate", "notify"],
        law="P17; P16",
    )
    def appraise(self) -> None:
        """More than half of the households appraise and vote, one by one."""

    @step(
        _("张贴村内公示"),
        source=APPRAISED,
        target=POSTED_VILLAGE,
        post=Post.VILLAGE_COMMITTEE,
        posts="removal_publicity",
        gates=[gates.notice_posted, gates.posting_dates_right],
        returns=["appraise"],
        law="P16",
    )
    def post_village(self) -> None:
        """Those to be removed and those who stay are posted on one sheet."""

    @step(
        _("村内公示期满"),
        source=POSTED_VILLAGE,
        target=CLOSED_VILLAGE,
        post=Post.SUPERVISION_COMMITTEE,
        gates=[gates.publicity_over, gates.no_open_objection, gates.list_unchanged],
        returns=["investigate", "notify", "appraise", "post_village"],
        apart=["post_village"],
        law="P16; L1 art. 32",
    )
    def close_village(self) -> None:
        """Those who watch over village affairs attest that no objection is open."""

    @step(
        _("乡镇审核"),
        source=CLOSED_VILLAGE,
        target=REVIEWED,
        post=Post.TOWNSHIP_CLERK,
        gates=[
            gates.no_open_objection,
            gates.sample_drawn,
            gates.site_checked,
            gates.checkers_not_kin,
            gates.site_check_passed,
        ],
        papers=["township_opinion"],
        returns=["investigate", "appraise"],
        apart=["investigate"],
        law="S0 三(二)",
    )
    def township_review(self) -> None:
        """The township reviews every file and checks on site."""

    @step(
        _("乡镇上报"),
        source=REVIEWED,
        target=REPORTED,
        post=Post.TOWNSHIP_LEADER,
        gates=[gates.no_open_objection],
        papers=["township_list"],
        returns=["investigate", "appraise", "township_review"],
        apart=["investigate", "township_review"],
        law="S0 三(二)",
    )
    def report(self) -> None:
        """The township's leader signs the list that goes up to the county."""

    @step(
        _("县级审定"),
        source=REPORTED,
        target=APPROVED,
        post=Post.COUNTY_LEADER,
        gates=[gates.no_open_objection],
        papers=["approval_list"],
        returns=["township_review", "report"],
        apart=["investigate", "township_review"],
        law="S0 三(二); S0 二(五)",
    )
    def approve(self) -> None:
        """The county decides and answers for it."""

    @step(
        _("公告清退"),
        source=APPROVED,
        target=ANNOUNCED,
        post=Post.COUNTY_CLERK,
        posts="announcement",
        gates=[gates.notice_posted, gates.posting_dates_right],
        law="P14",
    )
    def announce(self) -> None:
        """The removals are announced where the households live."""

    @step(
        _("清退除名"),
        source=ANNOUNCED,
        target=REMOVED,
        post=Post.COUNTY_CLERK,
        gates=[gates.no_open_objection, gates.still_registered],
        law="S0 二(五)",
        closing=True,
    )
    def remove(self) -> None:
        """The register marks the removal and keeps everything that led to it."""


class HouseholdRemovalFlow(BatchFlow):
    """贫困户清退."""

    start = Opening().Next(this.analyse)
    analyse = Desk(HouseholdRemoval.analyse).Next(this.investigate)
    investigate = Desk(HouseholdRemoval.investigate).Next(this.notify)
    notify = Desk(HouseholdRemoval.notify).Next(this.appraise)
    appraise = Desk(HouseholdRemoval.appraise).Next(this.post_village)
    post_village = Desk(HouseholdRemoval.post_village).Next(this.village_days)
    village_days = Clock(after=HouseholdRemoval.post_village).Next(this.close_village)
    close_village = Desk(HouseholdRemoval.close_village).Next(this.township_review)
    township_review = Desk(HouseholdRemoval.township_review).Next(this.report)
    report = Desk(HouseholdRemoval.report).Next(this.approve)
    approve = Desk(HouseholdRemoval.approve).Next(this.announce)
    announce = Desk(HouseholdRemoval.announce).Next(this.remove)
    remove = Desk(HouseholdRemoval.remove).Next(this.end)
    end = End()
