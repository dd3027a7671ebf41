"""Taking in a photo: checked, re-encoded small, its hour read, the rest stripped.

Knows nothing of what the picture shows; decoding is `pictures`' business.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from notices import pictures
from notices.models import Photo
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Refusal

LARGEST_BYTES: Final = 15 * 1024 * 1024
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Our own encoding of an upload, not yet stored."""

    data: bytes
    width: int
    height: int
    taken_at: datetime | None


def accept(
    upload: UploadedFile,
    *,
    by: Appointment,
    at: datetime,
    about: str,
    purpose: str,
    place_code: str | None = None,
) -> Photo | Refusal:
    """Store a photo and return it, or say why it is none; see `examine`."""
    picture = examine(upload)
    if isinstance(picture, Refusal):
        return picture
    return keep(
        picture, by=by, at=at, about=about, purpose=purpose, place_code=place_code
    )


def examine(upload: UploadedFile) -> Picture | Refusal:
    """Return the picture in a file, or say why there is none; nothing is stored.

    Refuses: photo_large, photo_pdf, photo_not, photo_pixels, photo_broken.
    """
    if refusal := _too_large(upload):
        return refusal
    upload.seek(0)
    found = pictures.decoded(upload.read(LARGEST_BYTES + 1))
    if isinstance(found, Refusal):
        return found
    image, taken_at = found
    return Picture(
        data=pictures.encoded(image),
        width=image.width,
        height=image.height,
        taken_at=taken_at,
    )


def keep(
    picture: Picture,
    *,
    by: Appointment,
    at: datetime,
    about: str,
    purpose: str,
    place_code: str | None = None,
) -> Photo:
    """Store an examined picture; the officer's place owns it unless one is named.

    Effects: one file, one row.
    """
    digest = hashlib.sha256(picture.data).hexdigest()
    photo = Photo(
        sha256=digest,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        uploaded_by=by,
        uploaded_at=at,
        place_id=place_code or by.place_id,
        about=about,
        purpose=purpose,
    )
    photo.file.save(f"{digest[:2]}/{digest}.jpg", ContentFile(picture.data), save=False)
    photo.save()
    return photo


def _too_large(upload: UploadedFile) -> Refusal | None:
    size = upload.size or 0
    if size <= LARGEST_BYTES:
        return None
    text = _("照片 %(size)s MB，超过 %(limit)s MB，请重新拍摄或者压缩后上传")
    return _refuse(
        "photo_large",
        text % {"size": round(size / _MEGABYTE), "limit": LARGEST_BYTES // _MEGABYTE},
    )


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
