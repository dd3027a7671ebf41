"""How long place page, ledgers and rosters take at the register's size."""

import statistics
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection, reset_queries
from django.db.models import Min
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from permissions.posts import Post
from registry.changes import set_standing
from registry.codes import Standing
from registry.ledgers import counting
from registry.models import Household
from tests.world import officer

PREFECTURE, COUNTY = "433100000000", "433124000000"
TOWNSHIP, VILLAGE = "433124110000", "433124110226"
ROUNDS, SLOW_ROUNDS, OK = 30, 3, 200
# Everybody came on the first; what happens later makes a day past.
LONG_AGO, LATER = date(2026, 1, 2), date(2026, 1, 15)
# In one village of so many a household exits later.
QUIET = 10


def opened() -> dict[str, Any]:
    """Return p50 and p95 in ms, and the statements, of each page."""
    settings.ALLOWED_HOSTS = ["*"]
    # A log of statements would slow every page, and once full count none.
    settings.DEBUG = False
    reset_queries()
    hat = officer(Post.PREFECTURE_OFFICE, VILLAGE, name="测量")
    client = Client()
    client.force_login(hat.officer)
    pages = {
        "place, prefecture": (reverse("workflows:place", args=[PREFECTURE]), ROUNDS),
        "ledger, prefecture": (reverse("workflows:ledger", args=[PREFECTURE]), ROUNDS),
        "ledger, county": (reverse("workflows:ledger", args=[COUNTY]), ROUNDS),
        "ledger, township": (reverse("workflows:ledger", args=[TOWNSHIP]), ROUNDS),
        "roster, prefecture": (
            f"{reverse('workflows:roster')}?place={PREFECTURE}",
            ROUNDS,
        ),
        "ledger, prefecture, past": (
            f"{reverse('workflows:ledger', args=[PREFECTURE])}?on={LONG_AGO}",
            SLOW_ROUNDS,
        ),
        "roster, prefecture, past": (
            f"{reverse('workflows:roster')}?place={PREFECTURE}&on={LONG_AGO}",
            SLOW_ROUNDS,
        ),
    }
    exits = _exits()
    timings = {name: _timed(client, *page) for name, page in pages.items()}
    return {**timings, "villages changed since": exits}


def _exits() -> int:
    """Let a household exit in every tenth village; return how many villages that is.

    Until something has happened since, a past day is the present one under its name.
    """
    homes = Household.objects.filter(status=Standing.REGISTERED).order_by("place_id")
    firsts = homes.values_list("place_id").annotate(first=Min("pk"))
    ids = [pk for _village, pk in firsts][::QUIET]
    refused = set_standing(ids, Standing.EXITED, on=LATER, by=None, reason="测量")
    assert not refused, refused
    counting.recount()
    past = counting.read(PREFECTURE, LONG_AGO)
    assert past != counting.read(PREFECTURE, LATER)
    return len(ids)


def _timed(client: Client, address: str, rounds: int) -> dict[str, Any]:
    def call() -> None:
        assert client.get(address).status_code == OK

    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    # Before the next request, which empties the log.
    statements = len(captured)
    taken = [_milliseconds(call) for _round in range(rounds)]
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
        "statements": statements,
    }


def _milliseconds(call: Callable[[], None]) -> float:
    begun = perf_counter()
    call()
    return (perf_counter() - begun) * 1000
