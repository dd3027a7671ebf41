"""The media of a backup: every file that a row of the snapshot names.

Files are stored before their rows are committed and deleted after, so a snapshot of
the database taken first names only files that are there, or were thrown away since.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from config.backup.manifest import Unfit

FOLDER, LIST = "media", "media.tsv"
# Both lie inside the media folder, which may be a mount of its own.
STAGED, ASIDE = ".restoring", ".before-restore"
_BLOCK = 1 << 20


def take(names: Iterable[str], *, root: Path, into: Path) -> tuple[int, list[str]]:
    """Copy the files, list them with size and SHA-256; return their bytes and gaps."""
    gone, total = [], 0
    with (into / LIST).open("w", encoding="utf-8") as listed:
        for name in names:
            try:
                size, digest = copy(root, into / FOLDER, name)
            except FileNotFoundError:
                gone.append(name)
                continue
            total += size
            listed.write(f"{digest}\t{size}\t{name}\n")
    return total, gone


def copy(source: Path, target: Path, name: str) -> tuple[int, str]:
    """Copy one file below two folders; return its bytes and SHA-256.

    Raises: Unfit when the name leads out of its folder.
    """
    wanted = target / name
    if not wanted.resolve().is_relative_to(target.resolve()):
        raise Unfit(f"{name} leads out of the media folder.")
    reading, size = hashlib.sha256(), 0
    with (source / name).open("rb") as old:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        with wanted.open("wb") as new:
            while block := old.read(_BLOCK):
                reading.update(block)
                size += new.write(block)
    return size, reading.hexdigest()


def listed(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield (SHA-256, bytes, name) of every file of a backup."""
    with (folder / LIST).open(encoding="utf-8") as lines:
        for line in lines:
            digest, size, name = line.rstrip("\n").split("\t", 2)
            yield digest, int(size), name


def stage(folder: Path, *, root: Path) -> None:
    """Lay the files ready inside the media folder, each proved.

    Raises: Unfit at the first that is missing or differs; what is in use stays.
    """
    shutil.rmtree(root / STAGED, ignore_errors=True)
    (root / STAGED).mkdir(parents=True)
    for digest, size, name in listed(folder):
        try:
            found = copy(folder / FOLDER, root / STAGED, name)
        except FileNotFoundError as error:
            raise Unfit(f"{name} is missing in the backup.") from error
        if found != (size, digest):
            raise Unfit(f"{name} is not what the list of media says.")


def settle(root: Path) -> None:
    """Put what was laid ready in the place of what is there."""
    shutil.rmtree(root / ASIDE, ignore_errors=True)
    (root / ASIDE).mkdir()
    for path in present(root):
        path.rename(root / ASIDE / path.name)
    for path in (root / STAGED).iterdir():
        path.rename(root / path.name)
    discard(root)
    shutil.rmtree(root / ASIDE)


def discard(root: Path) -> None:
    """Throw away what was laid ready."""
    shutil.rmtree(root / STAGED, ignore_errors=True)


def present(root: Path) -> list[Path]:
    """Return what lies in a media folder."""
    with suppress(FileNotFoundError):
        return [path for path in root.iterdir() if path.name not in {STAGED, ASIDE}]
    return []
