"""One desk on the screen: its facts, its verdicts, the check page, the signature."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tests.e2e import forms
from tests.e2e.office import PASSWORD
from tests.e2e.person import Person

PAGES = "ul.cx-pages a"
ROWS = "table.cx-desk tbody tr"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A batch before the officer whose turn it is.

    Attributes:
        fillers: how each page of facts about a household is filled in.
    """

    person: Person
    number: int
    day: date
    fillers: Mapping[str, Callable[..., None]]

    @property
    def address(self) -> str:
        return f"/batch/{self.number}/"

    def open(self) -> None:
        """Come to the desk."""
        self.person.go(self.address)

    def row_of(self, head: str) -> str:
        """Return the key of a household's row."""
        row = self.person.page.locator(ROWS, has_text=head)
        return str(row.get_attribute("id")).removeprefix("case-")

    def fill_pages(self, heads: Collection[str] = ()) -> None:
        """Fill in every page of facts, of all households or of those named."""
        links = []
        for row in self.person.page.locator(ROWS).all():
            wanted = not heads or any(head in row.inner_text() for head in heads)
            found = row.locator(PAGES).all() if wanted else []
            links += [str(link.get_attribute("href")) for link in found]
        for link in links:
            self.person.go(link)
            self.fillers[link.strip("/").split("/")[-1]](self.person, self.day)
            self.person.save()
        self.open()

    def vote(self, head: str, cast: tuple[int, int, int]) -> None:
        """Type the ballots on one household."""
        names = ("votes_for", "against", "abstain")
        for name, ballots in zip(names, cast, strict=True):
            self.person.put(f"votes-{self.row_of(head)}-{name}", ballots)

    def vote_all(self) -> None:
        """Everybody is nearly unanimous about every household."""
        for field in self.person.page.locator('[name$="-votes_for"]').all():
            row = str(field.get_attribute("name")).removesuffix("-votes_for")
            self.person.fill(row, votes_for=forms.PRESENT - 2, against=1, abstain=1)

    def except_(self, head: str, kind: str, *, reason: str, to: str = "") -> None:
        """Mark an exception in a household's row."""
        row = self.row_of(head)
        self.person.put(f"v{row}", kind)
        if to:
            self.person.put(f"b{row}", to)
        self.person.put(f"w{row}", reason)

    def check(self) -> None:
        """Save and come to the check page."""
        self.person.press("核对并提交")
        assert "核对后签名提交" in self.person.heading, self.person.text[:800]

    def sign(self, password: str = PASSWORD, *, status: int = 200) -> None:
        """Vouch for the list, give the password, press."""
        self.person.put("sure", True)
        self.person.put("password", password)
        self.person.press("签名并提交", status=status)

    def submit(self) -> None:
        """Check and sign, and see that it was done."""
        self.check()
        self.sign()
        assert "已提交" in self.person.heading, self.person.text[:800]


def tomorrow(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)
