"""Registering, exiting and removing households in bulk: the standing part of changes.

It must not know by which procedure a household came or went.
"""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from registry.codes import Attribute, Standing
from registry.models import Change, ChangeKind, Household
from registry.recording import refuse, uncounted
from registry.refusals import Refusal
from registry.rows import add_rows

# From where a household may come to each standing.
SOURCES: dict[Standing, frozenset[Standing]] = {
    Standing.UNREGISTERED: frozenset(),
    Standing.REGISTERED: frozenset(
        {Standing.UNREGISTERED, Standing.EXITED, Standing.REMOVED}
    ),
    Standing.EXITED: frozenset({Standing.REGISTERED}),
    Standing.REMOVED: frozenset({Standing.REGISTERED, Standing.EXITED}),
}


@transaction.atomic
def set_standing(
    household_ids: Collection[int],
    to: Standing,
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> list[Refusal]:
    """Give all the households that standing, or none and return why not.

    The attribute follows (一般贫困户 becomes 一般脱贫户 and back).

    Refuses: household_unknown, household_closed, standing_step, before_registration.
    Effects: status, attribute, registered_on, exited_on; a Change each; four
    statements whatever the number (more only where a database limits parameters).
    """
    rows = Household.objects.select_for_update(no_key=True).filter(pk__in=household_ids)
    households = list(rows.order_by("pk"))
    wrong = [r for h in households for r in _wrong(h, to, on)]
    if len(households) < len(set(household_ids)):
        wrong.append(refuse("household_unknown", _("名单中有的户不在册")))
    if wrong:
        return wrong
    Household.objects.filter(pk__in=household_ids).update(**_columns(to, on))
    add_rows(
        [
            Change(
                household=h,
                on=on,
                kind=ChangeKind.STANDING_SET,
                before=_dated(h),
                after=_after(h, to, on),
                reason=reason,
                by_id=by.pk if by else None,
            )
            for h in households
        ]
    )
    uncounted(home.place_id for home in households)
    return []


def _wrong(household: Household, to: Standing, on: date) -> list[Refusal]:
    wrong = []
    who = {"head": household.head_name}
    if household.until:
        wrong.append(refuse("household_closed", _("%(head)s户已注销") % who))
    if household.status not in SOURCES[to]:
        text = _("%(head)s户现为“%(status)s”，不能改为“%(to)s”")
        text %= who | {"status": household.get_status_display(), "to": to.label}
        wrong.append(refuse("standing_step", text))
    if household.registered_on and on < household.registered_on:
        text = _("%(head)s户：日期早于建档日期") % who
        wrong.append(refuse("before_registration", text))
    return wrong


def _columns(to: Standing, on: date) -> dict[str, object]:
    columns: dict[str, object] = {"status": to}
    match to:
        case Standing.REGISTERED:
            # A relapsed household keeps the day it was first registered.
            first = When(status=Standing.EXITED, then=F("registered_on"))
            columns["registered_on"] = Case(first, default=Value(on))
            columns["exited_on"] = None
        case Standing.EXITED:
            columns["exited_on"] = on
    if to is not Standing.REMOVED:
        whens = [
            When(attribute=a, then=Value(_attribute(a, to))) for a in Attribute.values
        ]
        columns["attribute"] = Case(*whens, default=F("attribute"))
    return columns


def _after(household: Household, to: Standing, on: date) -> dict[str, str | None]:
    """Return the four columns as `_columns` leaves them, for the record."""
    after = _dated(household)
    if to is not Standing.REMOVED:
        after["attribute"] = _attribute(household.attribute, to)
    if to is Standing.EXITED:
        after["exited_on"] = on.isoformat()
    if to is Standing.REGISTERED:
        after["exited_on"] = None
        if household.status != Standing.EXITED:
            after["registered_on"] = on.isoformat()
    return after | {"status": to.value}


def _attribute(attribute: str, to: Standing) -> str:
    if not attribute:
        return ""
    if to is Standing.EXITED:
        return Attribute(attribute).after_exit.value
    if to is Standing.REGISTERED:
        return Attribute(attribute).before_exit.value
    return attribute


def _dated(household: Household) -> dict[str, str | None]:
    registered, exited = household.registered_on, household.exited_on
    return {
        "status": household.status,
        "attribute": household.attribute,
        "registered_on": registered.isoformat() if registered else None,
        "exited_on": exited.isoformat() if exited else None,
    }
