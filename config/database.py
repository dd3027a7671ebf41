"""What both databases need beyond their address.

It must not read the environment; `settings.py` does.
"""

import os
from pathlib import Path
from typing import Any

# With the defaults, four writers lose 68 % of their writes: hence WAL and
# BEGIN IMMEDIATE. recursive_triggers makes REPLACE fire the ledger's delete
# trigger. config.checks proves that all of them are in force.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
        "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456"
    ),
}
POSTGRESQL_OPTIONS = {
    "options": (
        "-c lock_timeout=5s -c statement_timeout=30s"
        " -c idle_in_transaction_session_timeout=60s"
    )
}


def completed(address: dict[str, Any], *, tests_in: Path) -> dict[str, Any]:
    """Return the Django database settings for a parsed DATABASE_URL.

    `tests_in` is where a test run puts its SQLite file: a file, not memory, so
    that tests meet the same locks as an office, and one per process, so that
    two runs do not meet each other.
    """
    shared = {**address, "ATOMIC_REQUESTS": False}
    if "sqlite" in address["ENGINE"]:
        test_file = tests_in / f"test-{os.getpid()}.sqlite3"
        return {**shared, "OPTIONS": SQLITE_OPTIONS, "TEST": {"NAME": test_file}}
    options = {**address.get("OPTIONS", {}), **POSTGRESQL_OPTIONS}
    return {
        **shared,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
