"""Photos as a phone takes them, and files that only call themselves photos."""

import io
from typing import Any

from PIL import Image, ImageDraw

JPEG = "image/jpeg"


def photo(words: str = "photo", *, size: tuple[int, int] = (480, 640)) -> Any:
    """Return a small JPEG as the browser's file chooser would hand it over."""
    picture = Image.new("RGB", size, (238, 232, 214))
    ImageDraw.Draw(picture).text((20, 20), words, fill=(40, 40, 40))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=60)
    return {"name": "照片.jpg", "mimeType": JPEG, "buffer": stream.getvalue()}


def heavy_photo(megabytes: int) -> Any:
    """Return a photo of that many megabytes."""
    light = photo()
    padding = bytes(megabytes * 1024 * 1024 - len(light["buffer"]))
    return {**light, "name": "大照片.jpg", "buffer": light["buffer"] + padding}


def disguised_pdf() -> Any:
    """Return a PDF that is named like a photo."""
    body = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    return {"name": "扫描.jpg", "mimeType": JPEG, "buffer": body}
