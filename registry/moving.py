"""Households that come under another village: moving house, and villages that merge.

The part of `changes.py` about places. A household keeps its number. It must not know
who serves in a village nor what is under way there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from registry.entering import village_unknown, villages_on
from registry.models import Change, ChangeKind, Household, Place
from registry.places import Level, ancestor, level_of, parent
from registry.recording import (
    Act,
    locked,
    record,
    refuse,
    uncounted,
    unreasoned,
    untimely,
)
from registry.refusals import Refusal

# Before a merger there were at least two.
FEWEST_MERGED = 2


@transaction.atomic
def move_household(
    household: Household,
    *,
    village: str,
    group: str,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> Household | list[Refusal]:
    """Put a household under another village of its county, with all its members.

    Refuses: same_village, other_county, village_unknown, household_closed,
    before_household, reason_missing.
    Effects: village and group, MOVED with both before and after.
    """
    act = Act(on, by, reason)
    household = locked(household)
    wrong = untimely(household, act) + _way_wrong(household.place_id, village, on)
    if wrong:
        return wrong
    before = {"village": household.place_id, "group": household.group}
    household.place_id, household.group = village, group.strip()
    household.save(update_fields=["place", "group"])
    after = {"village": village, "group": household.group}
    record(household, ChangeKind.MOVED, act, before=before, after=after)
    return household


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageMerger:
    """Which villages become one (合村), as the county's document says.

    Attributes:
        villages: codes of all that merge; the code that stays may be among them.
        into: code of the village there is afterwards.
        name: its name; a village that stays keeps its own.
        groups: (old code, old group) -> new group; a group left out keeps its name.
    """

    villages: frozenset[str]
    into: str
    name: str
    groups: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def ending(self) -> frozenset[str]:
        """Return the codes that are no village afterwards."""
        return self.villages - {self.into}


@transaction.atomic
def merge_villages(
    merger: VillageMerger, *, on: date, by: AbstractBaseUser | None, reason: str
) -> list[Refusal]:
    """Make one village of several from `on`, or say why not; a constant of statements.

    Refuses: villages_few, village_unknown, other_township, village_renamed,
    village_ended, reason_missing.
    Effects: the new village's row where there is none; the old ones end the day
    before and point to it; every open household moves, with a MOVED each.
    """
    act = Act(on, by, reason)
    if wrong := unreasoned(act) + _merger_wrong(merger, on):
        return wrong
    _found(merger, on)
    last = on - timedelta(days=1)
    old = Place.objects.filter(pk__in=merger.ending)
    old.update(valid_to=last, merged_into=merger.into, merged_under=act.reason.strip())
    _move_all(merger, act)
    return []


def _way_wrong(here: str, village: str, on: date) -> list[Refusal]:
    if village == here:
        return [refuse("same_village", _("新旧村相同，无须迁居"))]
    if village[:6] != here[:6]:
        text = _("迁往外县的，办理整户注销；县内才能迁居")
        return [refuse("other_county", text)]
    known = villages_on([village], on)
    return [] if village in known else [village_unknown(village)]


def _merger_wrong(merger: VillageMerger, on: date) -> list[Refusal]:
    if len(merger.villages) < FEWEST_MERGED or not merger.ending:
        return [refuse("villages_few", _("合村至少涉及两个村"))]
    known = villages_on(merger.villages, on)
    wrong = [village_unknown(code) for code in sorted(merger.villages - known)]
    townships = {parent(code) for code in {*merger.villages, merger.into}}
    if len(townships) > 1:
        text = _("跨乡镇的村不能合并，须先调整乡镇")
        wrong.append(refuse("other_township", text))
    return wrong + _successor_wrong(merger, on)


def _successor_wrong(merger: VillageMerger, on: date) -> list[Refusal]:
    if level_of(merger.into) is not Level.VILLAGE:
        return [village_unknown(merger.into)]
    there = Place.objects.filter(pk=merger.into).first()
    if there is None:
        missing = not merger.name.strip()
        text = _("新村须有名称")
        return [refuse("name_missing", text)] if missing else []
    if there.valid_to and there.valid_to < on:
        return [refuse("village_ended", _("该区划代码的村已撤销"))]
    if merger.name and merger.name != there.name:
        text = _("%(name)s沿用原代码的，须沿用原村名；改名的须用新代码")
        return [refuse("village_renamed", text % {"name": there.name})]
    return []


def _found(merger: VillageMerger, on: date) -> None:
    township = ancestor(merger.into, Level.TOWNSHIP)
    Place.objects.get_or_create(
        code=merger.into,
        defaults={
            "name": merger.name.strip(),
            "level": Level.VILLAGE,
            "parent_id": township,
            "valid_from": on,
        },
    )


def _move_all(merger: VillageMerger, act: Act) -> None:
    """Move the households of every village that merges, groups renamed as told."""
    rows = Household.objects.select_for_update(no_key=True).filter(
        place_id__in=merger.villages, until=None
    )
    moved = [(home, _after(home, merger)) for home in rows.order_by("pk")]
    moved = [(home, after) for home, after in moved if _before(home) != after]
    named = {
        key: group for key, group in merger.groups.items() if key[0] in merger.villages
    }
    whens = [
        When(place_id=code, group=old, then=Value(new))
        for (code, old), new in named.items()
    ]
    rows.update(
        group=Case(*whens, default=F("group")) if whens else F("group"),
        place_id=merger.into,
    )
    Change.objects.bulk_create(
        [_change(home, after, act) for home, after in moved], batch_size=2000
    )
    uncounted([*merger.villages, merger.into])


def _before(home: Household) -> dict[str, str]:
    return {"village": home.place_id, "group": home.group}


def _after(home: Household, merger: VillageMerger) -> dict[str, str]:
    group = merger.groups.get((home.place_id, home.group), home.group)
    return {"village": merger.into, "group": group}


def _change(home: Household, after: dict[str, str], act: Act) -> Change:
    return Change(
        household=home,
        on=act.on,
        kind=ChangeKind.MOVED,
        before=_before(home),
        after=after,
        reason=act.reason.strip(),
        by_id=act.by.pk if act.by else None,
    )
