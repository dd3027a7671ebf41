"""Uploaded files and marked copies as ciphers on the disk, and their end.

The name on the disk is chance, not the uploader's. It must not know what is in them.
"""

import secrets

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from registry.identity import seal_bytes, unseal_bytes


def keep(field: FieldFile, data: bytes) -> None:
    """Seal the bytes into a file of the field; the row is the caller's to save."""
    name = f"{secrets.token_hex(16)}.sealed"
    field.save(name, ContentFile(seal_bytes(data)), save=False)


def opened(field: FieldFile) -> bytes:
    """Return the bytes in clear, in memory only."""
    with field.open("rb") as file:
        return unseal_bytes(file.read())


def discard(field: FieldFile) -> None:
    """Delete the file and empty the field; the row is the caller's to save."""
    if field:
        field.delete(save=False)
