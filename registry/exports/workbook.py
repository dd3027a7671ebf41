"""A streaming writer of xlsx: rows go straight into the packed file, nothing else.

XlsxWriter writes a long sheet either to a named temporary file in clear or wholly to
memory, and takes ten times as long; what is needed here is one table per sheet. Text is
written as inline text, so no cell can become a formula or a link. It must not know what
the rows mean. Source: ECMA-376, part 1.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import IO

Cell = str | int | Decimal | None

# Characters XML has no room for; a name never holds one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Cell formats by their place in styles.xml.
PLAIN, TEXT, HEADING, TITLE, MARK = range(5)
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
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
_BUFFER = 2000


class Workbook:
    """An xlsx file being written, sheet after sheet."""

    def __init__(self, to: IO[bytes], *, author: str, note: str, at: datetime) -> None:
        """Begin; `at` is when it was made, `note` stands among its properties."""
        self._zip = zipfile.ZipFile(
            to, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKING
        )
        self._names: list[str] = []
        self._repeated: list[int] = []
        self._core = (author, note, at)

    def add(
        self,
        name: str,
        above: Sequence[tuple[str, int]],
        headers: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        text: frozenset[int] = frozenset(),
        widths: Sequence[int] = (),
        header: str = "",
    ) -> None:
        """Write a sheet: lines with their formats, the heading, the rows.

        Shape: `text` columns formatted as text; `header` the page header, on each page.
        """
        self._names.append(name)
        top = len(above) + 1
        self._repeated.append(top)
        path = f"xl/worksheets/sheet{len(self._names)}.xml"
        with self._zip.open(path, "w", force_zip64=True) as out:
            out.write(_opening(top, len(headers), text, widths).encode())
            lines = [
                f'<row r="{n}">{_inline("A", n, line, style)}</row>'
                for n, (line, style) in enumerate(above, start=1)
            ]
            letters = [letter(place) for place in range(len(headers))]
            cells = [
                _inline(letters[p], top, h, HEADING) for p, h in enumerate(headers)
            ]
            lines.append(f'<row r="{top}">{"".join(cells)}</row>')
            for line in _rows(rows, top + 1, letters, text):
                lines.append(line)
                if len(lines) >= _BUFFER:
                    out.write("".join(lines).encode())
                    lines.clear()
            out.write("".join(lines).encode())
            out.write(_closing(header).encode())

    def close(self) -> None:
        """Write what names the sheets, and end the file."""
        for path, content in self._parts():
            self._zip.writestr(path, content)
        self._zip.close()

    def _parts(self) -> Iterator[tuple[str, str]]:
        numbers = range(1, len(self._names) + 1)
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
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(self._names, start=1)
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">'
            f"'{escape(name)}'!${row}:${row}</definedName>"
            for n, (name, row) in enumerate(
                zip(self._names, self._repeated, strict=True)
            )
        )
        return (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
            f"</sheets><definedNames>{titles}</definedNames></workbook>"
        )


def letter(place: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _rows(
    rows: Iterable[Sequence[Cell]],
    first: int,
    letters: Sequence[str],
    text: frozenset[int],
) -> Iterator[str]:
    styles = [TEXT if place in text else PLAIN for place in range(len(letters))]
    for number, row in enumerate(rows, start=first):
        cells = [
            _inline(letters[place], number, cell, styles[place])
            if isinstance(cell, str)
            else f'<c r="{letters[place]}{number}"><v>{cell}</v></c>'
            for place, cell in enumerate(row)
            if cell is not None and cell != ""
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _inline(column: str, row: int, text: str, style: int) -> str:
    written = escape(_UNWRITABLE.sub("", text), quote=False)
    styled = f' s="{style}"' if style else ""
    return (
        f'<c r="{column}{row}"{styled} t="inlineStr">'
        f'<is><t xml:space="preserve">{written}</t></is></c>'
    )


def _opening(top: int, count: int, text: frozenset[int], widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{_width(n - 1, widths)}" customWidth="1"'
        f"{' style=' + chr(34) + str(TEXT) + chr(34) if n - 1 in text else ''}/>"
        for n in range(1, count + 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" '
        f'topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def _closing(header: str) -> str:
    line = escape(header.replace("&", "&&"))
    return (
        '</sheetData><pageSetup paperSize="9" orientation="landscape" '
        'fitToWidth="1" fitToHeight="0"/><headerFooter>'
        f"<oddHeader>&amp;L{line}</oddHeader>"
        f"<oddFooter>&amp;L{line}&amp;R&amp;P / &amp;N</oddFooter>"
        "</headerFooter></worksheet>"
    )


def _width(place: int, widths: Sequence[int]) -> int:
    return widths[place] if place < len(widths) else 12


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
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{told}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
    )


def _core(author: str, note: str, at: datetime) -> str:
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    dates = "http://purl.org/dc/terms/"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="{dates}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(author)}</dc:creator>"
        f"<dc:description>{escape(note)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        "</cp:coreProperties>"
    )
