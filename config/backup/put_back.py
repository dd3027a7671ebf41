"""Put a backup back: everything is proved before anything in use is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backup import facts, manifest, media
from config.backup.manifest import Unfit
from config.backup.take import private, store
from permissions.models import OfficerSession


def put_back(folder: Path, *, replace: bool) -> dict[str, Any]:
    """Restore database and media; return the manifest.

    Effects: what was there is gone, and nobody is logged in any more, since sessions
    that were ended after the backup must not revive.
    Raises: Unfit for every doubt; database and media are then what they were.
    """
    kind, root = store(connection), Path(settings.MEDIA_ROOT)
    said = manifest.read(folder)
    _must_fit(said)
    if not replace and (not kind.is_empty(connection) or media.present(root)):
        raise Unfit("The database or the media folder is not empty; see --replace.")
    source = manifest.prove(folder, said["database"])
    listed = said["media"]
    manifest.prove(folder, {name: listed[name] for name in ("file", "bytes", "sha256")})
    try:
        with private():
            media.stage(folder, root=root)
            kind.restore(connection, source, lambda alias: _must_equal(said, alias))
        media.settle(root)
    finally:
        media.discard(root)
    # Nobody is logged in by a cookie of that day.
    OfficerSession.objects.all().delete()
    return said


def _must_fit(said: dict[str, Any]) -> None:
    """Refuse another kind of database, and one newer than this program."""
    if said["vendor"] != connection.vendor:
        raise Unfit(f"The backup is of {said['vendor']}, not of {connection.vendor}.")
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {".".join(pair) for pair in loader.disk_migrations}
    known |= {  # squashed away by a library since, but still recorded
        ".".join(pair)
        for one in loader.disk_migrations.values()
        for pair in one.replaces
    }
    newer = sorted(set(said["migrations"]) - known)
    if newer:
        raise Unfit(f"This program is older than the backup: it lacks {newer[0]}.")


def _must_equal(said: dict[str, Any], alias: str) -> None:
    """Refuse a database whose figures are not those of the manifest."""
    wanted = facts.Facts(said["rows"], said["ledger"], said["migrations"])
    found = wanted.differences(facts.gather(alias))
    if found:
        raise Unfit(f"The restored database differs: {'; '.join(found[:5])}")
