"""What the tests of papers share."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings) -> None:
    """Rendering runs in place, as soon as the transaction is committed."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }
