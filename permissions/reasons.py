"""The fourth direction of `policy`: why an officer may act at a place, or not.

A sentence in Chinese for the officer; it must not decide anything.
"""

from datetime import date

from django.utils.translation import gettext as _

from permissions.models import Appointment, Officer
from permissions.policy import seats_over, standing
from permissions.posts import Post
from registry.models import Place


def why(officer: Officer, post: Post, place_code: str, on: date) -> str:
    """Return the sentence naming the appointment, or what is missing."""
    held = standing(officer, post, place_code, on)
    if held is not None:
        return _granted(held)
    return _denied(officer, post, place_code, on)


def written(day: date) -> str:
    """Return a date as Chinese papers write it."""
    return _("%(year)d年%(month)d月%(day)d日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _granted(held: Appointment) -> str:
    words = {
        "name": held.officer.full_name,
        "place": held.place.name,
        "post": held.held.label,
        "since": written(held.since),
    }
    if held.acting_for is not None and held.last_day is not None:
        words |= {"other": held.acting_for.full_name, "last": written(held.last_day)}
        return (
            _("%(name)s代理%(other)s任%(place)s%(post)s，自%(since)s至%(last)s。")
            % words
        )
    if held.last_day is not None:
        words["last"] = written(held.last_day)
        return _("%(name)s任%(place)s%(post)s，自%(since)s至%(last)s。") % words
    return _("%(name)s任%(place)s%(post)s，自%(since)s起。") % words


def _denied(officer: Officer, post: Post, place_code: str, on: date) -> str:
    seats = seats_over(post, place_code)
    words = {
        "name": officer.full_name,
        "place": _name_of(seats[-1] if seats else place_code),
        "post": str(post.label),
        "on": written(on),
    }
    if not officer.is_active:
        return _("%(name)s的账号已停用。") % words
    if not seats:
        return _("%(post)s不设在%(place)s这一级。") % words
    history = list(
        Appointment.objects.filter(officer=officer, post=post)
        .select_related("place")
        .order_by("since")
    )
    return _from_history(history, seats, on, words)


def _from_history(
    history: list[Appointment], seats: list[str], on: date, words: dict[str, str]
) -> str:
    """Return the nearest miss: not yet, over, elsewhere, or never."""
    here = [held for held in history if held.place_id in seats]
    coming = [held for held in here if held.since > on]
    if coming:
        words["since"] = written(coming[0].since)
        return _("%(name)s自%(since)s起才任%(place)s%(post)s。") % words
    ended = [held.until for held in here if held.until is not None]
    if ended:
        words["until"] = written(max(ended))
        return _("%(name)s的%(place)s%(post)s任职已于%(until)s终止。") % words
    elsewhere = [held for held in history if held.valid(on)]
    if elsewhere:
        words["other"] = elsewhere[0].place.name
        return _("%(name)s任%(other)s%(post)s，辖区不含%(place)s。") % words
    return _("%(name)s在%(on)s未任%(place)s%(post)s。") % words


def _name_of(code: str) -> str:
    name = Place.objects.filter(pk=code).values_list("name", flat=True).first()
    return name or code
