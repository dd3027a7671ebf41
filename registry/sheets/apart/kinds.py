"""What a file is, by its first bytes; names and endings are not asked.

It must not open the file further than that.
"""

from enum import StrEnum
from typing import Final

from registry.sheets.apart.faults import MARKUP, NOT_A_SHEET, Unfit


class FileKind(StrEnum):
    """The three ways a table comes."""

    PACKAGE = "xlsx"  # a zip of XML parts
    COMPOUND = "xls"  # xls, and et of WPS
    TEXT = "csv"


_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Byte order marks before which NUL bytes are no sign of a binary file.
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN: Final = (
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"PK\x05\x06",
    b"RIFF",
)
_SEEN: Final = 4096


def kind_of(data: bytes) -> FileKind:
    """Return what the bytes are.

    Raises: Unfit for a picture, an archive, a web page called .xls, and the like.
    """
    head = data[:_SEEN]
    if head.startswith(_ZIP):
        return FileKind.PACKAGE
    if head.startswith(_COMPOUND):
        return FileKind.COMPOUND
    if not head.strip() or head.startswith(_FOREIGN):
        raise Unfit(NOT_A_SHEET)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unfit(MARKUP)
    if b"\x00" in head and not head.startswith(_WIDE):
        raise Unfit(NOT_A_SHEET)
    return FileKind.TEXT
