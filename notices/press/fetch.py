"""What a paper may load while it is laid out: its own QR code, and nothing else.

Must not know any paper. A file or an address in a template stops the rendering.
"""

from io import BytesIO

import segno
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

QR = "qr:"

# A fixed mask: the search for the best one is most of the cost, and any mask reads.
_MASK = 3
_QUIET = 2


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


def modules(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the squares of a QR code with its quiet zone, dark as 1."""
    return tuple(tuple(row) for row in _code(text).matrix_iter(border=_QUIET))


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", mask=_MASK, boost_error=False, micro=False)


def _png(text: str) -> bytes:
    out = BytesIO()
    # One dot a square: printers and readers keep the edges sharp at any size.
    _code(text).save(out, kind="png", scale=1, border=_QUIET)
    return out.getvalue()
