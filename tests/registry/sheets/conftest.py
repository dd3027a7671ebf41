"""A store of this test's own for what is uploaded."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Settings) -> Path:
    """Return the folder in which sealed files lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
