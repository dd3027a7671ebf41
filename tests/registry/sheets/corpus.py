"""Files that must be refused as a whole, each with the word it is refused by.

A class is what was tried; the largest file is 20 MB, most are a few kilobytes.
"""

import gzip
import struct
import zlib
from collections.abc import Callable

from registry.sheets.apart import faults
from tests.registry.sheets.hostile import (
    OLE,
    TYPES,
    WORKBOOK,
    cfb,
    corners,
    doubled,
    flag,
    good,
    good_xls,
    lying_size,
    many_cells,
    package,
    sheet,
    wide_row,
    zipped,
)

MEGABYTE = 1024 * 1024
MACRO_TYPE = (
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.'
    'sheet.macroEnabled.main+xml"/>'
)
DOCTYPE = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY a{n} '&a{n - 1 if n else ''};&a{n - 1 if n else ''};'>"
        for n in range(1, 20)
    )
    + "]>"
)
XXE = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>'

# name -> (class, how it is made, the word it is refused by)
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "two corners of a sheet, 549 GB": (
        "corners",
        lambda: corners("A1", "XFD1048576"),
        faults.AREA,
    ),
    "last cell of a sheet": ("corners", lambda: corners("XFD1048576"), faults.AREA),
    "first column, last row, last column": (
        "corners",
        lambda: corners("A1", "A1048576", "XFD1"),
        faults.AREA,
    ),
    "a million rows, thirty columns": (
        "corners",
        lambda: corners("A1", "AD1048576"),
        faults.AREA,
    ),
    "a row beyond any sheet": (
        "corners",
        lambda: corners("A1", "B9999999"),
        faults.AREA,
    ),
    "small letters in a reference": (
        "corners",
        lambda: package('<row r="1"><c r="xfd1048576"><v>1</v></c></row>'),
        faults.AREA,
    ),
    "a prefix before every tag": (
        "corners",
        lambda: package(
            '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
        ),
        faults.AREA,
    ),
    "a wide row above a long column": ("wide row", wide_row, faults.AREA),
    "a million cells and more": ("cells", many_cells, faults.CELLS),
    "a thousandfold bomb": (
        "bomb",
        lambda: package(xl__media__a_xml=b" " * 60 * MEGABYTE),
        faults.BOMB,
    ),
    "a bomb in shared strings": (
        "bomb",
        lambda: package(
            xl__sharedStrings_xml=b"<sst>" + b"<si><t>a</t></si>" * 3_000_000
        ),
        faults.BOMB,
    ),
    "a bomb in a sheet": ("bomb", lambda: package("<row/>" * 10_000_000), faults.BOMB),
    "more than may be unpacked": (
        "unpacked",
        lambda: package(xl__media__a_bin=b"\x00" * 201 * MEGABYTE),
        faults.UNPACKED,
    ),
    "a part that lies about its size": (
        "lying zip",
        lambda: lying_size(package("<row/>" * 100)),
        faults.BROKEN,
    ),
    "two parts of one name": ("parts", doubled, faults.PARTS),
    "two thousand parts": (
        "parts",
        lambda: zipped(
            {
                "[Content_Types].xml": "",
                "xl/workbook.xml": "",
                **{f"a{n}": "" for n in range(2000)},
            }
        ),
        faults.PARTS,
    ),
    "a document type": ("dtd", lambda: package(before=DOCTYPE), faults.DTD),
    "a billion laughs": ("dtd", lambda: package(before=LAUGHS), faults.DTD),
    "an entity from the disk": ("dtd", lambda: package(before=XXE), faults.DTD),
    "a document type in the strings": (
        "dtd",
        lambda: package(xl__sharedStrings_xml=DOCTYPE + "<sst/>"),
        faults.DTD,
    ),
    "a document type in the relations": (
        "dtd",
        lambda: package(xl__x_rels=DOCTYPE),
        faults.DTD,
    ),
    "a sheet in UTF-16": (
        "coding",
        lambda: package(xl__worksheets__sheet2_xml=sheet("").encode("utf-16")),
        faults.CODING,
    ),
    "a macro": ("macros", lambda: package(xl__vbaProject_bin=b"\x00"), faults.MACROS),
    "a macro book called xlsx": (
        "macros",
        lambda: package(more=MACRO_TYPE),
        faults.MACROS,
    ),
    "a macro sheet": (
        "macros",
        lambda: package(xl__macrosheets__sheet1_xml="<x/>"),
        faults.MACROS,
    ),
    "an xls with a macro": ("macros", lambda: cfb("_VBA_PROJECT_CUR"), faults.MACROS),
    "a link to another book": (
        "links",
        lambda: package(xl__externalLinks__externalLink1_xml="<x/>"),
        faults.LINKS,
    ),
    "a connection to a database": (
        "links",
        lambda: package(xl__connections_xml="<x/>"),
        faults.LINKS,
    ),
    "a query": (
        "links",
        lambda: package(xl__queryTables__queryTable1_xml="<x/>"),
        faults.LINKS,
    ),
    "an embedded object": (
        "embedded",
        lambda: package(xl__embeddings__oleObject1_bin=b"\x00"),
        faults.EMBEDDED,
    ),
    "a control": (
        "embedded",
        lambda: package(xl__activeX__activeX1_xml="<x/>"),
        faults.EMBEDDED,
    ),
    "an xlsx with a password": (
        "encrypted",
        lambda: cfb("EncryptedPackage"),
        faults.ENCRYPTED,
    ),
    "a zip with a password": (
        "encrypted",
        lambda: flag(package(), 1),
        faults.ENCRYPTED,
    ),
    "half an xlsx": ("truncated", lambda: good()[: len(good()) // 2], faults.BROKEN),
    "an xlsx without its last byte": ("truncated", lambda: good()[:-1], faults.BROKEN),
    "an xlsx with a hole": (
        "truncated",
        lambda: good()[:400] + b"\x00" * 200 + good()[600:],
        faults.BROKEN,
    ),
    "half an xls": (
        "truncated",
        lambda: good_xls()[: len(good_xls()) // 2],
        faults.BROKEN,
    ),
    "the first bytes of an xls": ("truncated", lambda: good_xls()[:600], faults.BROKEN),
    "an xls of noise": (
        "compound lies",
        lambda: OLE + bytes(range(256)) * 40,
        faults.BROKEN,
    ),
    "an xls whose sectors run in a circle": (
        "compound lies",
        lambda: (
            OLE
            + struct.pack(
                "<16sHHHHHHIIIIIIIIII",
                b"",
                62,
                3,
                0xFFFE,
                9,
                6,
                0,
                0,
                0,
                1,
                0,
                0,
                4096,
                0,
                1,
                0,
                0,
            )
            + b"\x00" * 4096
        ),
        faults.BROKEN,
    ),
    "nothing": ("empty", lambda: b"", faults.NOT_A_SHEET),
    "blanks": ("empty", lambda: b" \r\n \r\n", faults.NOT_A_SHEET),
    "a book without sheets": (
        "empty",
        lambda: zipped(
            {"[Content_Types].xml": TYPES.format(more=""), "xl/workbook.xml": WORKBOOK}
        ),
        faults.BROKEN,
    ),
    "a document called xlsx": (
        "lying extension",
        lambda: zipped({"[Content_Types].xml": "", "word/document.xml": ""}),
        faults.OTHER_OFFICE,
    ),
    "an open document called xlsx": (
        "lying extension",
        lambda: zipped({"mimetype": "x", "content.xml": ""}),
        faults.OTHER_OFFICE,
    ),
    "an archive called xlsx": (
        "lying extension",
        lambda: zipped({"a.txt": "a"}),
        faults.NOT_A_SHEET,
    ),
    "a picture called xlsx": (
        "lying extension",
        lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 99,
        faults.NOT_A_SHEET,
    ),
    "a paper called xls": (
        "lying extension",
        lambda: b"%PDF-1.7\n1 0 obj",
        faults.NOT_A_SHEET,
    ),
    "a program called csv": (
        "lying extension",
        lambda: b"MZ\x90\x00" + b"\x00" * 99,
        faults.NOT_A_SHEET,
    ),
    "a packed csv": (
        "lying extension",
        lambda: gzip.compress(b"a,b\n1,2\n"),
        faults.NOT_A_SHEET,
    ),
    "a rar called xlsx": (
        "lying extension",
        lambda: b"Rar!\x1a\x07\x01\x00",
        faults.NOT_A_SHEET,
    ),
    "a web page called xls": (
        "markup",
        lambda: b"<html><table><tr><td>a</td></tr></table></html>",
        faults.MARKUP,
    ),
    "a web page with a mark": (
        "markup",
        lambda: b"\xef\xbb\xbf <table></table>",
        faults.MARKUP,
    ),
    "a workbook of 2003 in XML": (
        "markup",
        lambda: b'<?xml version="1.0"?><Workbook/>',
        faults.MARKUP,
    ),
    "noise": (
        "binary text",
        lambda: zlib.compress(bytes(range(256)) * 9),
        faults.NOT_A_SHEET,
    ),
    "a csv with NUL": ("binary text", lambda: b"a,b\n1,\x002\n", faults.NOT_A_SHEET),
    "a csv with a bell": ("binary text", lambda: b"a,b\n1,\x072\n", faults.NOT_A_SHEET),
    "a csv in no coding": (
        "text coding",
        lambda: "户编号,姓名\n".encode() + b"\xff\xff\n",
        faults.CODING,
    ),
    "a csv cut within a character": (
        "text coding",
        lambda: b"\xef\xbb\xbf" + "户编号".encode()[:-1],
        faults.CODING,
    ),
    "ten million commas": ("wide text", lambda: b"," * 10_000_000, faults.CELLS),
    "two million lines": ("wide text", lambda: b"a\n" * 2_000_000, faults.CELLS),
    "a field of a megabyte": (
        "long field",
        lambda: b"a,b\n" + b"x" * MEGABYTE + b",1\n",
        faults.BROKEN,
    ),
}
