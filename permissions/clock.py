"""The hour by which a page is computed, asked from below the floor that keeps it.

The training clock is a matter of `workflows`; settings name it. Log-in security
never asks here: it runs on real time.
"""

from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


def now() -> datetime:
    """Return the moment now, by the clock that `settings.CLOCK` names."""
    return cast("datetime", import_string(settings.CLOCK)())


def today() -> date:
    """Return the day of `now`."""
    return timezone.localtime(now()).date()
