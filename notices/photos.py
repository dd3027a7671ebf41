"""Taking in a photo: checked, re-encoded small, its hour read, the rest stripped.

Knows nothing of what the picture shows. What comes in is hostile until it has been
decoded; only our own encoding of it is ever stored.
"""

import hashlib
import warnings
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from notices.models import Photo
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Refusal

LARGEST_BYTES: Final = 15 * 1024 * 1024
LARGEST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2000
QUALITY: Final = 82

FORMATS: Final = ("JPEG", "PNG", "WEBP")
_EXIF_FOLDER: Final = 0x8769
_TAKEN: Final = (0x9003, 0x9004)  # DateTimeOriginal, DateTimeDigitized
_CHANGED: Final = 0x0132

_MEGABYTE = 1024 * 1024
_PDF = b"%PDF"


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
    found = _decoded(upload.read(LARGEST_BYTES + 1))
    if isinstance(found, Refusal):
        return found
    image, taken_at = found
    return Picture(
        data=_encoded(image), width=image.width, height=image.height, taken_at=taken_at
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


def _decoded(data: bytes) -> tuple[Image.Image, datetime | None] | Refusal:
    """Return the upright picture and when it was taken."""
    if data.startswith(_PDF):
        return _refuse("photo_pdf", _("文件内容是 PDF，不是照片，请直接用手机拍照上传"))
    # WeasyPrint, once imported, makes Pillow take half a picture for a whole one in the
    # whole process; a photo cut short on its way in must be refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb at a limit of its own; ours is lower and refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > LARGEST_PIXELS:
            return _too_many_pixels()
        taken_at = _taken_at(image)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _small(image), taken_at
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except UnidentifiedImageError:
        return _refuse(
            "photo_not",
            _("文件不是照片（只收 JPEG、PNG、WebP 图片，看内容不看文件名）"),
        )
    except (OSError, SyntaxError, ValueError):
        return _refuse("photo_broken", _("照片文件已损坏，请重新拍摄"))


def _small(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode in {"RGBA", "LA", "P", "PA"}:
        upright = upright.convert("RGBA")
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
        return paper
    return upright.convert("RGB")


def _encoded(image: Image.Image) -> bytes:
    # A new image carries no EXIF: place, camera and hour stay behind.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    exif = image.getexif()
    folder = exif.get_ifd(_EXIF_FOLDER)
    found = [folder.get(tag) for tag in _TAKEN] + [exif.get(_CHANGED)]
    return next((at for at in map(_moment, found) if at), None)


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        day, hour = text.strip("\0 ").split(" ")
        # Cameras write local time without a zone.
        zone = timezone.get_current_timezone()
        written = f"{day.replace(':', '-')}T{hour}"
        return datetime.fromisoformat(written).replace(tzinfo=zone)
    except ValueError:
        return None


def _too_many_pixels() -> Refusal:
    return _refuse("photo_pixels", _("照片像素过大，无法处理，请重新拍摄"))


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
