"""The one door of WeasyPrint: frozen facts in, the same PDF bytes out every time.

Must not know the database nor the time of day.
"""

import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from notices import kinds, marks
from notices.paper_kind import PaperKind
from notices.press import Unrendered, archive, caps, cjk, fontconfig
from notices.press.fetch import QR, LockedFetcher

STYLES = Path(__file__).parent.parent / "styles"
# What a style sheet stands on, besides base.css.
LAYERS = {
    "wide": ("form", "wide"),
    "cover": ("form", "cover"),
    "notice": ("official", "notice"),
}

# Digits of the checkpoint between two gaps.
_GROUP = 8

DRAFT = "草稿"
TRAINING = "演练"

# Pango keeps one font map per configuration and is not made for two threads.
_one_at_a_time = threading.Lock()

FAILURES = (
    FatalURLFetchingError,
    LookupError,
    OSError,
    RuntimeError,
    TemplateSyntaxError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every page carries beside its facts."""

    kind: PaperKind
    number: str
    code: str
    issued_at: datetime
    watermark: str
    # 副本 1; empty on an original.
    copy_mark: str = ""
    # Large type on A3 instead of the sheet itself.
    poster: bool = False
    # The ledger's checkpoint: leaves, digits of the root, day, parted by colons.
    witness: str = ""

    @property
    def code_shown(self) -> str:
        """Return the check code in groups of four, as it is printed."""
        return marks.grouped(self.code)

    @property
    def witness_shown(self) -> list[str]:
        """Return the checkpoint as it is printed: leaves and day, then the digits."""
        if not self.witness:
            return []
        size, digits, day = self.witness.split(":")
        return [f"账本校验点 {size}（{day}）", marks.grouped(digits, _GROUP)]

    @property
    def qr(self) -> str:
        """Return the address of the picture, empty on a draft."""
        return f"{QR}{marks.check_url(self.code)}" if self.code else ""

    @property
    def over(self) -> tuple[str, ...]:
        """Return the style sheets laid over the kind's own."""
        return ("poster",) if self.poster else ()

    @property
    def created(self) -> str:
        """Return the moment of issue as the PDF's date."""
        return timezone.localtime(self.issued_at).isoformat(timespec="seconds")


def render_pdf(
    kind: str,
    context: Mapping[str, Any],
    *,
    number: str,
    code: str,
    issued_at: datetime,
    watermark: str | None = None,
    attach: bool = True,
    copy_mark: str = "",
    poster: bool = False,
    witness: str = "",
) -> bytes:
    """Return the PDF of a frozen context, with the context in it unless told not to.

    A draft, which has no code, never carries its data. A poster is the same paper in
    large type on A3.

    Raises: Unrendered when the template or the renderer fails.
    """
    sheet = Sheet(
        kind=kinds.named(kind),
        number=number,
        code=code,
        issued_at=issued_at,
        watermark=watermark or "",
        copy_mark=copy_mark,
        poster=poster,
        witness=witness,
    )
    data = [archive.data(context, kind=kind, code=code, at=issued_at)]
    return laid_out(sheet, context, data if attach and code else [])


def laid_out(
    sheet: Sheet, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()
) -> bytes:
    """Return the PDF of a sheet.

    Raises: Unrendered when the template or the renderer fails.
    """
    try:
        return _laid_out(sheet, context, list(attachments))
    except FAILURES as error:
        raise Unrendered(f"{sheet.kind.code} {sheet.number}: {error!r}") from error


def page_html(sheet: Sheet, context: Mapping[str, Any]) -> str:
    """Return the HTML of a paper before it is laid out.

    Raises: ValueError for a text or a list no office ever wrote.
    """
    caps.hold(context)
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(sheet.kind.template, {**context, "paper": sheet})


def _laid_out(
    sheet: Sheet, context: Mapping[str, Any], attachments: list[Attachment]
) -> bytes:
    html = page_html(sheet, context)
    with at_the_press():
        fonts, styles = press(sheet.kind.sheet, *sheet.over)
        document = HTML(string=html, base_url="paper:", url_fetcher=LockedFetcher())
        pdf: bytes = document.write_pdf(
            stylesheets=styles,
            font_config=fonts,
            pdf_variant=archive.variant(public=sheet.kind.public),
            pdf_identifier=(sheet.code or DRAFT).encode(),
            attachments=attachments,
            finisher=archive.finish,
        )
    return pdf


@contextmanager
def at_the_press() -> Iterator[None]:
    """Keep the press to one paper at a time."""
    with _one_at_a_time, warnings.catch_warnings():
        # WeasyPrint 70 leaves its colour profile open and says so when it is freed.
        warnings.simplefilter("ignore", ResourceWarning)
        yield


@cache
def _fonts() -> FontConfiguration:
    fontconfig.configure()
    cjk.enable()
    return FontConfiguration()


@cache
def press(sheet: str, *over: str) -> tuple[FontConfiguration, list[CSS]]:
    """Return the faces and the style sheets of a kind of sheet, others laid over."""
    fonts = _fonts()
    layers = LAYERS.get(sheet, (sheet,))
    texts = (STYLES / f"{name}.css" for name in ("base", *layers, *over))
    return fonts, [
        CSS(
            string=path.read_text(encoding="utf-8"),
            font_config=fonts,
            url_fetcher=LockedFetcher(),
        )
        for path in texts
    ]
