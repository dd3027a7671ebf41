"""Take a backup: the database first, then the media its rows name.

A folder is only called what the caller named once everything in it is proved.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from config.backup import facts, manifest, media, postgresql, sqlite
from config.backup.manifest import Unfit


def store(connection: BaseDatabaseWrapper) -> Any:
    """Return the module that copies this kind of database."""
    known = {"sqlite": sqlite, "postgresql": postgresql}
    if connection.vendor not in known:
        raise Unfit(f"Backups of {connection.vendor} are not known here.")
    return known[connection.vendor]


def take(folder: Path, *, at: datetime) -> tuple[dict[str, Any], str]:
    """Write a backup into a new folder; return its manifest and the manifest's digest.

    Raises: Unfit when the folder is in use, a file named by a row is lost, or a
    program fails; nothing of that name then exists.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Unfit(f"{folder} is not empty.")
    making = folder.with_name(folder.name + ".partial")
    shutil.rmtree(making, ignore_errors=True)
    with private():
        making.mkdir(parents=True)
        said = _written(making, at)
        digest = manifest.write(making, said)
    making.replace(folder)
    return said, digest


@contextmanager
def private() -> Iterator[None]:
    """Let nobody but the owner read what is written meanwhile."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _written(making: Path, at: datetime) -> dict[str, Any]:
    kind = store(connection)
    root = Path(settings.MEDIA_ROOT)
    with kind.snapshot(connection, making) as alias:
        found = facts.gather(alias)
        names = list(facts.file_names(alias))
    size, gone = media.take(names, root=root, into=making)
    _complain_of_lost(gone)
    return {
        "format": manifest.FORMAT,
        "taken_at": at.isoformat(),
        "vendor": connection.vendor,
        "database": manifest.part(making / kind.FILE),
        "media": {
            **manifest.part(making / media.LIST),
            "files": len(names) - len(gone),
            "total_bytes": size,
            "gone": gone,
        },
        "versions": {
            "python": platform.python_version(),
            "django": django.get_version(),
            "database": ".".join(map(str, connection.get_database_version())),
        },
        **asdict(found),
    }


def _complain_of_lost(gone: list[str]) -> None:
    """Files thrown away since the snapshot are none; those still named are lost."""
    lost = set(gone).intersection(facts.file_names(connection.alias)) if gone else set()
    if lost:
        some = "、".join(sorted(lost)[:5])
        raise Unfit(f"{len(lost)} files that rows name are not there: {some}")
