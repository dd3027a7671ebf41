"""Signed sheets as they come off a scanner or a phone, from the papers themselves.

Everything random is drawn from the generator given, so that a heap can be made again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from notices import frozen
from notices.press import render
from notices.scans.reading import codes
from tests.notices.contexts import AT, context

MILLIMETRES_PER_INCH = 25.4
GREY, DESK = 235, 120

Degrading = Callable[[Image.Image, random.Random], Image.Image]


def printed(kind: str, code: str, households: int = 3) -> bytes:
    """Return a paper of this kind under this code, laid out here and now."""
    facts = frozen.checked(kind, context(kind, households))
    number = "测〔2018〕1号"
    return render.render_pdf(kind, facts, number=number, code=code, issued_at=AT)


def sheet(pdf: bytes, number: int = 1, *, dpi: int = 150) -> Image.Image:
    """Return a page of a paper as it is scanned without any fault."""
    with pypdfium2.PdfDocument(pdf) as document:
        scale = dpi / 72
        return document[number - 1].render(scale=scale).to_pil().convert("RGB")


def turned(least: float, most: float, *, quarters: bool = True) -> Degrading:
    """Lay the sheet askew, and on any of its sides."""

    def turn(image: Image.Image, chance: random.Random) -> Image.Image:
        angle = chance.choice((-1, 1)) * chance.uniform(least, most)
        if quarters:
            angle += chance.choice((0, 90, 180, 270))
        return image.rotate(
            angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(GREY,) * 3
        )

    return turn


def photographed(image: Image.Image, chance: random.Random) -> Image.Image:
    """See the sheet on a desk, from a hand held not quite above it."""
    margin = round(image.width * 0.06)
    size = (image.width + 2 * margin, image.height + 2 * margin)
    desk = Image.new("RGB", size, (DESK,) * 3)
    desk.paste(image, (margin, margin))
    off = [chance.uniform(0, 0.05) * side for side in (*size, *size) * 2]
    corners = (
        *(off[0], off[1]),
        *(off[2], size[1] - off[3]),
        *(size[0] - off[4], size[1] - off[5]),
        *(size[0] - off[6], off[7]),
    )
    return desk.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def blurred(image: Image.Image, chance: random.Random) -> Image.Image:
    """Miss the focus by a tenth of a millimetre."""
    per_millimetre = image.width / 210
    return image.filter(ImageFilter.GaussianBlur(0.12 * per_millimetre))


def grainy(image: Image.Image, chance: random.Random) -> Image.Image:
    """Add the noise of a dim room."""
    grain = Image.effect_noise(image.size, 18).convert("RGB")
    return ImageChops.add(image, grain, 1, -128)


def shadowed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Let the light fall from one side."""
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    light = light.resize(image.size).point(lambda value: 100 + value * 155 // 255)
    return ImageChops.multiply(image, light.convert("RGB"))


def thumbed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Press a red thumb beside the code, on its quiet edge."""
    made = image.copy()
    millimetre = image.width / 210
    (code,) = codes(image)
    right, low = code.x - code.side / 2 - 0.5 * millimetre, code.y + 8 * millimetre
    box = (right - 14 * millimetre, low - 18 * millimetre, right, low)
    ink = ImageDraw.Draw(made)
    for ring in range(8):
        inset = ring * 0.9 * millimetre
        x0, y0, x1, y1 = box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset
        if x1 > x0 and y1 > y0:
            ink.ellipse((x0, y0, x1, y1), outline=(190, 40, 40), width=3)
    return made


def squeezed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Keep it as a JPEG of quality 30."""
    return Image.open(BytesIO(jpeg(image, quality=30))).convert("RGB")


def one_bit(image: Image.Image, chance: random.Random) -> Image.Image:
    """Scan black and white, nothing between."""
    return image.convert("L").point(lambda v: 255 if v > 150 else 0).convert("RGB")


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Lay two sheets on one glass."""
    size = (left.width + right.width + 60, max(left.height, right.height) + 40)
    glass = Image.new("RGB", size, (GREY,) * 3)
    glass.paste(left, (20, 20))
    glass.paste(right, (left.width + 40, 20))
    return glass


def jpeg(image: Image.Image, *, quality: int = 80) -> bytes:
    """Return a JPEG file."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    """Return a PNG file."""
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def bound(images: Sequence[Image.Image], *, dpi: int = 150) -> bytes:
    """Return a PDF as a scanner makes it: one picture a page."""
    out = BytesIO()
    first, *rest = images
    first.save(
        out, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=75
    )
    return out.getvalue()
