"""Fixtures that every test may rely on."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests import canary
from tests.locks import unlock


@pytest.fixture(scope="session")
def canary_watch(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[canary.Canary]:
    """Watch every door through which an ID number could get out, in all tests."""
    with canary.watching(tmp_path_factory.mktemp("drawer")) as watch:
        yield watch
        assert watch.settle() == []


@pytest.fixture(autouse=True)
def no_number_gets_out(canary_watch: canary.Canary) -> Iterator[None]:
    """Fail the very test in which a whole ID number stood where none belongs."""
    yield
    assert canary_watch.settle() == []


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; tests log in hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def quick_static(settings: Settings) -> None:
    """Look for style sheets when asked, not all of them for every new client."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def private_media(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Photos and papers of a test never reach the office's own store."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def lasting_db(transactional_db: None) -> Iterator[None]:
    """Commit for real, and leave a database that the next test can empty."""
    yield
    unlock()
