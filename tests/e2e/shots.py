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
from datetime import date, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import forms
from tests.e2e.browsing import CHROMIUM, QUIET
from tests.e2e.person import Person

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "screens"
PASSWORD = "cunxian-2018"
SIZES = {"desktop": 1280, "phone": 390}
COLOURS, HEAVIEST, TALLEST = 64, 200_000, 4800
PATIENCE_SECONDS = 60

COMMITTEE, CLERK = "shibadong.cunwei", "shuanglong.jingban"
COUNTY = "huayuan.jingban"
TODAY = date(2018, 11, 5)
MEETINGS_DAY = TODAY - timedelta(days=1)
WORTH_A_PICTURE = 3
# Debian's browser speaks English; a village's writes dates and files like this.
AS_IN_CHINA = """() => {
  for (const it of document.querySelectorAll('input[type^=date]')) {
    const said = it.value.replace(/-/g, '/').replace('T', ' ');
    it.type = 'text';
    it.value = said || '年/月/日';
  }
  for (const it of document.querySelectorAll('input[type=file]')) {
    const said = document.createElement('p');
    said.className = 'cx-flush';
    said.innerHTML = '<button type="button">选择文件</button> 未选择任何文件';
    it.replaceWith(said);
  }
  document.activeElement.blur();
}"""


def first(person: Person, selector: str) -> None:
    """Follow the first link that fits."""
    address = person.page.locator(selector).first.get_attribute("href")
    person.go(str(address))


def worklist(person: Person) -> None:
    """工作台 of the village committee, with enough on it to be seen."""
    person.go("/")
    while person.page.locator("[data-rows] tr").count() < WORTH_A_PICTURE:
        person.go("/batches/new/?procedure=household_identification")
        person.page.locator("[data-rows] label").first.click()
        person.press("开批")
        person.go("/")


def desk(person: Person) -> None:
    """民主评议 in 十八洞村: the meeting is typed, one household outvoted."""
    person.go("/batches/?procedure=household_identification")
    first(person, "tr:has-text('民主评议') a[href^='/batch/']")
    forms.authorised(person, MEETINGS_DAY, held_at=f"{MEETINGS_DAY}T09:00")
    person.put("meeting-sheets", [])
    rows = person.page.locator("table.cx-desk tbody tr")
    for number in range(rows.count()):
        key = str(rows.nth(number).get_attribute("id")).removeprefix("case-")
        votes_for = 17 if number == 1 else forms.PRESENT - 1 - number
        abstain = forms.PRESENT - votes_for - 1
        person.fill(f"votes-{key}", votes_for=votes_for, against=1, abstain=abstain)
    mark(person, 1, "refuse", reason="到会代表未过半数同意")
    mark(person, 3, "return", to="verify", reason="重新测算务工收入")
    person.press("暂存", within=".cx-bar")
    person.go(person.page.url)


def mark(person: Person, number: int, kind: str, *, reason: str, to: str = "") -> None:
    """Mark an exception in a row."""
    row = person.page.locator("table.cx-desk tbody tr").nth(number)
    key = str(row.get_attribute("id")).removeprefix("case-")
    person.put(f"v{key}", kind)
    if to:
        person.put(f"b{key}", to)
    person.put(f"w{key}", reason)


def check(person: Person) -> None:
    """The same list before the signature."""
    desk(person)
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
    ("worklist", COMMITTEE, worklist),
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
        serving = [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            f"--bind={bind}",
            "--log-level=warning",
            "--no-control-socket",
        ]
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


def pictured(person: Person) -> bytes:
    """Return the whole page in a window as high as itself, so that bars stay below."""
    person.page.evaluate(AS_IN_CHINA)
    for _again in range(2):
        height = person.page.evaluate("() => document.documentElement.scrollHeight")
        width = person.page.viewport_size["width"]
        person.page.set_viewport_size({"width": width, "height": height})
    return person.page.screenshot(full_page=True)


def take(browser: Browser, address: str, size: str) -> None:
    """Take every picture at one size."""
    for name, account, way in SHOTS:
        person = Person(browser, address, width=SIZES[size])
        person.log_in(account, PASSWORD)
        way(person)
        raw = pictured(person)
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
