"""One village of the replay: its households and officers, its meeting, its lists.

What is already in the database is not done again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from permissions.models import Appointment
from permissions.posts import Post
from procedures.gates.removals import REMOVE
from procedures.look_back import ADD, LOOK_BACK
from procedures.rehearsal import Stuck
from procedures.rehearsal.year_2016 import peopling, script
from procedures.rehearsal.year_2016.measures import Measures
from procedures.rehearsal.year_2016.peopling import morning
from procedures.rehearsal.year_2016.plan import VillagePlan
from procedures.rehearsal.year_2016.rates import Fate
from registry.models import Household, Place
from registry.places import Level, ancestor
from workflows.actions import open_batch
from workflows.actions.campaigning import (
    Minutes,
    open_from_rosters,
    record_meeting,
)
from workflows.actions.opening import NotOpened
from workflows.models import Batch, Campaign, CampaignMeeting, Case
from workflows.procedure import named

MET_ON = date(2016, 1, 18)
# Procedure → on which day a village opens its list.
LISTED_ON = {
    script.REMOVAL: date(2016, 1, 20),
    script.IDENTIFICATION: date(2016, 1, 20),
    script.EXIT: date(2016, 9, 5),
}
# What a look-back's meeting says of those it sorts, by procedure.
SORTED = {
    script.REMOVAL: (REMOVE, "比对有小汽车"),
    script.IDENTIFICATION: (ADD, "收入低于标准"),
}


class Village:
    """One village on its way through the year.

    Attributes:
        fates: household → fate.
    """

    def __init__(self, plan: VillagePlan, measures: Measures) -> None:
        self.plan, self.measures = plan, measures
        self.place = Place.objects.get(pk=plan.code)
        homes = Household.objects.filter(number__startswith=plan.code)
        self.homes = list(homes.order_by("number"))
        fates = zip(self.homes, plan.homes, strict=True)
        self.fates = {home.pk: planned.fate for home, planned in fates}
        self.photo = peopling.photo(plan.code)
        # Before somebody acts in the village, and from then on.
        self._hats: dict[bool, dict[Post, Appointment]] = {}

    def hat(self, post: Post, day: date) -> Appointment:
        """Return who sits at a post over the village on a day."""
        acted = self.plan.acting and day >= peopling.ACTS_SINCE
        if acted not in self._hats:
            self._hats[acted] = peopling.hats(self.plan.code, day)
        return self._hats[acted][post]

    def met(self) -> Campaign:
        """Return the county's look-back, after the village's analysis meeting."""
        county = ancestor(self.plan.code, Level.COUNTY)
        campaign = Campaign.objects.get(kind=LOOK_BACK, place_id=county)
        sorted_ = {
            pk: SORTED[script.LISTED[fate]]
            for pk, fate in self.fates.items()
            if script.LISTED.get(fate) in SORTED
        }
        held = CampaignMeeting.objects.filter(campaign=campaign, place=self.place)
        if sorted_ and not held.exists():
            self._meet(campaign, sorted_)
        return campaign

    def _meet(self, campaign: Campaign, sorted_: Mapping[int, tuple[str, str]]) -> None:
        by = self.hat(Post.VILLAGE_COMMITTEE, MET_ON)
        minutes = Minutes(
            group="",
            held_on=MET_ON,
            place_text="村部会议室",
            chair=by.officer.full_name,
            recorder="龙守信",
            due=20,
            present=18,
            attendees=[by.officer.full_name, "龙守信", "麻守正"],
            summary="逐户分析贫情，提出名单。",
            sorted=sorted_,
            photos=[self.photo],
        )
        met = record_meeting(campaign, self.place, minutes, by=by, now=morning(MET_ON))
        if isinstance(met, list):
            raise Stuck(self.place.name, met)

    def lists(self, procedure: str) -> QuerySet[Batch]:
        """Return all the village's lists of a procedure; opens the first, once.

        A village that has nobody to list has none.
        """
        found = Batch.objects.filter(procedure=procedure, place=self.place)
        if not found.exists():
            chosen = [
                home
                for home in self.homes
                if script.LISTED.get(self.fates[home.pk]) == procedure
            ]
            if chosen:
                with self.measures.timed("open"):
                    self._open(procedure, chosen)
        return found

    def _open(self, procedure: str, homes: Sequence[Household]) -> None:
        known, day = named(procedure), LISTED_ON[procedure]
        told: dict[str, Any] = {
            "procedure": known,
            "households": homes,
            "by": self.hat(known.steps[0].post, day),
            "key": f"{peopling.LOG_IN}-{procedure}-{self.plan.code}",
            "now": morning(day),
        }
        opened = (
            open_from_rosters(self.met(), **told)
            if procedure in SORTED
            else open_batch(place=self.place, **told)
        )
        if isinstance(opened, NotOpened):
            found = [r for rs in opened.households.values() for r in rs]
            raise Stuck(procedure, [*opened.batch, *found])

    def open_cases(self, batch: Batch) -> dict[int, Fate]:
        """Return case → fate of a list's open cases."""
        cases = Case.objects.filter(batch=batch, closed_on=None).order_by("pk")
        rows = cases.values_list("pk", "household_id")
        return {pk: self.fates[home] for pk, home in rows}
