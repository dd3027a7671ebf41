"""The citizen identity number (GB 11643): reading, sealing, finding.

It must not know whose number it is, nor write any row.
"""

import base64
import hmac
import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.refusals import Refusal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LENGTH = 18
SOURCE = "GB 11643-1999"

# First two digits: provinces, autonomous regions, municipalities (GB/T 2260).
_PROVINCE_RUNS = (
    (11, 15),
    (21, 23),
    (31, 37),
    (41, 46),
    (50, 54),
    (61, 65),
    (71, 71),
    (81, 83),
)
PROVINCES = frozenset(
    str(code) for low, high in _PROVINCE_RUNS for code in range(low, high + 1)
)
_EARLIEST_BIRTH_YEAR = 1880
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | dict.fromkeys(
    map(ord, "\uff58\uff38x\u00d7"), "X"
)
_SHOWN = 6
_NONCE = 12
_VERSION = "v1."
_AAD = b"cunxian.registry.v1"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number whose check digit and birth date hold."""

    text: str

    @property
    def region(self) -> str:
        """Return the county code of first registration."""
        return self.text[:6]

    @property
    def birth(self) -> date:
        """Return the birth date written in the number."""
        return date.fromisoformat(self.text[6:14])

    @property
    def sex(self) -> str:
        """Return the GB/T 2261.1 code: the 17th digit is odd for men."""
        return "1" if int(self.text[16]) % 2 else "2"

    @property
    def masked(self) -> str:
        """Return the county, then stars: never first and last digits together."""
        return mask(self.text)

    def __str__(self) -> str:
        """Return the masked form, so that no log prints the number by accident."""
        return self.masked

    def __repr__(self) -> str:
        """Return the masked form."""
        return f"IdNumber({self.masked})"


def parse_id(text: str) -> IdNumber | Refusal:
    """Return the number as it must be stored, or why it is none.

    Full-width digits, spaces, hyphens and a lower-case x are put right.

    Refuses: id_shape, id_region, id_birth, id_check_digit.
    """
    number = normalise(text)
    if not _has_shape(number):
        return _refuse("id_shape", _("证件号码应为18位，前17位为数字"))
    if number[:2] not in PROVINCES:
        return _refuse("id_region", _("证件号码的地区代码不存在"))
    if not _has_birth(number):
        return _refuse("id_birth", _("证件号码中的出生日期不存在"))
    if number[-1] != check_digit(number[:-1]):
        return _refuse("id_check_digit", _("证件号码校验位不符，请逐位核对"))
    return IdNumber(number)


def check_digit(first17: str) -> str:
    """Return the eighteenth character of a number (ISO 7064 MOD 11-2)."""
    # Said in map and mul because an import and a comparison ask it a million times.
    total = sum(map(mul, map(int, first17), WEIGHTS))
    return CHECK_CHARACTERS[total % 11]


def mask(text: str) -> str:
    """Return the first six characters and a star for each of the others."""
    return text[:_SHOWN] + "*" * max(len(text) - _SHOWN, 0)


def normalise(text: str) -> str:
    """Return a number as typed with spaces, hyphens and full width put right."""
    if text.isascii() and text.isalnum() and "x" not in text:
        return text
    cleaned = text.translate(_WIDE)
    return "".join(
        c for c in cleaned if not c.isspace() and c not in "-\uff0d\u200b\ufeff"
    )


def blind_index(number: str) -> str:
    """Return the keyed digest under which a number is found without reading it."""
    key = settings.INDEX_KEY.encode()
    return hmac.digest(key, b"id:" + normalise(number).encode(), "sha256").hex()


def seal(text: str) -> str:
    """Return the text in AES-256-GCM cipher; nothing stays nothing."""
    if not text:
        return ""
    box = seal_bytes(text.encode())
    return _VERSION + base64.urlsafe_b64encode(box).decode()


def unseal(sealed: str) -> str:
    """Return the text that was sealed.

    Raises: InvalidTag when the key is another or the cipher was altered.
    """
    if not sealed:
        return ""
    raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
    return unseal_bytes(raw).decode()


def seal_bytes(data: bytes) -> bytes:
    """Return the bytes in AES-256-GCM cipher, behind the nonce it was made with."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(settings.FIELD_KEY).encrypt(nonce, data, _AAD)


def unseal_bytes(sealed: bytes) -> bytes:
    """Return the bytes that were sealed.

    Raises: InvalidTag when the key is another or the cipher was altered.
    """
    cipher = _cipher(settings.FIELD_KEY)
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _AAD)


@lru_cache(maxsize=4)
def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key))


def _has_shape(number: str) -> bool:
    body, last = number[:-1], number[-1:]
    return (
        len(number) == LENGTH
        and number.isascii()
        and body.isdigit()
        and (last.isdigit() or last == "X")
    )


def _has_birth(number: str) -> bool:
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        return False
    return born.year >= _EARLIEST_BIRTH_YEAR


def _refuse(code: str, text: Promise) -> Refusal:
    return Refusal(code=code, text=text, source=SOURCE)
