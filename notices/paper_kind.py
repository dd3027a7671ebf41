"""What one kind of paper is: its name, its issuer's level, its signers, its law.

Must not know which kinds there are, nor when in a procedure one is issued.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from registry.places import Level

# The only facts about a household that a public list may carry (law.md §3, §4).
PUBLIC_FIELDS = frozenset({"group", "head", "size"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper; `code` is also the name of its template and context."""

    code: str
    # Chinese, as printed; screens show `label`.
    title: str
    # What follows the issuer's short name in the number: 双镇 + 公示.
    word: str
    # The level that issues it; none when whoever decides issues it.
    level: Level | None
    law: str
    office: str = ""
    public: bool = False
    # "list" or "household"
    per: str = "list"
    # The style sheet: official, form or wide.
    sheet: str = "form"
    signers: tuple[str, ...] = ()
    # The only facts its rows may carry, where it is not public and yet no file.
    rows: frozenset[str] = frozenset()
    # Raised whenever the template changes what a reader sees.
    version: int = 1

    @property
    def template(self) -> str:
        """Return the template's name."""
        return f"papers/{self.code}.html"

    @property
    def fields(self) -> frozenset[str]:
        """Return the only household facts its rows may carry; empty for any fact."""
        return PUBLIC_FIELDS if self.public else self.rows

    @property
    def label(self) -> str:
        """Return the title for screens, in the reader's language."""
        return gettext(self.title)
