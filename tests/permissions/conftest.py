"""The clock of these pages stands still on 16 November 2018."""

from datetime import datetime

import pytest
from pytest_django import Settings

from tests.permissions.factories import NOW


def frozen() -> datetime:
    """Return the hour at which the tests of this folder take place."""
    return NOW


@pytest.fixture(autouse=True)
def still_clock(settings: Settings) -> None:
    """Let the pages of this floor ask a clock that stands still."""
    settings.CLOCK = f"{__name__}.frozen"
