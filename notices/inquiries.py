"""Who asks the public check page too often: one address, or everybody who guesses.

Counts hold for all processes and hosts, for they stand in the database. Must not know
papers. Runs on real time, also in training. A code has 80 bits, so nobody finds a paper
by guessing; the second limit keeps a crowd of addresses from walking through numbers.
"""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac

from notices.models import Inquiry

MOST_A_MINUTE: Final = 60
MOST_GUESSES: Final = 600
_GUESSES: Final = "guesses"
_MINUTE: Final = 60
_KEPT: Final = timedelta(hours=1)
_ONE_SITE: Final = 64  # a house with IPv6 has 2**64 addresses


def too_often(address: str, *, at: datetime) -> bool:
    """Count a question of this address; return whether it was one too many."""
    return _counted(_key(address), at) > MOST_A_MINUTE


def guessed(*, at: datetime) -> None:
    """Count a question that found nothing, whoever asked it."""
    _counted(_GUESSES, at)


def guessing(*, at: datetime) -> bool:
    """Return whether so many found nothing that only sealed codes are answered."""
    row = Inquiry.objects.filter(who=_GUESSES, minute=_minute(at)).first()
    return row is not None and row.asked >= MOST_GUESSES


def _counted(key: str, at: datetime) -> int:
    """Count and return how many it are in this minute."""
    over = f"inquiry:{key}:{_minute(at):%H%M}"
    # Whoever is far over costs this process no statement more.
    if cache.get(over):
        return MOST_A_MINUTE + 1
    asked = _raised(key, _minute(at))
    if asked == 1:
        Inquiry.objects.filter(minute__lt=at - _KEPT).delete()
    if asked > MOST_A_MINUTE and key != _GUESSES:
        cache.set(over, 1, _MINUTE)
    return asked


def _raised(key: str, minute: datetime) -> int:
    table = connection.ops.quote_name(Inquiry._meta.db_table)
    when = connection.ops.adapt_datetimefield_value(minute)
    statement = (
        f"INSERT INTO {table} (who, minute, asked) VALUES (%s, %s, 1) "  # noqa: S608 - only the table's name is put in
        f"ON CONFLICT (who, minute) DO UPDATE SET asked = {table}.asked + 1 "
        "RETURNING asked"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, when])
        (asked,) = cursor.fetchone()
    return int(asked)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _key(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        site = address
    else:
        width = _ONE_SITE if found.version > 4 else found.max_prefixlen  # noqa: PLR2004
        site = str(ipaddress.ip_network(f"{found}/{width}", strict=False))
    return salted_hmac("notices.inquiries", site, algorithm="sha256").hexdigest()
