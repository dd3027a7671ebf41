"""Between a right password and a right code: who waits, since when, and where to.

Kept in the session of a browser nobody is logged in with yet. It must not know codes.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest

from permissions.models import Officer

KEY = "second_factor"
PATIENCE = timedelta(minutes=5)


def remember(
    request: HttpRequest, officer: Officer, *, target: str, at: datetime
) -> None:
    """Remember for five minutes whose password was right."""
    request.session.cycle_key()
    request.session[KEY] = {
        "officer": officer.pk,
        "since": at.isoformat(),
        "target": target,
    }


def officer(request: HttpRequest, at: datetime) -> Officer | None:
    """Return who waits; nobody when it took too long or the account was closed."""
    told = request.session.get(KEY)
    if told is None or datetime.fromisoformat(told["since"]) < at - PATIENCE:
        return None
    return Officer.objects.filter(pk=told["officer"], is_active=True).first()


def target(request: HttpRequest) -> str:
    """Return the page he was on his way to; nothing when there was none."""
    return str(request.session.pop(KEY, {}).get("target", ""))
