"""Fixtures that every test may rely on."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; tests log in hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def private_media(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Photos and papers of a test never reach the office's own store."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
