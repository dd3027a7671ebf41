"""Somebody at a browser: types, presses, uploads, and notes what a page does wrong."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request
from playwright.sync_api import Response as Answer

PATIENCE_MS = 20_000
FITS = "() => [document.documentElement.scrollWidth, window.innerWidth]"
PANELS = """() => Array.from(document.querySelectorAll('.cx-panel'))
    .filter(it => it.scrollWidth > it.clientWidth + 1)
    .map(it => it.innerText.slice(0, 12) + ' ' + it.scrollWidth).join(', ')"""
STICKS_OUT = """() => Array.from(document.querySelectorAll('body *'))
    .filter(it => it.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 4).map(it => it.tagName + '.' + it.getAttribute('class')).join(' > ')"""
KIND = "it => it.tagName === 'INPUT' ? it.type : it.tagName.toLowerCase()"
# Chrome says this of every 4xx page; the tests look at the status themselves.
SAID_ELSEWHERE = "Failed to load resource"
OK = 200


class Person:
    """One browser window; what went wrong in it is gathered in ``faults``.

    Attributes:
        faults: console errors, failed requests, pages wider than the window.
        name: the account logged in, for the words of a fault.
        strict: whether a panel that scrolls sideways is a fault, too.
    """

    def __init__(
        self, browser: Browser, address: str, *, width: int, script: bool = True
    ) -> None:
        phone = width < 600
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 844 if phone else 900},
            java_script_enabled=script,
            locale="zh-CN",
            has_touch=phone,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.faults: list[str] = []
        self.name = ""
        self.strict = True
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    # coming and going

    def log_in(self, username: str, password: str) -> None:
        """Log in through the page."""
        self.go("/login/")
        self.name = username
        self.put("username", username)
        self.put("password", password)
        self.press("登录")

    def log_out(self) -> None:
        """Leave by the button of the posts page, which every width has."""
        self.go("/posts/")
        self.press("退出登录")

    def go(self, address: str, *, status: int = OK) -> None:
        """Open an address and look at the page."""
        answer = self.page.goto(address)
        self._look(answer, status)

    def press(self, words: str, *, status: int = OK, within: str = "main") -> None:
        """Press the button or link with exactly these words, or starting with them."""
        self.follow(self.button(words, within=within), status=status)

    def save(self, *, status: int = OK) -> None:
        """Press the button that saves and leaves the page."""
        self.follow(self.page.locator(".cx-bar button[value=save]"), status=status)

    def follow(self, found: Locator, *, status: int = OK) -> None:
        """Press this very button or link and look at the page it leads to."""
        with self.page.expect_navigation() as landing:
            found.click()
        self._look(landing.value, status)

    def button(self, words: str, *, within: str = "main") -> Locator:
        """Return the button or link that says this."""
        place = self.page.locator(within)
        pattern = re.compile(f"^\\s*{re.escape(words)}")
        buttons = place.get_by_role("button", name=pattern)
        return buttons.or_(place.get_by_role("link", name=pattern)).first

    def next_day(self) -> None:
        """Move the training clock by a day."""
        self.press("下一天", within=".cx-train")

    def next_deadline(self) -> None:
        """Move the training clock to the next day on which something falls due."""
        self.press("下一期限", within=".cx-train")

    # typing

    def put(self, name: str, value: Any) -> None:
        """Type a value into the field of this name, whatever kind it is of."""
        field = self.page.locator(f'[name="{name}"]')
        match field.first.evaluate(KIND):
            case "radio":
                self._tick(f'[name="{name}"][value="{value}"]', wanted=True)
            case "checkbox" if isinstance(value, bool):
                self._tick(f'[name="{name}"]', wanted=value)
            case "checkbox":
                for one in value:
                    self._tick(f'[name="{name}"][value="{one}"]', wanted=True)
            case "select":
                field.select_option(value)
            case "file":
                field.set_input_files(value)
            case _:
                field.fill(str(value))

    def fill(self, prefix: str, **values: Any) -> None:
        """Type into several fields of one form."""
        for name, value in values.items():
            self.put(f"{prefix}-{name}", value)

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.page.locator(f'[name="{name}"]').first.input_value()

    # reading

    @property
    def text(self) -> str:
        """Return everything the page says in its main part."""
        return self.page.locator("main").inner_text()

    @property
    def heading(self) -> str:
        """Return the page's heading."""
        return self.page.locator("h1").first.inner_text()

    def _tick(self, selector: str, *, wanted: bool) -> None:
        box = self.page.locator(selector)
        if box.is_checked() != wanted:
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').last.click()
        assert box.is_checked() == wanted, selector

    def _look(self, answer: Answer | None, status: int) -> None:
        got = answer.status if answer else None
        assert got == status, f"{self.name} {self.page.url}: {got}\n{self.text[:600]}"
        wide, window = self.page.evaluate(FITS)
        if wide > window:
            out = self.page.evaluate(STICKS_OUT)
            self._note(f"{wide} px wide in a window of {window} px: {out}")

        if self.strict and (panels := self.page.evaluate(PANELS)):
            self._note(f"panels to be scrolled sideways: {panels}")

    def _note(self, what: str) -> None:
        self.faults.append(f"{self.name} {self.page.url}: {what}")

    def _heard(self, message: ConsoleMessage) -> None:
        loud = message.type in {"error", "warning"}
        if loud and SAID_ELSEWHERE not in message.text:
            self._note(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page left before its pictures have come gives them up.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"{request.url}: {request.failure}")

    def _answered(self, answer: Answer) -> None:
        page_itself = answer.request.is_navigation_request()
        if answer.status >= 500 or (answer.status >= 400 and not page_itself):
            self._note(f"{answer.url}: {answer.status}")
