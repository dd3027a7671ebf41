"""Officers at their browsers: log in, take a hat, open a page, submit a desk."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from permissions.models import Appointment
from tests.world import World
from workflows import clock
from workflows.models import Batch, Case

PASSWORD = "pass-word-2018"
NEXT_DOOR = "433124110225"


def browser(hat: Appointment) -> Client:
    """Return a browser in which the officer is logged in."""
    client = Client()
    client.force_login(hat.officer)
    return client


def at_desk(world: World, batch: Batch) -> Client:
    """Return the browser of whoever has to act on the batch, on the world's day."""
    clock.set_training_day(world.day)
    return browser(world.hat(batch))


def url(name: str, *args: Any) -> str:
    """Return the address of a page of this floor."""
    return reverse(f"workflows:{name}", args=args)


def submit(client: Client, batch: Batch, **fields: Any) -> Any:
    """Press "check" at a desk; fields override what the page holds."""
    return client.post(
        url("batch", batch.pk), untouched(client, batch) | {"do": "check"} | fields
    )


def exception(
    case: Case, kind: str, *, to: str = "", reason: str = ""
) -> dict[str, str]:
    """Return the fields of one household's verdict."""
    fields = {f"v{case.pk}": kind, f"w{case.pk}": reason}
    return fields | ({f"b{case.pk}": to} if to else {})


def sign(client: Client, batch: Batch, **fields: Any) -> Any:
    """Open the check page and sign what it shows; fields override what is sent."""
    page = client.get(url("check", batch.pk))
    sent = {
        "key": page.context["key"],
        "digest": page.context["digest"],
        "sure": "1",
        "password": PASSWORD,
        **fields,
    }
    return client.post(url("check", batch.pk), sent)


class Fields(HTMLParser):
    """What a browser would send back if nobody touched the desk's form."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.select = self.area = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == "desk"
        name = given.get("name") or ""
        if tag == "option" and self.select:
            self._option(given)
        elif self.inside and name:
            self._field(tag, name, given)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def _option(self, given: dict[str, str | None]) -> None:
        if "selected" in given or self.select not in self.sent:
            self.sent[self.select] = given.get("value") or ""

    def _field(self, tag: str, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type")
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif kind in {"radio", "checkbox"}:
            if "checked" in given:
                self.sent[name] = given.get("value") or "on"
        elif tag == "input" and kind != "file":
            self.sent[name] = given.get("value") or ""


def untouched(client: Client, batch: Batch) -> dict[str, Any]:
    """Return what the desk page of a batch would send as it stands."""
    fields = Fields()
    fields.feed(client.get(url("batch", batch.pk)).content.decode())
    return fields.sent
