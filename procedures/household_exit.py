"""Household exit (贫困户退出): its steps in the order of the statute.

One straight line for all rulebooks: what a rulebook does not require is passed
by the engine with a ledger entry. Numbers stand in ``rulebooks/``.

Source: law §1.2 (厅字〔2016〕16号 N2; S0 二(六) 民主评议、入户核实、农户确认、公示公告;
H7, H14, P2, P4).
"""

from django.utils.translation import gettext_lazy as _

from permissions.posts import Post
from procedures import gates
from workflows.flow import BatchFlow, Clock, Desk, End, Opening, this
from workflows.machine import OPENED, step
from workflows.models import Case

PROPOSED = "proposed"
VERIFIED = "verified"
APPRAISED = "appraised"
CONFIRMED = "confirmed"
CONSENTED = "consented"
POSTED_VILLAGE = "posted_village"
CLOSED_VILLAGE = "closed_village"
REVIEWED = "reviewed"
POSTED_TOWNSHIP = "posted_township"
CLOSED_TOWNSHIP = "closed_township"
RECHECKED = "rechecked"
APPROVED = "approved"
ANNOUNCED = "announced"
DELISTED = "delisted"


class HouseholdExit(Case):
    """A registered household has left poverty and accepts that it has."""

    class Meta:
        proxy = True
        verbose_name = _("贫困户退出")

    @step(
        _("小组提名"),
        source=OPENED,
        target=PROPOSED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            gates.registered,
            gates.no_other_open_case,
            gates.meeting_recorded,
            gates.meeting_not_in_future,
            gates.meeting_quorate,
            gates.kin_recused,
            gates.votes_sum,
            gates.majority_reached,
        ],
        forms=["sign_in"],
        papers=["minutes", "tally"],
        law="H7",
    )
    def propose(self) -> None:
        """The village group proposes who may have left poverty."""

    @step(
        _("入户核实"),
        source=PROPOSED,
        target=VERIFIED,
        post=Post.WORK_TEAM,
        gates=[
            gates.two_visitors,
            gates.visitors_not_kin,
            gates.visit_not_in_future,
            gates.worksheet_complete,
            gates.worksheet_adds_up,
            gates.worksheet_signed,
            gates.income_over_line,
            gates.checklist_complete,
            gates.food_clothing_guaranteed,
            gates.three_guarantees_met,
            gates.water_safe,
            gates.housing_certified,
            gates.no_exit_blocker,
        ],
        forms=["verification", "worksheet"],
        returns=["propose"],
        law="S0 二(六); H7; N2",
    )
    def verify(self) -> None:
        """The income is counted face to face with the household."""

    @step(
        _("民主评议"),
        source=VERIFIED,
        target=APPRAISED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[
            gates.meeting_recorded,
            gates.meeting_authorised,
            gates.meeting_after_visit,
            gates.meeting_not_in_future,
            gates.meeting_quorate,
            gates.tellers_named,
            gates.kin_recused,
            gates.votes_sum,
            gates.majority_reached,
        ],
        forms=["sign_in", "ballot"],
        papers=["minutes", "tally"],
        returns=["propose", "verify"],
        law="N2; S0 二(六)",
    )
    def appraise(self) -> None:
        """The village appraises one household at a time."""

    @step(
        _("两委和工作队核实"),
        source=APPRAISED,
        target=CONFIRMED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[gates.village_signatures],
        returns=["propose", "verify", "appraise"],
        law="N2; H14",
    )
    def confirm(self) -> None:
        """Party branch, village committee and work team verify and sign the list."""

    @step(
        _("户主认可"),
        source=CONFIRMED,
        target=CONSENTED,
        post=Post.WORK_TEAM,
        gates=[
            gates.household_signed,
            gates.household_not_refused,
            gates.proxy_witnessed,
        ],
        forms=["exit_confirmation"],
        returns=["verify", "appraise"],
        law="N2; S0 二(六)",
    )
    def consent(self) -> None:
        """The household signs the confirmation; no signature, no exit."""

    @step(
        _("张贴村内公示"),
        source=CONSENTED,
        target=POSTED_VILLAGE,
        post=Post.VILLAGE_COMMITTEE,
        posts="village_publicity",
        gates=[gates.notice_posted, gates.posting_dates_right],
        returns=["confirm"],
        law="N2",
    )
    def post_village(self) -> None:
        """The notice is put up in the village and photographed."""

    @step(
        _("村内公示期满"),
        source=POSTED_VILLAGE,
        target=CLOSED_VILLAGE,
        post=Post.SUPERVISION_COMMITTEE,
        gates=[gates.publicity_over, gates.no_open_objection, gates.list_unchanged],
        returns=["verify", "appraise", "confirm", "post_village"],
        apart=["post_village"],
        law="N2; L1 art. 32",
    )
    def close_village(self) -> None:
        """Those who watch over village affairs attest that nobody objected."""

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
        returns=["verify", "appraise", "confirm"],
        apart=["verify"],
        law="P2; P4",
    )
    def township_review(self) -> None:
        """The township reviews and visits again with at least three people."""

    @step(
        _("张贴乡镇公示"),
        source=REVIEWED,
        target=POSTED_TOWNSHIP,
        post=Post.TOWNSHIP_CLERK,
        posts="township_publicity",
        gates=[gates.notice_posted, gates.posting_dates_right],
        returns=["township_review"],
        law="P2",
    )
    def post_township(self) -> None:
        """The township's notice is put up in every village."""

    @step(
        _("乡镇公示期满上报"),
        source=POSTED_TOWNSHIP,
        target=CLOSED_TOWNSHIP,
        post=Post.TOWNSHIP_LEADER,
        gates=[gates.publicity_over, gates.no_open_objection, gates.list_unchanged],
        papers=["township_list"],
        returns=["verify", "appraise", "township_review", "post_township"],
        apart=["verify", "post_township"],
        law="P2; S0 三(二)",
    )
    def close_township(self) -> None:
        """The township's leader signs the list that goes up to the county."""

    @step(
        _("县级复核"),
        source=CLOSED_TOWNSHIP,
        target=RECHECKED,
        post=Post.COUNTY_CLERK,
        gates=[
            gates.no_open_objection,
            gates.sample_drawn,
            gates.site_checked,
            gates.checkers_not_kin,
            gates.site_check_passed,
        ],
        returns=["verify", "township_review"],
        apart=["verify", "township_review"],
        law="P2; P3",
    )
    def recheck(self) -> None:
        """The county office checks the township's list and samples it."""

    @step(
        _("县级审定"),
        source=RECHECKED,
        target=APPROVED,
        post=Post.COUNTY_LEADER,
        gates=[gates.no_open_objection, gates.household_signed],
        papers=["approval_list"],
        returns=["township_review", "recheck"],
        apart=["verify", "township_review", "recheck"],
        law="P2; P3",
    )
    def approve(self) -> None:
        """The county's leading group decides and answers for it."""

    @step(
        _("公告退出"),
        source=APPROVED,
        target=ANNOUNCED,
        post=Post.COUNTY_CLERK,
        posts="announcement",
        gates=[gates.notice_posted, gates.posting_dates_right],
        law="N2",
    )
    def announce(self) -> None:
        """The exits are announced where the households live."""

    @step(
        _("销号"),
        source=ANNOUNCED,
        target=DELISTED,
        post=Post.TOWNSHIP_CLERK,
        gates=[gates.receipt_signed, gates.proxy_witnessed],
        forms=["exit_notification"],
        law="N2; P7",
        closing=True,
    )
    def delist(self) -> None:
        """The household gets its notification; the register marks the exit."""


class HouseholdExitFlow(BatchFlow):
    """贫困户退出."""

    start = Opening().Next(this.propose)
    propose = Desk(HouseholdExit.propose).Next(this.verify)
    verify = Desk(HouseholdExit.verify).Next(this.appraise)
    appraise = Desk(HouseholdExit.appraise).Next(this.confirm)
    confirm = Desk(HouseholdExit.confirm).Next(this.consent)
    consent = Desk(HouseholdExit.consent).Next(this.post_village)
    post_village = Desk(HouseholdExit.post_village).Next(this.village_days)
    village_days = Clock(after=HouseholdExit.post_village).Next(this.close_village)
    close_village = Desk(HouseholdExit.close_village).Next(this.township_review)
    township_review = Desk(HouseholdExit.township_review).Next(this.post_township)
    post_township = Desk(HouseholdExit.post_township).Next(this.township_days)
    township_days = Clock(after=HouseholdExit.post_township).Next(this.close_township)
    close_township = Desk(HouseholdExit.close_township).Next(this.recheck)
    recheck = Desk(HouseholdExit.recheck).Next(this.approve)
    approve = Desk(HouseholdExit.approve).Next(this.announce)
    announce = Desk(HouseholdExit.announce).Next(this.delist)
    delist = Desk(HouseholdExit.delist).Next(this.end)
    end = End()
