"""Reading a scan: what a code says, however the sheet lay on the glass."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from notices import marks
from notices.scans import reading
from tests.notices import scanning
from tests.notices.scanning import Degrading, bound, jpeg, sheet

CODES = ["MZXW6YTBOI2DGNRT", "KRUGS4ZANFZSAYJA"]


@pytest.fixture(scope="module")
def pdfs() -> list[bytes]:
    """Return a form and an official paper of two pages."""
    kinds = ("exit_confirmation", "exit_notification")
    return [
        scanning.printed(kind, code) for kind, code in zip(kinds, CODES, strict=True)
    ]


def read(image: Image.Image, folder: Path) -> Sequence[reading.Part]:
    path = folder / "scan"
    path.write_bytes(jpeg(image))
    found = reading.page(str(path), 1)
    assert not isinstance(found, str)
    return found


ASKEW = scanning.turned(0, 5)
TABLE: dict[str, tuple[int, Sequence[Degrading]]] = {
    "72 dpi": (72, [scanning.turned(0, 0, quarters=True)]),
    "100 dpi": (100, [ASKEW]),
    "150 dpi": (150, [ASKEW]),
    "200 dpi, 7 degrees": (200, [scanning.turned(7, 7)]),
    "300 dpi": (300, [ASKEW]),
    "jpeg 30": (150, [ASKEW, scanning.squeezed]),
    "blur": (150, [ASKEW, scanning.blurred]),
    "noise": (150, [ASKEW, scanning.grainy]),
    "shadow": (150, [ASKEW, scanning.shadowed]),
    "one bit": (150, [ASKEW, scanning.one_bit]),
    "thumb": (150, [scanning.thumbed, ASKEW]),
    "photo": (170, [scanning.photographed, ASKEW, scanning.shadowed]),
}


@pytest.mark.parametrize("how", TABLE)
def test_a_sheet_is_known_and_turned_upright(
    how: str, pdfs: list[bytes], tmp_path: Path
) -> None:
    dpi, degradations = TABLE[how]
    chance = random.Random(20181105)
    image = sheet(pdfs[1], dpi=dpi)
    for degrade in degradations:
        image = degrade(image, chance)

    (part,) = read(image, tmp_path)

    assert (part["code"], part["mac"]) == (CODES[1], marks.mac(CODES[1]))
    assert part["height"] > part["width"]


@pytest.mark.parametrize("angle", [0, 4, 90, 177, 183, 266])
def test_upright_is_upright(angle: int, pdfs: list[bytes], tmp_path: Path) -> None:
    image = sheet(pdfs[0]).rotate(angle, expand=True, fillcolor="white")

    (part,) = read(image, tmp_path)

    straight = reading.codes(Image.open(tmp_path / "scan"))
    assert len(straight) == 1
    (tmp_path / "again").write_bytes(part["jpeg"])
    (again,) = reading.codes(Image.open(tmp_path / "again"))
    assert abs(again.angle) < 1.5
    assert again.y > 0.8 * part["height"]


def test_two_sheets_on_one_glass_are_cut_apart(
    pdfs: list[bytes], tmp_path: Path
) -> None:
    glass = scanning.beside(sheet(pdfs[0]), sheet(pdfs[1]))

    parts = read(glass.rotate(90, expand=True), tmp_path)

    assert [part["code"] for part in parts] == CODES
    assert all(part["height"] > part["width"] for part in parts)


@pytest.mark.parametrize(
    ("content", "blank"),
    [
        (Image.new("RGB", (800, 1100), "white"), True),
        (Image.new("RGB", (800, 1100), (200, 190, 170)), True),
        (Image.effect_noise((800, 1100), 12).convert("RGB"), True),
        (Image.linear_gradient("L").resize((800, 1100)).convert("RGB"), False),
    ],
)
def test_the_empty_back_of_a_sheet_is_told(
    content: Image.Image, blank: bool, tmp_path: Path
) -> None:
    (part,) = read(content, tmp_path)

    assert (part["code"], part["blank"]) == ("", blank)


def test_every_page_of_a_pdf_is_read(pdfs: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "heap"
    path.write_bytes(bound([sheet(pdfs[1], 1), sheet(pdfs[1], 2)]))

    assert reading.count(str(path)) == 2
    found = [reading.page(str(path), number) for number in (1, 2)]
    assert [part["code"] for (part,) in found] == [CODES[1]] * 2  # type: ignore[misc]


def test_a_code_of_somebody_else_is_no_code(tmp_path: Path) -> None:
    code = zxingcpp.create_barcode(
        "https://example.com/v/hello", zxingcpp.BarcodeFormat.QRCode
    )
    dots = code.to_image(scale=8)

    (part,) = read(Image.fromarray(dots).convert("RGB"), tmp_path)

    assert part["code"] == ""
