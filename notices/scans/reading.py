"""One scanned file, page by page: which sheets are on it, turned upright.

The door of zxing-cpp. Runs in a child process without a database, for what it opens is
hostile; it answers in plain values. Must not know any paper.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import atan2, degrees, hypot
from pathlib import Path
from typing import Any, Final, NamedTuple, TypedDict

import pypdfium2
import zxingcpp
from PIL import Image

from notices import pictures
from registry.refusals import Refusal

# Faults, in the words of `notices.models.Fault`.
BROKEN, ENCRYPTED, NO_SCAN, NO_PAGES = "broken", "encrypted", "no_scan", "no_pages"

# What a QR code of ours says, whatever address the site had when it was printed.
_MARK: Final = re.compile(r"/v/([A-Z2-7]{16})-([A-Z2-7]{8})/?$", re.IGNORECASE)

# 200 dpi for A4, more than any of our codes needs; see bench/scans.py.
_WORKING_SIDE: Final = 2400
# A camera's own pixels, for a sheet that fills only part of the picture.
_SHARPEST_SIDE: Final = 4000
# Below this a code's smallest square is about one pixel, and enlarging helps.
_COARSE_SIDE: Final = 1800
_STRAIGHT_DEGREES: Final = 0.7
_HALF_TURN: Final = 90
# Two codes nearer than this part of the picture cannot be told apart by a cut.
_NEAR: Final = 0.15
# From a code's middle to the edge of its sheet: so many of its sides, at most.
_MARGIN_SIDES: Final = 2

_BLANK_SIDE: Final = 300
_BLANK_DARK: Final = 60
_BLANK_SHARE: Final = 0.0006
_PASSWORD_ERROR: Final = 4


class Part(TypedDict):
    """One sheet: our own encoding, what its code says, how far it was turned."""

    jpeg: bytes
    width: int
    height: int
    code: str
    mac: str
    turned: int
    blank: bool
    taken_at: str


class Found(NamedTuple):
    """A code of ours in a picture: where its middle is and which way it looks."""

    code: str
    mac: str
    x: float
    y: float
    side: float
    # Degrees clockwise from upright.
    angle: float


def count(path: str) -> int | str:
    """Return how many pages a file has, or the fault that makes it none."""
    with Path(path).open("rb") as file:
        if file.read(4) != pictures.PDF:
            return 1
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document) or NO_PAGES
    except pypdfium2.PdfiumError as error:
        return _fault(error)


def page(path: str, number: int) -> list[Part] | str:
    """Return the sheets on a page, counted from 1, or the fault that hides them."""
    picture = _picture(path, number)
    if isinstance(picture, str):
        return picture
    image, taken_at = picture
    found = codes(image)
    if found[1:]:
        image = upright(image, found[0].angle)
        return [_part(part, codes(part), taken_at) for part in _parted(image)]
    return [_part(image, found, taken_at)]


def codes(image: Image.Image) -> list[Found]:
    """Return the codes of ours in a picture, each once.

    What is tried beyond the plain look was measured to help: see bench/scans.py.
    """
    grey = image.convert("L")
    for look in _looks(grey):
        if found := _ours(look, scale=look.width / grey.width):
            return found
    return []


def upright(image: Image.Image, angle: float) -> Image.Image:
    """Turn a picture whose code looks `angle` degrees clockwise from upright."""
    quarters = round(angle / _HALF_TURN)
    for _turn in range(quarters % 4):
        image = image.transpose(Image.Transpose.ROTATE_90)
    rest = angle - quarters * _HALF_TURN
    if abs(rest) < _STRAIGHT_DEGREES:
        return image
    return image.rotate(rest, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def _picture(path: str, number: int) -> tuple[Image.Image, str] | str:
    data = Path(path).read_bytes()
    if data.startswith(pictures.PDF):
        rendered = _rendered(data, number)
        return rendered if isinstance(rendered, str) else (rendered, "")
    found = pictures.decoded(data, side=_SHARPEST_SIDE)
    if isinstance(found, Refusal):
        return NO_SCAN if found.code == "photo_not" else BROKEN
    image, taken_at = found
    return image, taken_at.isoformat() if taken_at else ""


def _rendered(data: bytes, number: int) -> Image.Image | str:
    try:
        with pypdfium2.PdfDocument(data) as document:
            sheet = document[number - 1]
            scale = _WORKING_SIDE / max(*sheet.get_size(), 1)
            bitmap = sheet.render(scale=scale, may_draw_forms=False)
            return bitmap.to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        return _fault(error)


def _fault(error: pypdfium2.PdfiumError) -> str:
    asked = getattr(error, "err_code", None) == _PASSWORD_ERROR
    return ENCRYPTED if asked else BROKEN


def _looks(grey: Image.Image) -> Iterator[Image.Image]:
    longest = max(grey.size)
    if longest > _WORKING_SIDE:
        small = grey.copy()
        small.thumbnail((_WORKING_SIDE, _WORKING_SIDE))
        yield small
    yield grey
    if longest <= _COARSE_SIDE:
        double = (grey.width * 2, grey.height * 2)
        yield grey.resize(double, Image.Resampling.LANCZOS)


def _ours(grey: Image.Image, *, scale: float) -> list[Found]:
    read = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_invert=False,
    )
    found: dict[str, Found] = {}
    for one in read:
        if match := _MARK.search(one.text):
            code, mac = match[1].upper(), match[2].upper()
            found.setdefault(code, _placed(code, mac, one.position, scale))
    return list(found.values())


def _placed(code: str, mac: str, at: Any, scale: float) -> Found:
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    left_top, right_top, right_low, left_low = [(p.x, p.y) for p in corners]
    along = [_less(right_top, left_top), _less(right_low, left_low)]
    down = [_less(left_low, left_top), _less(right_low, right_top)]
    # Both sides tell the angle; what looks down, turned by a quarter, looks along.
    looks = [*along, *((y, -x) for x, y in down)]
    angle = degrees(atan2(sum(y for _, y in looks), sum(x for x, _ in looks)))
    return Found(
        code=code,
        mac=mac,
        x=sum(p.x for p in corners) / 4 / scale,
        y=sum(p.y for p in corners) / 4 / scale,
        side=sum(hypot(x, y) for x, y in looks) / 4 / scale,
        angle=angle,
    )


def _less(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] - other[0], one[1] - other[1]


def _parted(image: Image.Image) -> list[Image.Image]:
    """Cut a picture of several sheets between them; whole when it cannot be cut.

    Every sheet bears its code near the same corner, so the last one's distance from
    the edge is everyone's.
    """
    again = codes(image)
    wide = _spread([one.x for one in again]) >= _spread([one.y for one in again])
    middles = sorted(one.x if wide else one.y for one in again)
    length = image.width if wide else image.height
    gaps = [b - a for a, b in pairwise(middles)]
    if not gaps or min(gaps) < _NEAR * length:
        return [image]
    edge = min(length - middles[-1], _MARGIN_SIDES * again[0].side)
    cuts = [0.0, *(middle + edge for middle in middles[:-1]), float(length)]
    boxes = [
        (int(a), 0, int(b), image.height) if wide else (0, int(a), image.width, int(b))
        for a, b in pairwise(cuts)
    ]
    parts = [image.crop(box) for box in boxes]
    return parts if all(len(codes(part)) == 1 for part in parts) else [image]


def _spread(numbers: list[float]) -> float:
    return max(numbers) - min(numbers) if numbers else 0


def _part(image: Image.Image, found: list[Found], taken_at: str) -> Part:
    only = found[0] if len(found) == 1 else None
    if only:
        image = upright(image, only.angle)
    image.thumbnail((pictures.LONGEST_SIDE, pictures.LONGEST_SIDE))
    return Part(
        jpeg=pictures.encoded(image),
        width=image.width,
        height=image.height,
        code=only.code if only else "",
        mac=only.mac if only else "",
        turned=round(only.angle) % 360 if only else 0,
        blank=not found and _is_blank(image),
        taken_at=taken_at,
    )


def _is_blank(image: Image.Image) -> bool:
    """Say whether there is next to no ink: the back of a sheet, scanned too."""
    small = image.convert("L")
    small.thumbnail((_BLANK_SIDE, _BLANK_SIDE))
    counts = small.histogram()
    total, seen, middle = sum(counts), 0, 0
    while seen * 2 < total:
        seen += counts[middle]
        middle += 1
    dark = sum(counts[: max(0, middle - _BLANK_DARK)])
    return dark < _BLANK_SHARE * total
