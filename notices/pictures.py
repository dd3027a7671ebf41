"""Pictures as they come in: hostile until decoded; only our own encoding goes on.

Must not know the database: a child process without one decodes scans with it.
"""

import warnings
from datetime import datetime
from io import BytesIO
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from registry.refusals import HOUSE_RULE, Refusal

LARGEST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2000
QUALITY: Final = 82

FORMATS: Final = ("JPEG", "PNG", "WEBP")
_EXIF_FOLDER: Final = 0x8769
_TAKEN: Final = (0x9003, 0x9004)  # DateTimeOriginal, DateTimeDigitized
_CHANGED: Final = 0x0132

PDF: Final = b"%PDF"


def decoded(
    data: bytes, *, side: int = LONGEST_SIDE
) -> tuple[Image.Image, datetime | None] | Refusal:
    """Return the upright picture, no side longer than `side`, and when it was taken.

    Refuses: photo_pdf, photo_not, photo_pixels, photo_broken.
    """
    if data.startswith(PDF):
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
        image.draft("RGB", (side, side))
        return _plain(image, side), taken_at
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except UnidentifiedImageError:
        return _refuse(
            "photo_not",
            _("文件不是照片（只收 JPEG、PNG、WebP 图片，看内容不看文件名）"),
        )
    except (OSError, SyntaxError, ValueError):
        return _refuse("photo_broken", _("照片文件已损坏，请重新拍摄"))


def encoded(image: Image.Image) -> bytes:
    """Return the picture as our JPEG, no side longer than `LONGEST_SIDE`."""
    # A new image carries no EXIF: place, camera and hour stay behind.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def turned(data: bytes, quarters: int) -> bytes:
    """Return one of our own pictures, turned by so many quarters clockwise."""
    with Image.open(BytesIO(data), formats=FORMATS) as stored:
        image: Image.Image = stored
        for _quarter in range(quarters % 4):
            image = image.transpose(Image.Transpose.ROTATE_270)
        return encoded(image)


def _plain(image: Image.Image, side: int) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((side, side))
    if upright.mode in {"RGBA", "LA", "P", "PA"}:
        upright = upright.convert("RGBA")
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
        return paper
    return upright.convert("RGB")


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
