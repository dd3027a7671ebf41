"""The check page: is the sheet in my hand true? No log-in, no personal data."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices import inquiries, marks, verification
from notices.verification import UNKNOWN, Verdict
from permissions import lockout

_TOO_MANY: Final = 429
_LONGEST_QUESTION: Final = 60


@login_not_required
@require_safe
def check(request: HttpRequest, mark: str) -> HttpResponse:
    """Answer for the QR code: `mark` is the check code, a hyphen and its seal."""
    now = timezone.localtime()
    code, _hyphen, seal = mark.rpartition("-")
    sealed = marks.seals(code.upper(), seal)
    if _too_often(request, now, guess=not sealed):
        return _busy(request)
    verdict = verification.check(code.upper(), seal)
    if not sealed:
        inquiries.guessed(at=now)
    return _page(request, verdict, asked="", code=code)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer for a number or check code typed in; without one, ask for it."""
    asked = request.GET.get("no", "").strip()[:_LONGEST_QUESTION]
    if not asked:
        return _page(request, None, asked="")
    now = timezone.localtime()
    if _too_often(request, now, guess=True):
        return _busy(request)
    found = verification.find(asked)
    if not found:
        inquiries.guessed(at=now)
    if len(found) > 1:
        return render(request, "notices/several.html", {"found": found, "asked": asked})
    return _page(request, found[0] if found else UNKNOWN, asked=asked)


def _page(
    request: HttpRequest, verdict: Verdict | None, *, asked: str, code: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"verdict": verdict, "asked": asked, "code": code}
    # 200 even when unknown: the page is the answer, and a 404 says less on a phone.
    response = render(request, "notices/check.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _busy(request: HttpRequest) -> HttpResponse:
    said = {"busy": _("查验过于频繁，请一分钟后再试")}
    return render(request, "notices/check.html", said, status=_TOO_MANY)


def _too_often(request: HttpRequest, now: datetime, *, guess: bool) -> bool:
    """Count this address's question; a sealed code is no guess."""
    if inquiries.too_often(lockout.address_of(request), at=now):
        return True
    return guess and inquiries.guessing(at=now)
