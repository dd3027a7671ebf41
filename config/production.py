"""What an installation must have before it may start.

Pure: values in, sentences out; it must not read the environment.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence

FIELD_KEY_BYTES = 32


def refuse_unfit(
    *,
    secrets: Mapping[str, str],
    production: bool,
    debug: bool,
    training: bool,
    hosts: Sequence[str],
    signing: Mapping[str, str],
) -> list[str]:
    """Return every reason why this installation must not start."""
    found = [
        f"{name} is not set; `make setup` writes one." for name in missing(secrets)
    ]
    if secrets["FIELD_KEY"] and not is_field_key(secrets["FIELD_KEY"]):
        found.append("FIELD_KEY is not 32 bytes in URL-safe base64.")
    if production and debug:
        found.append("CUNXIAN_DEBUG is on: pages would show the register's inside.")
    if production and training:
        found.append("CUNXIAN_TRAINING is on: the training clock moves the law's days.")
    if production and (not hosts or "*" in hosts):
        found.append("ALLOWED_HOSTS names no host.")
    if 0 < len(missing(signing)) < len(signing):
        found.append(f"{' and '.join(signing)} belong together: set both or neither.")
    return found


def missing(secrets: Mapping[str, str]) -> list[str]:
    """Return the names of the secrets that have no value."""
    return [name for name, value in secrets.items() if not value]


def is_field_key(text: str) -> bool:
    """Say whether the text is a key that AES-256 can take."""
    try:
        return len(base64.urlsafe_b64decode(text)) == FIELD_KEY_BYTES
    except (binascii.Error, ValueError):
        return False
