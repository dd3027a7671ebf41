"""The marks that tell a true sheet: its check code, and the seal inside the QR code.

Must not know any paper; works without the database.
"""

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

_CODE_BYTES = 10
_MAC_LENGTH = 8
_GROUP = 4
_CODE = re.compile(r"[A-Z2-7]{16}")
_MARK = re.compile(r"(?:^|/)([A-Z2-7]{16})-([A-Z2-7]{8})/?$")


def new_code() -> str:
    """Return sixteen characters that nobody can guess (80 bits)."""
    return base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()


def mac(code: str) -> str:
    """Return the short seal of a code under the paper key."""
    sealed = hmac.new(settings.PAPER_KEY.encode(), code.encode(), hashlib.sha256)
    return base64.b32encode(sealed.digest()).decode()[:_MAC_LENGTH]


def seals(code: str, claimed: str) -> bool:
    """Return whether the seal belongs to the code, in constant time."""
    return hmac.compare_digest(mac(code).encode(), claimed.upper().encode())


def check_url(code: str) -> str:
    """Return what the QR code leads to; no personal data in it."""
    return f"{settings.SITE_URL.rstrip('/')}/v/{code}-{mac(code)}/"


def taken_apart(text: str) -> tuple[str, str]:
    """Return code and seal of what a QR code says; empty when it says neither."""
    found = _MARK.search(text.strip().upper())
    return (found[1], found[2]) if found else ("", "")


def grouped(code: str, size: int = _GROUP) -> str:
    """Return the code in groups, of four if not said, as it is printed and read out."""
    return " ".join(code[i : i + size] for i in range(0, len(code), size))


def as_code(text: str) -> str:
    """Return the code somebody typed, put right; empty if it is none."""
    typed = "".join(text.split()).replace("-", "").upper()
    # The alphabet has neither 0 nor 1 nor 8: they are misread letters.
    typed = typed.translate(str.maketrans("018", "OIB"))
    return typed if _CODE.fullmatch(typed) else ""
