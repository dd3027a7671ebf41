"""A streaming writer of xlsx: rows go straight into the packed file, nothing else.

XlsxWriter writes a long sheet either to a named temporary file in clear or wholly to
memory, and takes ten times as long; what is needed here is one table per sheet. It must
not know what the rows mean. Source: ECMA-376, part 1.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from typing import IO

from registry.exports.pages import HEAD, MAIN, Output, Page, Row, Writer

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}">
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="14"/><name val="宋体"/></font>
<font><sz val="11"/><color rgb="FF9C1B1B"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFECE8DF"/></patternFill></fill>
</fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1"/>
<xf fontId="1" fillId="2" applyFont="1" applyFill="1"><alignment wrapText="1"/></xf>
<xf fontId="2" applyFont="1"/><xf fontId="3" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
# Fast enough at this size; a tighter packing costs more time than it saves room.
_PACKING = 1


class Workbook:
    """An xlsx file being written, some of its sheets at a time."""

    def __init__(self, to: IO[bytes], *, author: str, note: str, at: datetime) -> None:
        """Begin; `at` is when it was made, `note` stands among its properties."""
        self._zip = zipfile.ZipFile(
            to, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKING
        )
        self._pages: list[Page] = []
        self._core = (author, note, at)

    def add(self, pages: Sequence[Page], rows: Iterable[tuple[int, Row]]) -> None:
        """Write sheets whose rows come mixed, each with its sheet's place in `pages`.

        The last sheet is written as its rows come; those of the others wait in memory,
        packed, so the longest should be the last.
        """
        waiting = [_Waiting() for _page in pages[:-1]]
        self._pages += pages
        last = len(self._pages)
        with self._part(last) as out:
            outputs: list[Output] = [*waiting, out]
            writers = [*map(Writer, pages, outputs)]
            for place, row in rows:
                writers[place].put(row)
            for writer in writers:
                writer.close()
        for number, packed in enumerate(waiting, start=last - len(waiting)):
            with self._part(number) as out:
                out.writelines(packed)

    def close(self) -> None:
        """Write what names the sheets, and end the file."""
        for path, content in self._parts():
            self._zip.writestr(path, content)
        self._zip.close()

    def _part(self, number: int) -> IO[bytes]:
        path = f"xl/worksheets/sheet{number}.xml"
        return self._zip.open(path, "w", force_zip64=True)

    def _parts(self) -> Iterator[tuple[str, str]]:
        numbers = range(1, len(self._pages) + 1)
        yield "[Content_Types].xml", _content_types(numbers)
        yield (
            "_rels/.rels",
            _relations(
                [
                    (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
                    (
                        f"{_PACKAGE}/relationships/metadata/core-properties",
                        "docProps/core.xml",
                    ),
                ]
            ),
        )
        sheets = [(f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        yield (
            "xl/_rels/workbook.xml.rels",
            _relations([*sheets, (f"{_OFFICE}/styles", "styles.xml")]),
        )
        yield "xl/workbook.xml", self._book()
        yield "xl/styles.xml", _STYLES
        yield "docProps/core.xml", _core(*self._core)

    def _book(self) -> str:
        sheets = "".join(
            f'<sheet name="{escape(page.name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, page in enumerate(self._pages, start=1)
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">'
            f"'{escape(page.name)}'!${page.top}:${page.top}</definedName>"
            for n, page in enumerate(self._pages)
        )
        return (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
            f"</sheets><definedNames>{titles}</definedNames></workbook>"
        )


class _Waiting:
    """Bytes that wait in memory, packed, until the file has room for them."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_PACKING)
        self._packed: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._packed.append(self._packer.compress(part))
        return len(part)

    def __iter__(self) -> Iterator[bytes]:
        opener = zlib.decompressobj()
        for part in (*self._packed, self._packer.flush()):
            yield opener.decompress(part)


def _content_types(numbers: Iterable[int]) -> str:
    parts = {
        "xl/workbook.xml": f"{_SHEET}.sheet.main+xml",
        "xl/styles.xml": f"{_SHEET}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    } | {f"xl/worksheets/sheet{n}.xml": f"{_SHEET}.worksheet+xml" for n in numbers}
    told = "".join(
        f'<Override PartName="/{path}" ContentType="{kind}"/>'
        for path, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{told}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
    )


def _core(author: str, note: str, at: datetime) -> str:
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    dates = "http://purl.org/dc/terms/"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="{dates}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(author)}</dc:creator>"
        f"<dc:description>{escape(note)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        "</cp:coreProperties>"
    )
