"""Reading a PDF back: its text, its pages, its QR codes."""

import re
import zlib

import pypdfium2
import zxingcpp


def text(pdf: bytes) -> str:
    """Return the text of all pages without any space."""
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s", "", found)


def spaced(pdf: bytes) -> str:
    """Return the text of all pages with the spaces between the cells of its tables."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


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


def parts(pdf: bytes) -> str:
    """Return what lies packed in a PDF: its objects and its metadata, not its pages."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    found = [zlib.decompress(one) for one in streams if one.startswith(b"x")]
    return b"\n".join(found).decode("utf-8", "replace")


def faces(pdf: bytes) -> set[str]:
    """Return the names of the embedded faces without the mark of the subset."""
    return set(re.findall(r"/FontName ?/[A-Z]{6}\+([^/]+)/", parts(pdf)))


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the files inside a PDF by their names."""
    document = pypdfium2.PdfDocument(pdf)
    files = [document.get_attachment(n) for n in range(document.count_attachments())]
    return {file.get_name(): bytes(file.get_data()) for file in files}


def pictures(pdf: bytes) -> list[bytes]:
    """Return the dots of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=1).to_pil().tobytes() for page in document]
