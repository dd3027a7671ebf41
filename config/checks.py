"""System checks of the ground the product stands on: packages and database.

The checks of flows, desks and triggers belong to `workflows`; this module must
not know them.
"""

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

FSM_PACKAGES = ("django-fsm", "django-fsm-2")
SQLITE_PRAGMAS = {
    "PRAGMA foreign_keys=ON": "foreign keys would not be enforced",
    "PRAGMA journal_mode=WAL": "readers and writers would lock each other out",
    "PRAGMA recursive_triggers=ON": "REPLACE would walk past the ledger's triggers",
}


@register(Tags.compatibility)
def one_state_machine_package(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse zero or two packages that write the folder `django_fsm`."""
    return state_machine_errors(installed(FSM_PACKAGES))


@register(Tags.database)
def safe_databases(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Refuse a database whose settings lose writes or skip triggers."""
    return [
        error
        for alias in connections
        for error in database_errors(connections[alias].settings_dict, alias)
    ]


def installed(names: Iterable[str]) -> list[str]:
    """Return those distributions that are installed."""
    found = []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            continue
        found.append(name)
    return found


def state_machine_errors(names: Sequence[str]) -> list[CheckMessage]:
    """Return what is wrong with this list of installed django-fsm packages."""
    if len(names) == 1:
        return []
    return [
        Error(
            f"Exactly one of {' and '.join(FSM_PACKAGES)} must be installed,"
            f" found: {', '.join(names) or 'none'}.",
            hint="Both write the same folder; remove both and install one.",
            id="config.E001",
        )
    ]


def database_errors(config: dict[str, Any], alias: str) -> list[CheckMessage]:
    """Return what is wrong with the settings of one database."""
    found: list[CheckMessage] = []
    if config.get("ATOMIC_REQUESTS"):
        found.append(
            Error(
                f"ATOMIC_REQUESTS is on for {alias!r}: a refused act would undo the"
                " page's own records and hold locks while rendering.",
                id="config.E002",
            )
        )
    if "sqlite" not in config["ENGINE"]:
        return found
    options = config.get("OPTIONS", {})
    if options.get("transaction_mode") != "IMMEDIATE":
        found.append(
            Error(
                f"SQLite {alias!r} does not begin IMMEDIATE: writes get lost.",
                id="config.E003",
            )
        )
    commands = options.get("init_command", "")
    found.extend(
        Error(f"SQLite {alias!r} lacks {pragma}: {why}.", id="config.E004")
        for pragma, why in SQLITE_PRAGMAS.items()
        if pragma not in commands
    )
    return found
