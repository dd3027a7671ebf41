"""The manifest of a backup: what its parts are, sealed with the installation's keys.

The seal says two things at once: that nobody changed the manifest, and that the keys
of this installation can read what is sealed in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from django.conf import settings

FORMAT = 1
NAME = "manifest.json"


class Unfit(Exception):
    """A backup cannot be taken, or must not be restored; the text says why."""


def write(folder: Path, said: dict[str, Any]) -> str:
    """Write the manifest and return its SHA-256, to be noted apart from the backup."""
    sealed = {**said, "seal": seal(said)}
    text = json.dumps(sealed, ensure_ascii=False, indent=1, sort_keys=True)
    path = folder / NAME
    path.write_text(text + "\n", encoding="utf-8")
    return digest(path)


def read(folder: Path) -> dict[str, Any]:
    """Return what a manifest says.

    Raises: Unfit when there is none, it was changed, or other keys sealed it.
    """
    path = folder / NAME
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        found = said.pop("seal")
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise Unfit(f"{path} is no manifest: the backup is not complete.") from error
    if not hmac.compare_digest(str(found), seal(said)):
        raise Unfit(
            "The manifest was changed, or FIELD_KEY, INDEX_KEY or PAPER_KEY are not"
            " those under which the backup was taken."
        )
    if said["format"] != FORMAT:
        raise Unfit(f"Format {said['format']} is not known here.")
    return dict(said)


def seal(said: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 of a manifest under the installation's lasting keys."""
    names = ("FIELD_KEY", "INDEX_KEY", "PAPER_KEY")
    key = "\n".join(["cunxian.backup.v1", *(getattr(settings, one) for one in names)])
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def part(path: Path) -> dict[str, Any]:
    """Return what the manifest says of one file of the backup."""
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest(path)}


def prove(folder: Path, said: dict[str, Any]) -> Path:
    """Return the path of a part that is what the manifest says; raises Unfit."""
    path = folder / Path(said["file"]).name
    if not path.is_file() or part(path) != said:
        raise Unfit(f"{path} is not what the manifest says.")
    return path
