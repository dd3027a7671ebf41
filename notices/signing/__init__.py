"""Electronic signatures on PDFs: one interface, and nobody who signs by default.

Must not know any paper: bytes in, bytes out. A signature here proves that a file is
unchanged since this office made it. It is not a government seal: those are SM2 seals of
the unified state system (GB/T 38540, often on OFD files), which this product does not
make; `docs/decisions.md` says more.
"""

from functools import cache
from pathlib import Path
from typing import Final, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

# Loaded only where an office signs: the library is large and optional.
_PADES: Final = "notices.signing.pades.PadesSigner"


class Unsigned(Exception):
    """A file could not be signed; it is kept without a signature."""


class Signer(Protocol):
    """Whoever can sign a PDF."""

    subject: str
    # SHA-256 of the certificate, in hexadecimal.
    fingerprint: str
    algorithm: str

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with a signature appended; its own bytes come first.

        Raises: Unsigned.
        """

    def holds(self, pdf: bytes) -> bool:
        """Return whether this signer's signature is there and no byte was changed."""


@cache
def signer() -> Signer | None:
    """Return the signer the installation configured, its key loaded once; or none.

    Raises: Unsigned when the library is missing or the key file cannot be opened.
    """
    if not settings.SIGN_PKCS12:
        return None
    try:
        make = import_string(_PADES)
    except ImportError as error:
        raise Unsigned(str(error)) from error
    return cast("Signer", make(Path(settings.SIGN_PKCS12), settings.SIGN_PASSPHRASE))
