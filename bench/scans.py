"""How well signed sheets are read: real papers, degraded, then recognised.

Prints per degradation and resolution how many sheets were found and turned upright,
how many were taken for another paper (none ever may), and seconds of processor time a
page. Everything is drawn from one seed. ``--json`` prints the same as one object.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from PIL import Image

from bench import machine
from notices import marks
from notices.scans import reading
from tests.notices import scanning
from tests.notices.scanning import Degrading, jpeg, printed, sheet

SEED = 20181105
KINDS = ("exit_confirmation", "exit_notification", "household_card", "verification")
RESOLUTIONS = (72, 100, 150, 200, 300)
STRAIGHT = 2.0

SLIGHT, SKEWED = scanning.turned(0, 5), scanning.turned(5, 7)
WAYS: dict[str, Sequence[Degrading]] = {
    "±5°, any side": [SLIGHT],
    "±5–7°": [SKEWED],
    "JPEG 30": [SLIGHT, scanning.squeezed],
    "blur": [SLIGHT, scanning.blurred],
    "noise": [SLIGHT, scanning.grainy],
    "shadow": [SLIGHT, scanning.shadowed],
    "one bit": [SLIGHT, scanning.one_bit],
    "thumb-print": [scanning.thumbed, SLIGHT],
    "perspective": [scanning.photographed, SLIGHT],
    "phone": [
        scanning.photographed,
        SLIGHT,
        scanning.shadowed,
        scanning.blurred,
        scanning.squeezed,
    ],
}


def papers() -> list[tuple[str, bytes]]:
    """Return one paper of each kind under its code."""
    chance = random.Random(SEED)
    codes = [
        "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)) for _ in KINDS
    ]
    return [
        (code, printed(kind, code)) for code, kind in zip(codes, KINDS, strict=True)
    ]


def read(image: Image.Image) -> tuple[list[reading.Part], float]:
    """Return the parts found in a picture and the processor time it took."""
    with NamedTemporaryFile(suffix=".jpg") as file:
        file.write(jpeg(image))
        file.flush()
        start = time.process_time()
        found = reading.page(file.name, 1)
        taken = time.process_time() - start
    assert not isinstance(found, str)
    return found, taken


def trial(
    known: Sequence[tuple[str, bytes]],
    way: Sequence[Degrading],
    dpi: int,
    times: int,
) -> dict[str, Any]:
    """Return what became of so many sheets of every paper."""
    chance = random.Random(SEED + dpi)
    right = wrong = straight = 0
    seconds = 0.0
    for code, pdf in known:
        clean = sheet(pdf, dpi=dpi)
        for _time in range(times):
            image = clean
            for degrade in way:
                image = degrade(image, chance)
            parts, taken = read(image)
            seconds += taken
            good = [p for p in parts if p["code"] and marks.seals(p["code"], p["mac"])]
            right += any(part["code"] == code for part in good)
            wrong += sum(part["code"] != code for part in good)
            straight += any(is_straight(part) for part in good)
    number = len(known) * times
    return {
        "sheets": number,
        "found": right,
        "recall": round(right / number, 4),
        "false": wrong,
        "upright": straight,
        "cpu_seconds_a_page": round(seconds / number, 3),
    }


def is_straight(part: reading.Part) -> bool:
    """Say whether the picture that is kept lies straight."""
    found = reading.codes(Image.open(BytesIO(part["jpeg"])))
    return len(found) == 1 and abs(found[0].angle) <= STRAIGHT


def pairs(known: Sequence[tuple[str, bytes]], dpi: int) -> dict[str, Any]:
    """Return how many of two sheets on one glass were found and cut apart."""
    chance = random.Random(SEED)
    found = sheets = wrong = 0
    seconds = 0.0
    for (one, left), (other, right) in pairwise(known):
        glass = scanning.beside(sheet(left, dpi=dpi), sheet(right, dpi=dpi))
        parts, taken = read(SLIGHT(glass, chance))
        read_off = {part["code"] for part in parts if part["code"]}
        found += len(read_off & {one, other})
        wrong += len(read_off - {one, other})
        sheets, seconds = sheets + 2, seconds + taken
    return {
        "sheets": sheets,
        "found": found,
        "recall": round(found / sheets, 4),
        "false": wrong,
        "upright": found,
        "cpu_seconds_a_page": round(seconds / sheets, 3),
    }


def measure(times: int, resolutions: Sequence[int]) -> dict[str, Any]:
    """Return every figure."""
    known = papers()
    results = {}
    for dpi in resolutions:
        for name, way in WAYS.items():
            results[f"{dpi} dpi, {name}"] = trial(known, way, dpi, times)
            print(f"{dpi} dpi, {name}", file=sys.stderr)
    results["150 dpi, two on one glass"] = pairs(known, 150)
    return {"machine": machine.description(), "seed": SEED, "results": results}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=5, help="sheets of each paper")
    parser.add_argument("--dpi", type=int, nargs="*", default=RESOLUTIONS)
    options = parser.parse_args()
    found = measure(options.times, options.dpi)
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for key, value in found["machine"].items():
        sys.stdout.write(f"{key:12} {value}\n")
    sys.stdout.write(f"{'':28} sheets  found  recall  false  upright  CPU s/page\n")
    for name, row in found["results"].items():
        sys.stdout.write(
            f"{name:28} {row['sheets']:6} {row['found']:6}  {row['recall']:6.1%} "
            f"{row['false']:6}  {row['upright']:7}  {row['cpu_seconds_a_page']:10}\n"
        )


if __name__ == "__main__":
    main()
