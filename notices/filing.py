"""Where a paper's PDF is kept: its name, its bytes, its sums, its signature.

Knows papers as rows and the store; must not know how a PDF is made. The digest of the
archive is that of the unsigned bytes, with which a signed file begins.
"""

import hashlib
import logging
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile
from django.utils import timezone

from notices import signing
from notices.models import Paper, Signature
from notices.signing import Signer, Unsigned

logger = logging.getLogger(__name__)


def stored(paper: Paper) -> bytes | None:
    """Return the stored bytes, signed where the office signs; None if there are none."""
    storage = _storage()
    if not paper.rendered_at or not storage.exists(_name(paper)):
        return None
    with storage.open(_name(paper)) as file:
        content: bytes = file.read()
    return content


def keep(paper: Paper, made: bytes) -> bytes:
    """Store a PDF just made and return what was stored.

    Effects: the file; the paper's pages, sum and time; its signature, where the office
    signs. A file that cannot be signed is stored all the same, and the log says why.
    """
    _save(paper, made)
    _note(paper, made)
    return sign(paper, made) or made


def sign(paper: Paper, made: bytes) -> bytes | None:
    """Sign the unsigned bytes of a paper and store them; None where nobody can."""
    try:
        signer = signing.signer()
        signed = signer.sign(made) if signer else None
    except Unsigned as error:
        logger.warning("paper %s is not signed: %s", paper.code, error)
        return None
    if signer is None or signed is None:
        return None
    _save(paper, signed)
    Signature.objects.update_or_create(
        paper=paper, defaults=_facts(signer, made, signed)
    )
    return signed


def unsigned(paper: Paper, content: bytes) -> bytes:
    """Return the bytes as they were before signing."""
    signature = signature_of(paper)
    return content[: signature.unsigned_size] if signature else content


def signature_of(paper: Paper) -> Signature | None:
    """Return the signature on a paper's file, if there is one."""
    return Signature.objects.filter(paper=paper).first()


def sha256(content: bytes) -> str:
    """Return the sum by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def _storage() -> Any:
    return Paper._meta.get_field("pdf").storage


def _name(paper: Paper) -> str:
    return f"papers/{paper.issued_at.year}/{paper.code}.pdf"


def _save(paper: Paper, content: bytes) -> None:
    # A killed worker may have left half a file under the name.
    _storage().delete(_name(paper))
    _storage().save(_name(paper), ContentFile(content))


def _facts(signer: Signer, made: bytes, signed: bytes) -> dict[str, Any]:
    return {
        "unsigned_size": len(made),
        "sha256": sha256(signed),
        "subject": signer.subject,
        "fingerprint": signer.fingerprint,
        "algorithm": signer.algorithm,
    }


def _note(paper: Paper, made: bytes) -> None:
    """Note what was made; the sum of the first file stays, whatever comes later."""
    found = sha256(made)
    if paper.sha256 not in {"", found}:
        logger.warning("paper %s: made again with other bytes", paper.code)
    document = pypdfium2.PdfDocument(made)
    values = {
        "pdf": _name(paper),
        "pages": len(document),
        "sha256": paper.sha256 or found,
        # When the bytes were made is of no legal weight and would need a clock.
        "rendered_at": timezone.localtime(paper.issued_at),
        "attempts": paper.attempts + 1,
        "last_error": "",
    }
    document.close()
    Paper.objects.filter(pk=paper.pk).update(**values)
    for field, value in values.items():
        setattr(paper, field, value)
