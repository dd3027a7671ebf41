"""What a paper may load while it is laid out: its own QR code, and nothing else.

Must not know any paper. A file or an address in a template stops the rendering.
"""

from io import BytesIO

import segno
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

QR = "qr:"

# A fixed mask: the search for the best one is most of the cost, and any mask reads.
_MASK = 3


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


def _png(text: str) -> bytes:
    code = segno.make(text, error="m", mask=_MASK, boost_error=False, micro=False)
    out = BytesIO()
    code.save(out, kind="png", scale=6, border=2)
    return out.getvalue()
