"""The ground the product stands on: packages and database settings."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection

from config.checks import (
    SQLITE_PRAGMAS,
    database_errors,
    installed,
    state_machine_errors,
)
from config.database import SQLITE_OPTIONS, completed

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x", "OPTIONS": {}}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "OPTIONS": {}}


def ids(config: dict[str, Any]) -> list[str]:
    return [error.id for error in database_errors(config, "default")]


def test_this_installation_has_no_errors() -> None:
    assert [found for found in run_checks() if found.id.startswith("config.")] == []


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["django-fsm"], 0),
        (["django-fsm-2"], 0),
        ([], 1),
        (["django-fsm", "django-fsm-2"], 1),
    ],
)
def test_exactly_one_state_machine_package_is_wanted(
    names: list[str], count: int
) -> None:
    assert len(state_machine_errors(names)) == count


def test_installed_leaves_out_what_is_not_there() -> None:
    assert installed(["django", "no-such-distribution"]) == ["django"]


@pytest.mark.parametrize("address", [SQLITE, POSTGRESQL])
def test_completed_settings_have_no_errors(address: dict[str, Any]) -> None:
    assert ids(completed(address, tests_in=Path("var"))) == []


def test_bare_sqlite_is_refused() -> None:
    assert ids(SQLITE) == ["config.E003", *["config.E004"] * len(SQLITE_PRAGMAS)]


@pytest.mark.parametrize("pragma", SQLITE_PRAGMAS)
def test_every_missing_pragma_is_refused(pragma: str) -> None:
    commands = SQLITE_OPTIONS["init_command"].replace(pragma, "")

    found = ids(SQLITE | {"OPTIONS": SQLITE_OPTIONS | {"init_command": commands}})

    assert found == ["config.E004"]


def test_requests_in_one_transaction_are_refused() -> None:
    assert ids(POSTGRESQL | {"ATOMIC_REQUESTS": True}) == ["config.E002"]


def test_the_address_keeps_its_own_options() -> None:
    address = POSTGRESQL | {"OPTIONS": {"sslmode": "require"}}

    options = completed(address, tests_in=Path("var"))["OPTIONS"]

    assert options["sslmode"] == "require"
    assert "lock_timeout" in options["options"]


@pytest.mark.django_db
def test_the_database_obeys_its_settings() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            shown = {}
            for name in ("journal_mode", "foreign_keys", "recursive_triggers"):
                cursor.execute(f"PRAGMA {name}")
                shown[name] = cursor.fetchone()[0]
            assert shown == {
                "journal_mode": "wal",
                "foreign_keys": 1,
                "recursive_triggers": 1,
            }
        else:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("5s",)
