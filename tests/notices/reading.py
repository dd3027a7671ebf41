"""Reading a PDF back: its text, its pages, its QR codes."""

import re

import pypdfium2
import zxingcpp


def text(pdf: bytes) -> str:
    """Return the text of all pages without any space."""
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s", "", found)


def pages(pdf: bytes) -> int:
    """Return the number of pages."""
    return len(pypdfium2.PdfDocument(pdf))


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page without any space."""
    document = pypdfium2.PdfDocument(pdf)
    return [re.sub(r"\s", "", p.get_textpage().get_text_bounded()) for p in document]


def qr_codes(pdf: bytes) -> list[str]:
    """Return what the QR code of each page says."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=2).to_pil() for page in document]
    return [code.text for one in pictures for code in zxingcpp.read_barcodes(one)]
