"""A code besides the password: set up, asked for, used once, given up.

Codes of six digits every thirty seconds (RFC 6238), and ten on paper for the day the
telephone is lost. The only writer of `SecondFactor` and `RecoveryCode`, and the only
door to pyotp. Runs on real time, also in training.
"""

import secrets
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils.crypto import salted_hmac

from permissions import lockout
from permissions.models import Officer, RecoveryCode, SecondFactor
from registry.identity import seal, unseal

ISSUER = "村县 Cunxian"
STEP = 30
# A telephone's clock may go half a minute wrong either way.
DRIFT = 1
PAPER_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUP = 5


def is_on(officer: Officer) -> bool:
    """Return whether a code is asked of this officer."""
    return SecondFactor.objects.filter(
        officer=officer, confirmed_at__isnull=False
    ).exists()


def begin(officer: Officer) -> str:
    """Return the secret to be put into a telephone; the same until it is confirmed.

    Effects: an unconfirmed row, which asks nobody for anything yet.
    """
    row, _created = SecondFactor.objects.get_or_create(
        officer=officer, defaults={"secret_cipher": seal(pyotp.random_base32())}
    )
    return unseal(row.secret_cipher)


def address(officer: Officer, secret: str) -> str:
    """Return the `otpauth:` address a telephone reads as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(
        name=officer.username, issuer_name=ISSUER
    )


@transaction.atomic
def confirm(officer: Officer, code: str, *, at: datetime) -> list[str]:
    """Switch the codes on with a first right one; return the codes for paper.

    They are shown once and kept nowhere. Empty when the code is wrong.
    """
    row = _locked(officer)
    if row is None or row.confirmed_at is not None or not _matches(row, code, at):
        return []
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at", "last_step"])
    papers = [_paper_code() for _n in range(PAPER_CODES)]
    RecoveryCode.objects.filter(officer=officer).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(officer=officer, digest=_digest(officer, code)) for code in papers
    )
    return papers


@transaction.atomic
def accepts(officer: Officer, said: str, *, at: datetime) -> bool:
    """Take a code from the telephone or from paper; each works once.

    Effects: the step of the code, or the use of the paper code, is written down.
    """
    row = _locked(officer)
    if row is None or row.confirmed_at is None:
        return False
    if _matches(row, said, at):
        row.save(update_fields=["last_step"])
        return True
    unused = RecoveryCode.objects.filter(officer=officer, used_at=None)
    return bool(unused.filter(digest=_digest(officer, said)).update(used_at=at))


def left(officer: Officer) -> int:
    """Return how many codes on paper still work."""
    return RecoveryCode.objects.filter(officer=officer, used_at=None).count()


@transaction.atomic
def give_up(officer: Officer) -> None:
    """Ask this officer for no code any more."""
    RecoveryCode.objects.filter(officer=officer).delete()
    SecondFactor.objects.filter(officer=officer).delete()


def proves_himself(officer: Officer, said: str, *, seen_at: str, at: datetime) -> bool:
    """Take a password or a code before a signature, counted as at log-in.

    Attributes: `seen_at` the address the request comes from.
    """
    if not lockout.enter(officer.username, seen_at, at=at):
        return False
    if not (officer.check_password(said) or accepts(officer, said, at=at)):
        return False
    lockout.forget(officer.username, seen_at)
    return True


def _locked(officer: Officer) -> SecondFactor | None:
    return SecondFactor.objects.select_for_update().filter(officer=officer).first()


def _matches(row: SecondFactor, said: str, at: datetime) -> bool:
    """Look whether a code is that of now or nearly now, and newer than the last."""
    totp = pyotp.TOTP(unseal(row.secret_cipher), interval=STEP)
    now = int(at.timestamp()) // STEP
    code = "".join(said.split())
    for step in range(max(now - DRIFT, row.last_step + 1), now + DRIFT + 1):
        if secrets.compare_digest(totp.at(step * STEP).encode(), code.encode()):
            row.last_step = step
            return True
    return False


def _paper_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _n in range(2 * _GROUP))
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"


def _digest(officer: Officer, code: str) -> str:
    plain = "".join(code.split()).casefold().replace("-", "")
    value = f"{officer.pk}\n{plain}"
    return salted_hmac("permissions.recovery", value, algorithm="sha256").hexdigest()
