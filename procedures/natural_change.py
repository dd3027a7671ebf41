"""Natural change of families (自然增减): its steps in the order of the statute.

Nobody appraises whether a child was born: household or village reports with evidence,
the village verifies, the township reviews, the county enters. Recorded for the poor
and for those who have left poverty.

Source: law §1.7 (P19, H4; the flow and its papers are assumed).
"""

from django.utils.translation import gettext_lazy as _

from permissions.posts import Post
from procedures import gates
from workflows.flow import BatchFlow, Desk, End, Opening, this
from workflows.machine import OPENED, step
from workflows.models import Case

DECLARED = "declared"
VERIFIED = "verified"
REVIEWED = "reviewed"
ENTERED = "entered"

# What the report must be like at every desk: days pass, and other lists go on.
SOUND = [
    gates.change_reported,
    gates.change_evidenced,
    gates.change_not_in_future,
    gates.members_still_there,
    gates.newcomers_identified,
    gates.new_head_named,
    gates.change_alone,
    gates.target_fits,
]


class NaturalChange(Case):
    """What happened in a household is on the register, with its day and evidence."""

    class Meta:
        proxy = True
        verbose_name = _("家庭成员自然增减")

    @step(
        _("申报变动"),
        source=OPENED,
        target=DECLARED,
        post=Post.VILLAGE_COMMITTEE,
        gates=[*SOUND, gates.report_signed, gates.proxy_witnessed],
        forms=["change_form"],
        law="P19; H4",
    )
    def declare(self) -> None:
        """The household reports what happened and signs the registration form."""

    @step(
        _("入户核实"),
        source=DECLARED,
        target=VERIFIED,
        post=Post.WORK_TEAM,
        gates=[
            *SOUND,
            gates.two_visitors,
            gates.visitors_not_kin,
            gates.visit_not_in_future,
        ],
        returns=["declare"],
        law="P19; H2",
    )
    def verify(self) -> None:
        """The village sees for itself that it is so."""

    @step(
        _("乡镇审核"),
        source=VERIFIED,
        target=REVIEWED,
        post=Post.TOWNSHIP_CLERK,
        gates=SOUND,
        papers=["change_list"],
        returns=["declare", "verify"],
        apart=["verify"],
        law="P19; H4",
    )
    def township_review(self) -> None:
        """The township reviews the evidence and sends the list up."""

    @step(
        _("县级录入"),
        source=REVIEWED,
        target=ENTERED,
        post=Post.COUNTY_CLERK,
        gates=SOUND,
        papers=["change_list", "change_notice"],
        returns=["declare", "verify", "township_review"],
        apart=["verify", "township_review"],
        law="P19; H4",
        closing=True,
    )
    def enter(self) -> None:
        """The county enters the change; only now does the register say so."""


class NaturalChangeFlow(BatchFlow):
    """家庭成员自然增减."""

    start = Opening().Next(this.declare)
    declare = Desk(NaturalChange.declare).Next(this.verify)
    verify = Desk(NaturalChange.verify).Next(this.township_review)
    township_review = Desk(NaturalChange.township_review).Next(this.enter)
    enter = Desk(NaturalChange.enter).Next(this.end)
    end = End()
