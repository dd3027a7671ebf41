"""Rehearsed look-backs: the analysis meeting, the finding, what the household says."""

from __future__ import annotations

from procedures.gates.removals import REMOVE
from procedures.look_back import LOOK_BACK
from procedures.models import Conclusion, Investigation, Statement
from procedures.rehearsal.scene import Scene
from registry.places import Level, ancestor
from registry.rows import add_rows
from workflows.models import Campaign, CampaignMeeting, RosterEntry

TITLE = "精准识别回头看"
GROUNDS = "removal_grounds"


def rosters(scene: Scene) -> None:
    """A meeting of a running look-back puts every household on the removal roster.

    A list that came from a meeting's roster already has one.
    """
    if RosterEntry.objects.filter(batch=scene.batch).exists():
        return
    campaign = _campaign(scene)
    meeting = CampaignMeeting.objects.create(
        campaign=campaign,
        place=scene.batch.place,
        held_on=scene.of_list("held_on", scene.today),
        place_text="村部会议室",
        chair=scene.of_list("chair", "石念群"),
        recorder="龙守信",
        due=20,
        present=18,
        attendees=["石念群", "龙守信", "麻守正"],
        **scene.recorded,
    )
    meeting.photos.add(scene.photo)
    RosterEntry.objects.bulk_create(
        RosterEntry(
            meeting=meeting,
            household_id=case.household_id or 0,
            roster=scene.of(case, "roster", REMOVE),
            reason="比对有小汽车",
            batch=scene.batch,
        )
        for case in scene.cases
        if scene.of(case, "rostered", default=True)
    )


def _campaign(scene: Scene) -> Campaign:
    """Return the county's look-back of the list's year; made when there is none."""
    county = ancestor(scene.batch.place_id, Level.COUNTY)
    campaign, made = Campaign.objects.get_or_create(
        kind=LOOK_BACK,
        place_id=county,
        title=f"{scene.batch.year}年{TITLE}",
        defaults={
            "basis": "州自评报告二(五)",
            "begins": scene.today.replace(month=1, day=1),
            "ends": scene.today.replace(month=12, day=31),
            "opened_by": scene.by,
            "opened_at": scene.now,
        },
    )
    if made:
        campaign.scope.add(county)
    return campaign


def investigations(scene: Scene) -> None:
    """A finding per household, on a ground of the rulebook."""
    *_, car = scene.batch.bound_rulebook.words(GROUNDS)
    add_rows(
        [
            Investigation(
                case=case,
                step=scene.step.name,
                conclusion=scene.of(case, "conclusion", Conclusion.REMOVE),
                grounds=list(scene.of(case, "grounds", [car])),
                account="户主名下登记有小汽车一辆，识别时已有。",
                evidence=scene.of(case, "evidence", "车辆登记查询结果、现场照片"),
                photo=scene.photo,
                **scene.recorded,
            )
            for case in scene.cases
        ]
    )


def statements(scene: Scene) -> None:
    """What each household says; it objects only where the story wants it."""
    add_rows(
        [
            Statement(
                case=case,
                step=scene.step.name,
                stated_on=scene.of(case, "stated_on", scene.today),
                objects_to_it=bool(scene.of(case, "objection", "")),
                words=scene.of(case, "objection", ""),
                answer=scene.of(case, "answer", ""),
                **scene.recorded,
            )
            for case in scene.cases
        ]
    )
