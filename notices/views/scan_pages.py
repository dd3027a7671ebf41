"""One scanned page: seen large, assigned, numbered, turned, left out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices import marks
from notices.models import ScanPage
from notices.scans import settling, waiting
from notices.views.access import hat_of, own_hat, scan_page_or_404
from notices.views.scans import UNPROCESSABLE
from permissions import clock
from permissions.models import Appointment
from registry.opening import look
from registry.refusals import Refusal

# Written down in Chinese, shown in the language of whoever reads.
SIGNED_SCAN = gettext_noop("签字页扫描件")


@never_cache
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one page large, with what may be done about it."""
    found = scan_page_or_404(request, pk)
    household = found.paper.household if found.paper else None
    if household is not None:
        hat = hat_of(request)
        look(
            household,
            SIGNED_SCAN,
            by=hat.officer,
            reason=hat.recorded_title,
            at=clock.now(),
        )
    return _page(request, found)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing about a page: what `do` names."""
    found = scan_page_or_404(request, pk)
    hat = own_hat(request, found.file.intake)
    way = WAYS.get(request.POST.get("do", ""))
    if way is None:
        raise Http404
    refusal = way(found, request.POST, hat)
    if refusal:
        return _page(request, found, refused=[refusal])
    return redirect(found if request.POST.get("stay") else found.file.intake)


def _assign(
    page: ScanPage, typed: Mapping[str, Any], by: Appointment
) -> Refusal | None:
    code = str(typed.get("code") or typed.get("paper") or "")
    return settling.assign(page, code, by=by, at=clock.now())


def _number(
    page: ScanPage, typed: Mapping[str, Any], by: Appointment
) -> Refusal | None:
    pages = page.paper.pages or 1 if page.paper else 0
    known = {str(number): number for number in range(1, pages + 1)}
    chosen = known.get(str(typed.get("sheet", "")), 0)
    return settling.number(page, chosen, by=by, at=clock.now())


def _prefer(
    page: ScanPage, typed: Mapping[str, Any], by: Appointment
) -> Refusal | None:
    return settling.prefer(page, by=by, at=clock.now())


def _discard(
    page: ScanPage, typed: Mapping[str, Any], by: Appointment
) -> Refusal | None:
    reason = str(typed.get("reason", ""))
    return settling.discard(page, reason, by=by, at=clock.now())


def _right(page: ScanPage, typed: Mapping[str, Any], by: Appointment) -> Refusal | None:
    return settling.turn(page, 1, by=by, at=clock.now())


def _left(page: ScanPage, typed: Mapping[str, Any], by: Appointment) -> Refusal | None:
    return settling.turn(page, 3, by=by, at=clock.now())


WAYS: Final[Mapping[str, Callable[..., Refusal | None]]] = {
    "assign": _assign,
    "number": _number,
    "prefer": _prefer,
    "discard": _discard,
    "right": _right,
    "left": _left,
}


def _page(
    request: HttpRequest, found: ScanPage, *, refused: list[Refusal] | None = None
) -> HttpResponse:
    hat = hat_of(request)
    intake = found.file.intake
    mine = hat.held.acts and hat.place_id == intake.place_id
    total = (found.paper.pages or 1) if found.paper else 1
    context: dict[str, Any] = {
        "page": found,
        "intake": intake,
        "code_shown": marks.grouped(found.code),
        "sheets": range(1, total + 1) if total > 1 else (),
        "missing": waiting.missing(intake)[: waiting.MOST_SHOWN],
        "may_act": mine and not found.confirmed_at and not intake.closed_at,
        "refused": refused or (),
        "typed": request.POST,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "notices/scan_page.html", context, status=status)
