"""The one writer of appointments: appoint, end, and their effect on places.

Checks first (`separation`), then writes. It must not know cases.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.grants import sync_grants, sync_officers
from permissions.models import Appointment, Officer
from permissions.policy import standing
from permissions.posts import Post
from permissions.separation import HOUSE_RULE, Nomination, refusals
from registry.refusals import Refusal

__all__ = ["Nomination", "appoint", "end", "refusals_of", "sync_grants"]


@transaction.atomic
def appoint(
    nomination: Nomination, *, by: Appointment | None, now: datetime
) -> Appointment | list[Refusal]:
    """Make an appointment, or say everything that stands against it.

    `by` is the security administrator's own appointment; it is missing only for
    what an installation begins with (commands, never pages).

    Effects: one appointment; the officer's permissions on places follow.
    Refuses: see `separation`, and an appointer without standing there.
    """
    # Two appointments of one officer made at once queue here.
    Officer.objects.select_for_update().get(pk=nomination.officer.pk)
    found = refusals_of(nomination, by=by, now=now)
    if found:
        return found
    made = Appointment.objects.create(
        officer=nomination.officer,
        post=nomination.post,
        place=nomination.place,
        since=nomination.since,
        until=nomination.until,
        acting_for=nomination.acting_for,
        document=nomination.document,
        made_by=by.officer if by else None,
        made_at=now,
    )
    sync_officers([nomination.officer.pk], _day(now))
    return made


def refusals_of(
    nomination: Nomination, *, by: Appointment | None, now: datetime
) -> list[Refusal]:
    """Return all that stands against it, without writing anything."""
    found = [] if by is None else _appointer(nomination.place.pk, by, _day(now))
    if by is not None and by.officer_id == nomination.officer.pk:
        text = _("不能为本人登记任职。")
        found.append(Refusal(code="appoints_himself", text=text, source=HOUSE_RULE))
    return found + refusals(nomination)


@transaction.atomic
def end(
    appointment: Appointment,
    *,
    on: date,
    by: Appointment | None,
    reason: str,
    now: datetime,
) -> Appointment | list[Refusal]:
    """End an appointment; from the day `on` it is in force no more.

    Who acted for the officer loses that post with him: he stood in for somebody
    who no longer holds it.

    Effects: the row and those of stand-ins get their last day; permissions follow.
    Refuses: an appointer without standing, a day before its first, one already over.
    """
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    found = [] if by is None else _appointer(held.place_id, by, _day(now))
    found += _unending(held, on)
    if found:
        return found
    leaving = [held, *_stand_ins(held, on)]
    for one in leaving:
        one.until = max(on, one.since)
        one.ended_by = by.officer if by else None
        one.ended_at = now
        one.end_reason = reason
        one.save(update_fields=["until", "ended_by", "ended_at", "end_reason"])
    sync_officers([one.officer_id for one in leaving], _day(now))
    return held


def _appointer(place_code: str, by: Appointment, on: date) -> list[Refusal]:
    """Ask again at the moment of writing whether he is the security administrator."""
    if standing(by.officer, Post.SECURITY_ADMIN, place_code, on) is not None:
        return []
    text = _("只有本地区的安全管理员可以登记任职。")
    return [Refusal(code="not_security_admin", text=text, source=HOUSE_RULE)]


def _unending(held: Appointment, on: date) -> list[Refusal]:
    if held.until is not None and held.until <= on:
        text = _("这项任职已经终止。")
        return [Refusal(code="already_ended", text=text, source=HOUSE_RULE)]
    if on < held.since:
        text = _("止任日期不得早于起任日期。")
        return [Refusal(code="ends_before_it_begins", text=text, source=HOUSE_RULE)]
    return []


def _stand_ins(held: Appointment, on: date) -> list[Appointment]:
    if held.acting_for_id is not None:
        return []
    return list(
        Appointment.objects.select_for_update().filter(
            acting_for=held.officer_id,
            post=held.post,
            place=held.place_id,
            until__gt=on,
        )
    )


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
