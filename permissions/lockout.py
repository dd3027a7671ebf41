"""Log-in attempts: five wrong ones from one address close the door for a while.

It must not know whether such a user exists: a name nobody bears is locked too.
Runs on real time, also in training.
"""

import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from permissions.models import LoginAttempt

LIMIT = 5
WAIT = timedelta(minutes=15)
KEPT = timedelta(days=1)


def moment() -> datetime:
    """Return the real moment: log-in security asks no training clock."""
    return timezone.localtime()


@transaction.atomic
def enter(username: str, address: str, *, at: datetime) -> bool:
    """Count an attempt and return whether the password may be looked at.

    The attempt is counted before the password is checked, so that many at once
    do not slip through. Attempts made while locked count for nothing.
    """
    LoginAttempt.objects.filter(last_at__lt=at - KEPT).delete()
    row, _created = LoginAttempt.objects.select_for_update().get_or_create(
        key=_key(username, address), defaults={"last_at": at}
    )
    if row.last_at <= at - WAIT:
        row.failures = 0
    if row.failures >= LIMIT:
        return False
    row.failures += 1
    row.last_at = at
    row.save(update_fields=["failures", "last_at"])
    return True


def forget(username: str, address: str) -> None:
    """Clear the count after a right password."""
    LoginAttempt.objects.filter(key=_key(username, address)).delete()


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from; a proxy is believed when settings say so."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(username: str, address: str) -> str:
    """Return a digest: names typed here are sometimes passwords."""
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    value = f"{name}\n{address}"
    return salted_hmac("permissions.lockout", value, algorithm="sha256").hexdigest()
