"""How hostile files are built, byte by byte; `corpus.py` lists them."""

import struct
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

import pytest

from tests.registry.sheets import books

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/>{more}</Types>'
)
WORKBOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
    '<sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BONDS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="' + REL + '/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT = BONDS.replace("/worksheet", "/officeDocument").replace(
    "worksheets/sheet1.xml", "xl/workbook.xml"
)
CELL = '<c r="{at}" t="inlineStr"><is><t>x</t></is></c>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheet(cells: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    )


def package(
    cells: str = '<row r="1"><c r="A1"><v>1</v></c></row>',
    *,
    before: str = "",
    more: str = "",
    **parts: str | bytes,
) -> bytes:
    """Return an xlsx of one sheet; a part named a__b_xml is the part a/b.xml."""
    told: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(more=more),
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": BONDS,
        "xl/worksheets/sheet1.xml": sheet(cells, before),
    }
    for name, content in parts.items():
        told[name.replace("__", "/").replace("_", ".")] = content
    return zipped(told)


def zipped(parts: dict[str, str | bytes], level: int = 9) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def corners(*cells: str) -> bytes:
    """Return a sheet with a few cells far apart."""
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, at))}">{CELL.format(at=at)}</row>'
        for at in cells
    )
    return package(rows)


def flag(data: bytes, bit: int) -> bytes:
    """Return a zip whose every entry claims a flag."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + place] |= bit
            start = changed.find(mark, start + 4)
    return bytes(changed)


def lying_size(data: bytes) -> bytes:
    """Return a zip whose sheet says it unpacks to sixteen bytes."""
    changed = bytearray(data)
    start = changed.find(b"PK\x01\x02")
    while start >= 0:
        name = changed[start + 46 : start + 46 + 24]
        if name == b"xl/worksheets/sheet1.xml":
            changed[start + 24 : start + 28] = struct.pack("<I", 16)
        start = changed.find(b"PK\x01\x02", start + 4)
    return bytes(changed)


def doubled() -> bytes:
    out = BytesIO(package())
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning, match="Dup"):
        file.writestr("xl/worksheets/sheet1.xml", sheet(""))
    return out.getvalue()


def good() -> bytes:
    return books.xlsx(books.national())


def good_xls() -> bytes:
    return books.xls(books.national())


def wide_row() -> bytes:
    """Return one row of 16,384 cells above 50,000 rows of one: 247 kB, 26 GB."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    return package(wide + "<row><c><v>1</v></c></row>" * 50_000)


def many_cells() -> bytes:
    """Return numbers that do not pack a hundredfold, in eight columns."""
    numbers = (f"<c><v>{n * 7919 % 100_003}</v></c>" for n in range(1_008_000))
    return package(
        "<row>" + "</row><row>".join(map("".join, batched(numbers, 8))) + "</row>"
    )


def batched(cells: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*[iter(cells)] * size, strict=True)


def cfb(word: str) -> bytes:
    return OLE + b"\x00" * 504 + word.encode("utf-16-le") + b"\x00" * 2048
