"""The list in front of a bundle 打印清单: who gets which pages, to be ticked off by hand.

Must not know the database; carries no personal number, only what a clerk hands out by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

import pypdfium2
from django.utils import timezone

from notices.paper_kind import PaperKind
from notices.press import render

# Rows of one line on the first page of the list, and on later ones.
_ROWS_FIRST, _ROWS_LATER = 31, 35

# A page of A4, in points.
A4 = (595.276, 841.89)

# No paper of an office: it has no number, no code and no law, and is issued by nobody.
KIND = PaperKind(code="print_list", title="打印清单", word="", level=None, law="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paper of the bundle."""

    kind: str
    group: str
    # The head of the household, or the place a list is about.
    whose: str
    number: str
    copy_mark: str
    pages: int
    first: int = 0

    @property
    def last(self) -> int:
        """Return its last page in the file."""
        return self.first + self.pages - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintList:
    """The head of the list."""

    job: int
    place: str
    title: str
    asked_by: str
    asked_at: datetime
    copies: int
    duplex: bool
    lines: Sequence[Line]
    # Pages of large type on A3 at the end of the file.
    posters: int = 0
    # Papers that are not in the file: whose they are and why.
    missing: Sequence[tuple[str, str]] = ()

    @property
    def mixed(self) -> bool:
        """Return whether the papers are of several kinds."""
        return len({line.kind for line in self.lines}) > 1

    @property
    def pages(self) -> int:
        """Return the pages of all papers together."""
        return sum(line.pages for line in self.lines)

    @property
    def asked(self) -> str:
        """Return the moment of asking as papers keep moments."""
        return timezone.localtime(self.asked_at).isoformat(timespec="minutes")


def first_pages(pages: Sequence[int], *, after: int, duplex: bool) -> list[int]:
    """Return the page of the file on which each paper begins."""
    firsts = []
    for number in pages:
        if duplex and after % 2:
            after += 1
        firsts.append(after + 1)
        after += number
    return firsts


def put_in_front(plan: PrintList, papers: bytes) -> tuple[bytes, int]:
    """Return the file with the list before the papers, and on how many pages it stands.

    Raises: Unrendered.
    """
    # The list names pages that come after itself, so its length is guessed first; rows
    # of one line each always meet the guess, and laying it out is the dear part.
    own = _even(_guess(len(plan.lines)), plan)
    front = _list(plan, after=own)
    if (found := _even(_pages(front), plan)) != own:
        own, front = found, _list(plan, after=found)
    return _joined(front, papers, pad=plan.duplex), own


def put_behind(papers: bytes, posters: bytes, *, pad: bool) -> bytes:
    """Return the file with the posters after the papers, whose bookmarks stay."""
    whole, behind = pypdfium2.PdfDocument(papers), pypdfium2.PdfDocument(posters)
    if pad and len(whole) % 2:
        # Printed on both sides, A3 must not begin on the back of A4.
        whole.new_page(*A4)
    whole.import_pages(behind)
    stream = BytesIO()
    whole.save(stream)
    whole.close()
    behind.close()
    return stream.getvalue()


def _guess(lines: int) -> int:
    return 1 + max(0, -(-(lines - _ROWS_FIRST) // _ROWS_LATER))


def _even(pages: int, plan: PrintList) -> int:
    return pages + pages % 2 if plan.duplex else pages


def _list(plan: PrintList, *, after: int) -> bytes:
    pages = [line.pages for line in plan.lines]
    firsts = first_pages(pages, after=after, duplex=plan.duplex)
    lines = [
        replace(line, first=first)
        for line, first in zip(plan.lines, firsts, strict=True)
    ]
    sheet = render.Sheet(
        kind=KIND, number="", code="", issued_at=plan.asked_at, watermark=""
    )
    return render.laid_out(sheet, {"plan": plan, "lines": lines})


def _pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    number = len(document)
    document.close()
    return number


def _joined(front: bytes, papers: bytes, *, pad: bool) -> bytes:
    # Pages are put into the bundle, not the other way: its bookmarks stay.
    whole, before = pypdfium2.PdfDocument(papers), pypdfium2.PdfDocument(front)
    number = len(before)
    whole.import_pages(before, index=0)
    if pad and number % 2:
        whole.new_page(*A4, index=number)
    stream = BytesIO()
    whole.save(stream)
    whole.close()
    before.close()
    return stream.getvalue()
