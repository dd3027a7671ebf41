"""Household identification (贫困户识别): its steps in the order of the statute.

One straight line for all rulebooks: what a rulebook does not require is passed
by the engine with a ledger entry. Numbers stand in ``rulebooks/``.
Source: law §1.1 (H1 两评议两公示一比对一公告; N9, N10 两公示一公告; S0 二(五)).
"""

from django.utils.translation import gettext_lazy as _

from permissions.posts import Post
from procedures import gates
from workflows.flow import BatchFlow, Clock, Desk, End, Opening, this
from workflows.machine import OPENED, step
from workflows.models import Case

APPLIED = "applied"
NOMINATED = "nominated"
VERIFIED = "verified"
COMPARED = "compared"
APPRAISED = "appraised"
EXAMINED = "examined"
POSTED_FIRST = "posted_first"
CLOSED_FIRST = "closed_first"
REVIEWED = "reviewed"
POSTED_SECOND = "posted_second"
CLOSED_SECOND = "closed_second"
RECHECKED = "rechecked"
APPROVED = "approved"
ANNOUNCED = "announced"
REGISTERED = "registered"

# At the step that is not one of the rulebook's ``visit_steps`` these hold of themselves.
VISITED = (
    gates.two_visitors,
    gates.visitors_not_kin,
    gates.visit_not_in_future,
    gates.worksheet_complete,
    gates.worksheet_adds_up,
    gates.worksheet_signed,
    gates.checklist_complete,
    gates.income_below_line,
)
MET = (
    gates.meeting_recorded,
    gates.meeting_not_in_future,
    gates.meeting_quorate,
    gates.tellers_named,
    gates.kin_recused,
    gates.votes_sum,
    gates.majority_reached,
)
DECIDED = (gates.hits_decided, gates.no_exclusion_stands)
CHECKED = (
    gates.no_open_objection,
    gates.sample_drawn,
    gates.site_checked,
    gates.checkers_not_kin,
    gates.site_check_passed,
)


class HouseholdIdentification(Case):
    """A household asks to be registered as poor; the whole household or none."""

    class Meta:
        proxy = True
        verbose_name = _("贫困户识别")

    @step(
        _("户主申请"),
        source=OPENED,
        target=APPLIED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            gates.application_filed,
            gates.group_recommendation_justified,
            gates.applicant_signed,
            gates.not_already_registered,
            gates.no_other_open_case,
        ],
        forms=["application"],
        law="H1; S0 二(五)",
    )
    def apply(self) -> None:
        """The head applies, or the group puts forward those who cannot."""

    @step(
        _("小组评议提名"),
        source=APPLIED,
        target=NOMINATED,
        post=Post.VILLAGE_COMMITTEE,
        gates=MET,
        forms=["sign_in", "ballot"],
        papers=["minutes", "tally"],
        returns=["apply"],
        law="H1; L1 art. 28",
    )
    def nominate(self) -> None:
        """The village group nominates at its meeting: the first appraisal."""

    @step(
        _("入户核实"),
        source=NOMINATED,
        target=VERIFIED,
        post=Post.WORK_TEAM,
        gates=VISITED,
        forms=["verification", "worksheet"],
        returns=["apply", "nominate"],
        law="P6; P37",
    )
    def verify(self) -> None:
        """At least two people visit, count the income and see how the family lives."""

    @step(
        _("信息比对"),
        source=VERIFIED,
        target=COMPARED,
        post=Post.COUNTY_CLERK,
        gates=[gates.consent_to_comparison, gates.comparison_made, *DECIDED],
        papers=["comparison_list"],
        returns=["apply", "nominate", "verify"],
        law="H1; P1",
    )
    def compare(self) -> None:
        """The county compares with what its departments know."""

    @step(
        _("民主评议"),
        source=COMPARED,
        target=APPRAISED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            *MET,
            gates.meeting_authorised,
            gates.meeting_after_visit,
            gates.comparison_read_out,
        ],
        forms=["sign_in", "ballot"],
        papers=["minutes", "tally"],
        returns=["apply", "nominate", "verify"],
        law="H1; L1 art. 26",
    )
    def appraise(self) -> None:
        """The villagers' representatives appraise and vote: the second appraisal."""

    @step(
        _("村委会审查"),
        source=APPRAISED,
        target=EXAMINED,
        post=Post.VILLAGE_COMMITTEE,
        gates=VISITED,
        returns=["apply", "nominate", "verify", "appraise"],
        law="H1; N10",
    )
    def examine(self) -> None:
        """The village committee examines the list before it goes on the wall."""

    @step(
        _("张贴第一次公示"),
        source=EXAMINED,
        target=POSTED_FIRST,
        post=Post.VILLAGE_COMMITTEE,
        posts="first_publicity",
        gates=[gates.notice_posted, gates.posting_dates_right],
        returns=["examine"],
        law="H1",
    )
    def post_first(self) -> None:
        """The notice is put up in the village and photographed."""

    @step(
        _("第一次公示期满"),
        source=POSTED_FIRST,
        target=CLOSED_FIRST,
        post=Post.SUPERVISION_COMMITTEE,
        gates=[gates.publicity_over, gates.no_open_objection, gates.list_unchanged],
        returns=["verify", "appraise", "examine", "post_first"],
        apart=["post_first"],
        law="H1; L1 art. 32",
    )
    def close_first(self) -> None:
        """Those who watch over village affairs attest that the days are over."""

    @step(
        _("乡镇审核"),
        source=CLOSED_FIRST,
        target=REVIEWED,
        post=Post.TOWNSHIP_CLERK,
        gates=CHECKED,
        papers=["township_opinion"],
        returns=["apply", "nominate", "verify", "appraise", "examine"],
        apart=["verify"],
        law="H1; P37",
    )
    def township_review(self) -> None:
        """The township government reviews the list and checks on the spot."""

    @step(
        _("张贴第二次公示"),
        source=REVIEWED,
        target=POSTED_SECOND,
        post=Post.TOWNSHIP_CLERK,
        posts="second_publicity",
        gates=[gates.notice_posted, gates.posting_dates_right],
        returns=["township_review"],
        law="H1",
    )
    def post_second(self) -> None:
        """The township's notice is put up in every village."""

    @step(
        _("第二次公示期满上报"),
        source=POSTED_SECOND,
        target=CLOSED_SECOND,
        post=Post.TOWNSHIP_LEADER,
        gates=[gates.publicity_over, gates.no_open_objection, gates.list_unchanged],
        papers=["township_list"],
        returns=["verify", "appraise", "township_review", "post_second"],
        apart=["verify", "post_second"],
        law="H1; S0 三(二)",
    )
    def close_second(self) -> None:
        """The township's leader signs the list that goes up to the county."""

    @step(
        _("县级复核"),
        source=CLOSED_SECOND,
        target=RECHECKED,
        post=Post.COUNTY_CLERK,
        gates=[*CHECKED, *DECIDED],
        returns=["verify", "appraise", "township_review"],
        apart=["verify", "township_review"],
        law="H1; P37",
    )
    def recheck(self) -> None:
        """The county office checks the township's list and samples it."""

    @step(
        _("县级审定"),
        source=RECHECKED,
        target=APPROVED,
        post=Post.COUNTY_LEADER,
        gates=[gates.no_open_objection],
        papers=["approval_list"],
        returns=["township_review", "recheck"],
        apart=["verify", "township_review", "recheck"],
        law="H1; S0 二(五)",
    )
    def approve(self) -> None:
        """The county government decides and answers for it."""

    @step(
        _("公告"),
        source=APPROVED,
        target=ANNOUNCED,
        post=Post.COUNTY_CLERK,
        posts="announcement",
        gates=[gates.notice_posted, gates.posting_dates_right],
        law="H1; S0 二(五)",
    )
    def announce(self) -> None:
        """The decision is announced where the households live."""

    @step(
        _("登记建档"),
        source=ANNOUNCED,
        target=REGISTERED,
        post=Post.TOWNSHIP_CLERK,
        gates=[gates.handbook_signed, gates.proxy_witnessed],
        forms=["household_card", "handbook_page"],
        law="N9; N10",
        closing=True,
    )
    def register(self) -> None:
        """The household signs its card; from now on it is on the register."""


class HouseholdIdentificationFlow(BatchFlow):
    """贫困户识别."""

    case = HouseholdIdentification
    start = Opening().Next(this.apply)
    apply = Desk(case.apply).Next(this.nominate)
    nominate = Desk(case.nominate).Next(this.verify)
    verify = Desk(case.verify).Next(this.compare)
    compare = Desk(case.compare).Next(this.appraise)
    appraise = Desk(case.appraise).Next(this.examine)
    examine = Desk(case.examine).Next(this.post_first)
    post_first = Desk(case.post_first).Next(this.first_days)
    first_days = Clock(after=case.post_first).Next(this.close_first)
    close_first = Desk(case.close_first).Next(this.township_review)
    township_review = Desk(case.township_review).Next(this.post_second)
    post_second = Desk(case.post_second).Next(this.second_days)
    second_days = Clock(after=case.post_second).Next(this.close_second)
    close_second = Desk(case.close_second).Next(this.recheck)
    recheck = Desk(case.recheck).Next(this.approve)
    approve = Desk(case.approve).Next(this.announce)
    announce = Desk(case.announce).Next(this.register)
    register = Desk(case.register).Next(this.end)
    end = End()
