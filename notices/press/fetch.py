"""What a paper may load while it is laid out: its own QR code, and nothing else.

Must not know any paper. A file or an address in a template stops the rendering.
"""

from io import BytesIO

import zxingcpp
from PIL import Image
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

QR = "qr:"

_QUIET = 2
# From the grey of a picture to "is it dark", and back.
_DARK = bytes([1]) + bytes(255)
_GREY = bytes([255, 0]) + bytes(254)


class LockedFetcher(URLFetcher):
    """Draws `qr:<text>`; every other address is refused."""

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        """Return the picture of a QR code.

        Raises: FatalURLFetchingError for anything else.
        """
        if not url.startswith(QR):
            raise FatalURLFetchingError(f"not for a paper: {url[:80]}")
        return URLFetcherResponse(
            url, body=_png(url.removeprefix(QR)), headers={"Content-Type": "image/png"}
        )


def modules(text: str) -> tuple[bytes, ...]:
    """Return the rows of a QR code with its quiet zone, a byte a square: 1 is dark."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dots = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    flat = dots.tobytes().translate(_DARK)
    side = dots.width
    rows = (flat[start : start + side] for start in range(0, len(flat), side))
    blank = bytes(side + 2 * _QUIET)
    margin = bytes(_QUIET)
    framed = (margin + row + margin for row in rows)
    return (*[blank] * _QUIET, *framed, *[blank] * _QUIET)


def _png(text: str) -> bytes:
    rows = modules(text)
    # One dot a square: printers and readers keep the edges sharp at any size.
    dots = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows).translate(_GREY))
    out = BytesIO()
    dots.convert("1").save(out, "PNG")
    return out.getvalue()
