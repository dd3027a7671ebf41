"""Register and officers of the replay: entered once per place, in one transaction.

What is already there is left as it is, so that a replay that stopped goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.models import Photo
from permissions.appointments import Nomination, appoint
from permissions.models import Appointment, Officer
from permissions.posts import Post
from procedures.rehearsal.rehearse import sheet
from procedures.rehearsal.year_2016.plan import VillagePlan
from registry import fictitious
from registry.codes import Sex, Standing
from registry.fictitious_persons import GIVEN, SURNAMES, Dice
from registry.models import Household, Place
from registry.places import Level, ancestor, level_of, path
from registry.standing import set_standing

SINCE, REGISTERED_ON = date(2014, 1, 1), date(2014, 6, 30)
# Somebody acts for the committee's member from before the exit lists to their end.
ACTS_SINCE, ACTS_UNTIL = date(2016, 9, 1), date(2017, 2, 1)
LOG_IN, ACTING = "moni", "daili"
WHY = "2016年全程重放：虚构数据"


class Unlike(Exception):
    """The database holds something else than this plan would have put there."""


def morning(day: date) -> datetime:
    """Return nine o'clock of a day."""
    return timezone.make_aware(datetime.combine(day, time(9)))


@transaction.atomic
def people(village: VillagePlan, seed: int) -> None:
    """Enter a village's households and officers, unless they are there.

    Raises: Unlike when there are other households than planned.
    """
    place = Place.objects.get(pk=village.code)
    there = Household.objects.filter(place=place).count()
    if there:
        if there != len(village.homes):
            raise Unlike(f"{place.name}（{place.code}）：{there}")
        return
    staff([village.code])
    if village.acting:
        _act_for(place)
    _register(village, place, seed)
    by = hats(village.code)[Post.VILLAGE_COMMITTEE]
    words = f"{place.name}\n2016年全程重放"
    sheet(words, about=LOG_IN, place=place.pk, by=by, now=morning(SINCE))


def staff(codes: Iterable[str]) -> None:
    """Appoint an officer to every acting post of some places, where there is none."""
    for place in Place.objects.filter(pk__in=list(codes)).order_by("code"):
        for post in sorted(Post.ACTING):
            if post.level == level_of(place.code):
                _appoint(place, post, f"{LOG_IN}-{place.code}-{post.value}")


def hats(code: str, on: date = SINCE) -> dict[Post, Appointment]:
    """Return who sits at every acting post over a place on a day.

    Whoever acts for somebody comes before him.
    """
    held = Appointment.objects.valid(on).filter(place__in=path(code))
    held = held.filter(post__in=Post.ACTING, officer__username__startswith=LOG_IN)
    rows = held.select_related("officer", "acting_for", "place")
    order = F("acting_for").asc(nulls_first=True), "-pk"
    return {one.held: one for one in rows.order_by(*order)}


def photo(code: str) -> Photo:
    """Return the village's sheet that stands for every photo."""
    return Photo.objects.filter(place_id=code, about=LOG_IN).order_by("pk")[0]


def seats(villages: Iterable[VillagePlan]) -> list[str]:
    """Return the townships and counties over some villages."""
    above = (Level.TOWNSHIP, Level.COUNTY)
    return sorted({ancestor(v.code, level) for v in villages for level in above})


def _appoint(
    place: Place, post: Post, login: str, acting_for: Officer | None = None
) -> None:
    if Appointment.objects.filter(officer__username=login).exists():
        return
    dice = Dice(login)
    name = dice.pick(tuple(SURNAMES)) + dice.pick(GIVEN[dice.pick(tuple(Sex))])
    officer = Officer(username=login, full_name=name)
    # Nobody logs in as one of them; and hashing five thousand passwords takes minutes.
    officer.set_unusable_password()
    officer.save()
    nomination = Nomination(
        officer=officer,
        post=post,
        place=place,
        since=ACTS_SINCE if acting_for else SINCE,
        until=ACTS_UNTIL if acting_for else None,
        acting_for=acting_for,
        document=WHY,
    )
    made = appoint(nomination, by=None, now=morning(nomination.since))
    if isinstance(made, list):
        raise Unlike([str(refusal.text) for refusal in made])


def _act_for(place: Place) -> None:
    own = hats(place.code)[Post.VILLAGE_COMMITTEE]
    login = f"{LOG_IN}-{place.code}-{ACTING}"
    _appoint(place, Post.VILLAGE_COMMITTEE, login, acting_for=own.officer)


def _register(village: VillagePlan, place: Place, seed: int) -> None:
    sizes = [home.size for home in village.homes]
    drafts = fictitious.households(place, len(sizes), seed, sizes=sizes)
    made = fictitious.bulk_enter(drafts, SINCE)
    known = [
        household.pk
        for household, home in zip(made, village.homes, strict=True)
        if not home.fate.applies
    ]
    refused = set_standing(
        known, Standing.REGISTERED, on=REGISTERED_ON, by=None, reason=WHY
    )
    if refused:
        raise Unlike([str(refusal.text) for refusal in refused])
