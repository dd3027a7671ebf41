"""Markup that reaches for a file or an address gets neither, whatever way it tries.

No markup of a user ever reaches the renderer; this is the second lock on the door.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from notices import frozen
from notices.press import Unrendered, render
from tests.notices import reading
from tests.notices.contexts import AT, context

SECRET = "the-key-of-the-office"

# As in the reference of paper, section 6; {url} is a file or an address.
STOPPED = [
    "<link rel=attachment href={url}>",
    "<a rel=attachment href={url}>x</a>",
    "<link rel=stylesheet href={url}>",
    "<img src={url}>",
    "<img srcset='{url} 2x' src={url}>",
    "<style>@import url({url});</style>",
    "<style>p {{ background: url({url}) }}</style><p>x</p>",
    "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "<style>li {{ list-style-image: url({url}) }}</style><li>x</li>",
    "<object data={url}></object>",
    "<embed src={url}>",
    "<base href={url}><img src=x.png><link rel=stylesheet href=x.css>",
    "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}"
    "</style><p>x</p>",
]
DROPPED = [
    "<svg width=9 height=9><image href={url} width=9 height=9 /></svg>",
    "<svg width=9 height=9><use href='{url}#x' /></svg>",
    "<iframe src={url}></iframe>",
    "<script src={url}></script>",
    "<meta http-equiv=refresh content='0; url={url}'>",
]


class Visited(BaseHTTPRequestHandler):
    """Counts whoever comes by."""

    visits: list[str] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        self.send_error(404)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve on a loopback address and return it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Visited) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/x"
        server.shutdown()


@pytest.fixture
def address(request: pytest.FixtureRequest, site: str, tmp_path: Path) -> str:
    """Return the address of a file with a secret, or of the listening server."""
    Visited.visits.clear()
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return site if request.param == "http" else path.as_uri()


def printed(markup: str, patch: pytest.MonkeyPatch) -> bytes:
    html = f"<!DOCTYPE html><html lang=zh-CN><title>x</title>{markup}<p>纸</p>"
    patch.setattr(render, "page_html", lambda _sheet, _context: html)
    facts = frozen.checked("minutes", context("minutes", 1))
    sheet = {"number": "1号", "code": "A" * 16, "issued_at": AT}
    return render.render_pdf("minutes", facts, **sheet)


@pytest.mark.parametrize("address", ["file", "http"], indirect=True)
@pytest.mark.parametrize("markup", STOPPED)
def test_reaching_out_stops_the_paper(
    markup: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unrendered, match="not for a paper"):
        printed(markup.format(url=address), monkeypatch)

    assert Visited.visits == []


@pytest.mark.parametrize("address", ["file", "http"], indirect=True)
@pytest.mark.parametrize("markup", DROPPED)
def test_what_is_dropped_silently_reaches_nothing(
    markup: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = b""
    with suppress(Unrendered):
        pdf = printed(markup.format(url=address), monkeypatch)

    assert Visited.visits == []
    assert SECRET.encode() not in pdf
    assert not pdf or SECRET not in reading.parts(pdf) + reading.text(pdf)


def test_the_listening_server_would_have_noticed(site: str) -> None:
    Visited.visits.clear()
    caller = HTTPConnection(urlsplit(site).netloc)
    caller.request("GET", "/x")
    caller.getresponse().close()
    caller.close()

    assert Visited.visits == ["/x"]
