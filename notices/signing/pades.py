"""PAdES by pyHanko: an invisible signature, so that the PDF stays PDF/A.

The one door of pyHanko; must not know papers, settings or the database.
"""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from notices.signing import Unsigned

FIELD: Final = "Cunxian"
# Room for a chain of three certificates; without it pyHanko signs twice to find out.
_RESERVED: Final = 16_384
_SHA256: Final = hashes.SHA256()
# Everything that reading a damaged file has been seen to end in.
_UNREADABLE: Final = (
    PdfError,
    SignatureValidationError,
    ValueError,
    LookupError,
    TypeError,
    zlib.error,
)


class _Preloaded(signers.SimpleSigner):
    """Keeps the parsed key: pyHanko parses and tests it again for each signature."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), _SHA256)
        return self.key.sign(data, ec.ECDSA(_SHA256))


class PadesSigner:
    """Signs with the key of a PKCS#12 file, RSA or an elliptic curve (not SM2)."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Open the key.

        Raises: Unsigned when the file, its passphrase or its key is unfit.
        """
        self._signer = _opened(path, passphrase)
        certificate: Any = self._signer.signing_cert
        name = certificate.subject.native
        self.subject: str = name.get("common_name", certificate.subject.human_friendly)
        self.fingerprint: str = certificate.sha256.hex()
        kind = certificate.public_key.algorithm
        self.algorithm = f"PAdES {kind.upper()} SHA-256"
        self._certificate = certificate

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with the signature appended.

        Raises: Unsigned.
        """
        what = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        try:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            office = signers.PdfSigner(what, self._signer)
            signed = office.sign_pdf(writer, bytes_reserved=_RESERVED)
        except (PdfError, SigningError, ValueError) as error:
            raise Unsigned(str(error)) from error
        return cast("BytesIO", signed).getvalue()

    def holds(self, pdf: bytes) -> bool:
        """Return whether exactly this certificate signed exactly these bytes."""
        try:
            return self._holds(pdf)
        except _UNREADABLE:
            return False

    def _holds(self, pdf: bytes) -> bool:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(found) != 1:
            return False
        # The office trusts its own certificate; nothing is fetched to ask others.
        trust = ValidationContext(trust_roots=[self._certificate], allow_fetching=False)
        status: Any = validate_pdf_signature(
            found[0], signer_validation_context=trust, skip_diff=True
        )
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        ours = found[0].signer_cert.sha256.hex() == self.fingerprint
        _start, before, after, _rest = found[0].byte_range
        closed = _closed(found[0].pkcs7_content, pdf[before:after])
        return bool(status.intact and status.valid and whole and closed and ours)


def _closed(content: bytes, room: bytes) -> bool:
    """Return whether the room of the signature, which nothing signs, holds it alone."""
    # DER: a sequence (30) whose length stands in the next two bytes (82).
    size = 4 + int.from_bytes(content[2:4])
    empty = content[:2] == b"\x30\x82" and not content[size:].strip(b"\0")
    return empty and room.upper() == b"<%s>" % content.hex().upper().encode()


def _opened(path: Path, passphrase: str) -> _Preloaded:
    try:
        found = signers.SimpleSigner.load_pkcs12_data(
            path.read_bytes(), other_certs=[], passphrase=passphrase.encode()
        )
        key = serialization.load_der_private_key(found.signing_key.dump(), None)
    except (OSError, ValueError) as error:
        raise Unsigned(f"{path.name}: {error}") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Unsigned(f"{path.name}: neither RSA nor an elliptic curve")
    loaded = _Preloaded(
        signing_cert=found.signing_cert,
        signing_key=found.signing_key,
        cert_registry=found.cert_registry,
    )
    loaded.key = key
    return loaded
