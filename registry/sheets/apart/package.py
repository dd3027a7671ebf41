"""Looking through an xlsx before any reader may: size, ratio, cells, macros, links.

Every part is unpacked once, as a stream, and thrown away: nothing a part declares of
itself is believed. It must not know what the cells mean.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from xml.etree import ElementTree

from registry.sheets.apart import faults
from registry.sheets.apart.faults import Unfit
from registry.sheets.apart.grid import MOST_CELLS, Grid, Scan

_MEGABYTE: Final = 1024 * 1024
MOST_UNPACKED: Final = 200 * _MEGABYTE
# Worksheets pack ten to forty times; a bomb a thousand times.
MOST_RATIO: Final = 100
# Below this a ratio harms nobody.
_SMALL: Final = 4 * _MEGABYTE
MOST_PARTS: Final = 1000
_CHUNK: Final = _MEGABYTE

_WORKBOOK: Final = "xl/workbook.xml"
_BONDS: Final = "xl/_rels/workbook.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml$")
_XML: Final = (".xml", ".rels", ".vml")
_MACRO_PARTS: Final = ("vbaproject", "macrosheets/", "vbadata")
_LINK_PARTS: Final = ("externallinks/", "connections.xml", "querytables/")
_EMBEDDED_PARTS: Final = ("embeddings/", "activex/", "ctrlprops/")
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCKED: Final = 0x1
_OVERLAP: Final = 32


def looked_through(data: bytes) -> dict[str, Grid]:
    """Return part name -> what the raw XML of each worksheet tells.

    Raises: Unfit.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _parts_fit(package)
            return _scanned(package, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise Unfit(faults.BROKEN) from error


def sheet_parts(data: bytes) -> dict[str, str]:
    """Return sheet name -> the part it is written in; after `looked_through`."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        workbook = _tree(package, _WORKBOOK)
        names = package.namelist()
        bonds = _tree(package, _BONDS) if _BONDS in names else ()
    targets = {bond.get("Id"): bond.get("Target", "") for bond in bonds}
    parts = {}
    for element in workbook.iter():
        if element.tag.endswith("}sheet"):
            bond = next((v for k, v in element.items() if k.endswith("}id")), None)
            target = targets.get(bond, "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts[element.get("name", "")] = path
    return parts


def _tree(package: zipfile.ZipFile, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(package.read(part))  # noqa: S314 - as above
    except ElementTree.ParseError as error:
        raise Unfit(faults.BROKEN) from error


def _parts_fit(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Unfit(faults.PARTS, most=MOST_PARTS)
    if any(part.flag_bits & _LOCKED for part in parts):
        raise Unfit(faults.ENCRYPTED)
    if any(part.compress_type not in _METHODS for part in parts):
        raise Unfit(faults.BROKEN)
    if _TYPES not in names or _WORKBOOK not in names:
        known = {"content.xml", "word/document.xml", "ppt/presentation.xml"}
        raise Unfit(faults.OTHER_OFFICE if known & set(names) else faults.NOT_A_SHEET)
    declared = sum(part.file_size for part in parts)
    if declared > MOST_UNPACKED:
        raise Unfit(faults.UNPACKED, most=MOST_UNPACKED // _MEGABYTE)
    _names_fit([name.lower() for name in names])


def _names_fit(names: list[str]) -> None:
    for unwanted, word in (
        (_MACRO_PARTS, faults.MACROS),
        (_LINK_PARTS, faults.LINKS),
        (_EMBEDDED_PARTS, faults.EMBEDDED),
    ):
        if any(part in name for name in names for part in unwanted):
            raise Unfit(word)


def _scanned(package: zipfile.ZipFile, packed: int) -> dict[str, Grid]:
    unpacked = 0
    cells = 0
    grids = {}
    for part in package.infolist():
        scan = Scan() if _SHEET.search(part.filename) else None
        is_xml = part.filename.lower().endswith(_XML)
        with package.open(part) as stream:
            for chunk in _chunks(stream, is_xml=is_xml):
                unpacked += len(chunk)
                _size_fits(unpacked, packed)
                if scan:
                    scan.feed(chunk)
        if scan:
            grids[part.filename] = scan.end()
            cells += grids[part.filename].cells
            _cells_fit(cells)
    return grids


def _chunks(stream: IO[bytes], *, is_xml: bool) -> Iterator[bytes]:
    tail = b""
    while chunk := stream.read(_CHUNK):
        if is_xml:
            _xml_fits(tail + chunk, first=not tail)
        tail = chunk[-_OVERLAP:]
        yield chunk


def _xml_fits(text: bytes, *, first: bool) -> None:
    # Another coding would hide the signs looked for here.
    if first and text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfit(faults.CODING)
    if b"\x00" in text:
        raise Unfit(faults.CODING)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Unfit(faults.DTD)
    if b"macroEnabled" in text:
        raise Unfit(faults.MACROS)


def _size_fits(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED:
        raise Unfit(faults.UNPACKED, most=MOST_UNPACKED // _MEGABYTE)
    if unpacked > _SMALL and unpacked > MOST_RATIO * packed:
        raise Unfit(faults.BOMB, most=MOST_RATIO)


def _cells_fit(cells: int) -> None:
    if cells > MOST_CELLS:
        raise Unfit(faults.CELLS, most=MOST_CELLS)
