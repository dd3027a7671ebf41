"""Photos as a phone takes them, and files that only call themselves photos."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw


def photo(
    words: str = "photo", *, size: tuple[int, int] = (480, 640), noise: bool = False
) -> Any:
    """Return a JPEG as the browser's file chooser would hand it over."""
    picture = Image.new("RGB", size, (238, 232, 214))
    if noise:
        picture = Image.effect_noise(size, 80).convert("RGB")
    ImageDraw.Draw(picture).text((20, 20), words, fill=(40, 40, 40))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=60)
    return {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def heavy_photo(folder: Path) -> Path:
    """Return a photo of thirty megabytes."""
    made = folder / "大照片.jpg"
    made.write_bytes(photo()["buffer"] + bytes(30 * 1024 * 1024))
    return made


def disguised_pdf(folder: Path) -> Path:
    """Return a PDF that is named like a photo."""
    made = folder / "扫描.jpg"
    made.write_bytes(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    return made
