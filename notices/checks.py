"""System checks of what an office brings: its faces and the key it signs with.

Must not know any paper. Only TrueType outlines print; fontconfig leaves other faces
aside, this says so.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from notices import signing

TRUETYPE = {b"\x00\x01\x00\x00", b"true"}
COLLECTION = b"ttcf"
_ENDINGS = {".otf", ".otc", ".ttf", ".ttc", ".woff", ".woff2", ".pfb"}


def office_faces(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Name every face in var/fonts that papers will not use."""
    return unfit_faces((settings.VAR_DIR / "fonts").glob("**/*"))


def signing_key(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Open the key that papers are signed with, where there is one."""
    try:
        signing.signer()
    except signing.Unsigned as error:
        hint = "requirements-sign.txt names what signing needs."
        said = f"Papers cannot be signed: {error}."
        return [checks.Error(said, hint=hint, id="notices.E001")]
    return []


def unfit_faces(paths: Iterable[Path]) -> list[checks.CheckMessage]:
    """Return a warning for each font file whose outlines are not TrueType."""
    return [
        checks.Warning(
            f"{path.name} has no TrueType outlines, so papers do not use it: some"
            " readers would show its characters as blanks.",
            hint="Install the TrueType (.ttf) edition of the face.",
            id="notices.W001",
        )
        for path in sorted(paths)
        if path.suffix.lower() in _ENDINGS and not is_truetype(path)
    ]


def is_truetype(path: Path) -> bool:
    """Return whether a font file, or every face of a collection, is TrueType."""
    with path.open("rb") as file:
        tag = file.read(4)
        if tag != COLLECTION:
            return tag in TRUETYPE
        _version, number = struct.unpack(">II", file.read(8))
        starts = struct.unpack(f">{number}I", file.read(4 * number))
        return {_tag_at(file, start) for start in starts} <= TRUETYPE


def _tag_at(file: Any, start: int) -> bytes:
    file.seek(start)
    tag: bytes = file.read(4)
    return tag
