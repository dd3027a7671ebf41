"""Many papers in one PDF: one after the other, each beginning where it should.

Must not know the database nor the time of day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pypdfium2

from notices.press import Unrendered, render

# Of a page of A4, in points.
A4 = (595.276, 841.89)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One paper to be put into a bundle."""

    kind: str
    context: Mapping[str, Any]
    number: str
    code: str
    issued_at: datetime
    # The bookmark of this paper: 三组 张三.
    title: str
    watermark: str = ""
    # 副本 1, on every sheet; empty on an original.
    copy_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One file, and what became of each order.

    Attributes:
        pdf: the file; empty when no paper could be laid out.
        pages: how many pages each order took, in their order; 0 for a failed one.
        failures: why, by the position of the order.
    """

    pdf: bytes
    pages: list[int]
    failures: dict[int, str]


def render_bundle(
    orders: Sequence[Order],
    *,
    duplex: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Bundle:
    """Return the papers in one PDF, in their order.

    With `duplex` every paper starts on the front of a sheet. `progress` is told how
    many papers are done. A paper that cannot be laid out is left out and said.
    """
    whole, pages, failures = pypdfium2.PdfDocument.new(), [], {}
    for position, order in enumerate(orders):
        try:
            made = _pdf(order)
        except Unrendered as error:
            failures[position] = str(error)
            pages.append(0)
        else:
            pages.append(_append(whole, made, duplex=duplex))
        progress(position + 1)
    pdf = _saved(whole) if len(whole) else b""
    whole.close()
    return Bundle(pdf=pdf, pages=pages, failures=failures)


def _append(whole: pypdfium2.PdfDocument, pdf: bytes, *, duplex: bool) -> int:
    if duplex and len(whole) % 2:
        whole.new_page(*A4)
    part = pypdfium2.PdfDocument(pdf)
    number = len(part)
    whole.import_pages(part)
    part.close()
    return number


def _saved(whole: pypdfium2.PdfDocument) -> bytes:
    stream = BytesIO()
    whole.save(stream)
    return stream.getvalue()


def _pdf(order: Order) -> bytes:
    return render.render_pdf(
        order.kind,
        order.context,
        number=order.number,
        code=order.code,
        issued_at=order.issued_at,
        watermark=order.watermark,
        copy_mark=order.copy_mark,
    )
