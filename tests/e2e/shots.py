"""Takes the pictures of the README from the demonstration; `make screenshots` runs it.

A database of its own is filled and served for the time of the pictures.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsing import CHROMIUM, QUIET
from tests.e2e.person import Person

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "screens"
PASSWORD = "cunxian-2018"
SIZES = {"desktop": 1280, "phone": 390}
COLOURS, HEAVIEST, TALLEST = 64, 200_000, 2400
PATIENCE_SECONDS = 60

COMMITTEE, CLERK = "shibadong.cunwei", "shuanglong.jingban"
COUNTY = "huayuan.jingban"


def first(person: Person, selector: str) -> None:
    """Follow the first link that fits."""
    address = person.page.locator(selector).first.get_attribute("href")
    person.go(str(address))


def worklist(person: Person) -> None:
    """工作台 of the township."""
    person.go("/")


def desk(person: Person) -> None:
    """民主评议 in 十八洞村."""
    person.go("/")
    first(person, "main a[href^='/batch/']")


def check(person: Person) -> None:
    """The same desk before the signature, one household sent back."""
    desk(person)
    rows = person.page.locator("table.cx-desk tbody tr")
    row = str(rows.nth(1).get_attribute("id")).removeprefix("case-")
    person.put(f"v{row}", "return")
    person.put(f"w{row}", "务工收入没有凭据，请重新核实")
    person.press("核对并提交")


def household(person: Person) -> None:
    """一户一档 of a household that is leaving."""
    person.go("/batches/?procedure=household_exit")
    first(person, "main a[href^='/batch/']")
    first(person, "main a[href^='/household/']")


def publicity(person: Person) -> None:
    """公示 with an objection."""
    person.go("/publicity/")
    first(person, "main a[href^='/batch/'][href$='/publicity/']")


def verify(person: Person) -> None:
    """The public check of the notice on the wall; nobody is logged in."""
    publicity(person)
    number = person.page.locator(".cx-head p").inner_text().split("·")[0]
    person.log_out()
    person.go(f"/v/?no={number}")


def place(person: Person) -> None:
    """The county's figures."""
    person.go("/place/")


SHOTS: tuple[tuple[str, str, Callable[[Person], None]], ...] = (
    ("worklist", CLERK, worklist),
    ("desk", COMMITTEE, desk),
    ("check", COMMITTEE, check),
    ("household", CLERK, household),
    ("publicity", COMMITTEE, publicity),
    ("verify", COMMITTEE, verify),
    ("place", COUNTY, place),
)


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration from a database made for it; yield its address."""
    with tempfile.TemporaryDirectory() as place_, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{place_}/shots.sqlite3",
            "CUNXIAN_MEDIA": f"{place_}/media",
            "CUNXIAN_SITE_URL": f"http://{bind}",
        }
        for command in (["migrate", "-v", "0"], ["demo"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        serving = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind={bind}"]
        with subprocess.Popen(serving, cwd=ROOT, env=environment) as server:
            try:
                yield await_answer(f"http://{bind}")
            finally:
                server.terminate()


def await_answer(address: str) -> str:
    """Return the address when somebody answers there.

    Raises: TimeoutError.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/login/"):  # noqa: S310 - our own server
                return address
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


def shrunk(raw: bytes) -> bytes:
    """Return the picture with few colours, cut where nobody scrolls to.

    Raises: ValueError when it is still too heavy for a README.
    """
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    stream = io.BytesIO()
    picture.quantize(COLOURS).save(stream, "PNG", optimize=True)
    if stream.tell() > HEAVIEST:
        raise ValueError(f"{stream.tell()} bytes")
    return stream.getvalue()


def take(browser: Browser, address: str, size: str) -> None:
    """Take every picture at one size."""
    for name, account, way in SHOTS:
        person = Person(browser, address, width=SIZES[size])
        person.log_in(account, PASSWORD)
        way(person)
        raw = person.page.screenshot(full_page=True)
        (TARGET / f"{name}-{size}.png").write_bytes(shrunk(raw))
        person.context.close()


def main() -> None:
    """Take all pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for size in SIZES:
            take(browser, address, size)
        browser.close()


if __name__ == "__main__":
    main()
