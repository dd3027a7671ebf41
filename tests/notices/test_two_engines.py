"""Two readers of PDF that share no code find the same ink on the same page.

A face embedded wrongly shows in one engine and leaves blanks in another (paper.md 1.3).
"""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from notices import kinds
from tests.notices.test_render import printed

DPI = 75
DARK = 128
# Engines smooth strokes differently; a face gone blank costs far more than that.
LEAST, MOST = 0.8, 1.25


def dark(picture: Image.Image) -> int:
    return sum(picture.convert("L").histogram()[:DARK])


def by_pdfium(pdf: bytes) -> list[int]:
    document = pypdfium2.PdfDocument(pdf)
    found = [dark(page.render(scale=DPI / 72).to_pil()) for page in document]
    document.close()
    return found


def by_poppler(pdf: bytes, folder: Path) -> list[int]:
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", "paper.pdf", "page"],
        cwd=folder,
        check=True,
    )
    return [dark(Image.open(path)) for path in sorted(folder.glob("page*.pgm"))]


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_two_engines_find_the_same_ink(kind: str, tmp_path: Path) -> None:
    pdf = printed(kind, 12)

    ours, theirs = by_pdfium(pdf), by_poppler(pdf, tmp_path)

    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert LEAST <= one / other <= MOST
