"""What machine a figure was measured on."""

import os
import platform
from pathlib import Path

from django.db import connection

CPUINFO = Path("/proc/cpuinfo")


def description() -> dict[str, str]:
    """Return processor, cores, Python and database."""
    with connection.cursor() as cursor:
        on_postgresql = connection.vendor == "postgresql"
        cursor.execute(
            "SHOW server_version" if on_postgresql else "SELECT sqlite_version()"
        )
        version = cursor.fetchone()[0]
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "database": f"{connection.vendor} {version}",
    }


def _processor() -> str:
    if CPUINFO.exists():
        for line in CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
