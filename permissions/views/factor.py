"""Setting up a code besides the password, and giving it up.

Both want the password or a code once more: an open browser is no proof of a person.
"""

from typing import Any

import zxingcpp
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from permissions import clock, lockout, second_factor
from permissions.forms import FactorForm, ProofForm
from permissions.middleware import hat_not_required
from permissions.models import AccountAct, AccountRecord
from permissions.requests import OfficerRequest

_GROUP = 4


@sensitive_post_parameters()
@never_cache
@hat_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: OfficerRequest) -> HttpResponse:
    """Show the secret for a telephone; the first right code switches it on."""
    if second_factor.is_on(request.user):
        return redirect("permissions:account")
    given = request.POST if request.method == "POST" else None
    form = FactorForm(given, **_proof(request))
    if form.is_valid():
        codes = second_factor.confirm(
            request.user, form.cleaned_data["code"], at=lockout.moment()
        )
        if codes:
            _record(request, AccountAct.FACTOR_ON)
            return render(request, "permissions/paper_codes.html", {"codes": codes})
        form.add_error("code", _("口令不对。请核对手机时间，再输入新的6位数字。"))
    secret = second_factor.begin(request.user)
    context = {
        "form": form,
        "picture": _picture(second_factor.address(request.user, secret)),
        "secret": _grouped(secret),
    }
    return render(request, "permissions/factor.html", context)


@sensitive_post_parameters()
@hat_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficerRequest) -> HttpResponse:
    """Give the code up."""
    given = request.POST if request.method == "POST" else None
    form = ProofForm(given, **_proof(request))
    if form.is_valid():
        second_factor.give_up(request.user)
        _record(request, AccountAct.FACTOR_OFF)
        messages.success(request, _("动态口令已停用。"))
        return redirect("permissions:account")
    return render(request, "permissions/end_factor.html", {"form": form})


def _proof(request: OfficerRequest) -> dict[str, Any]:
    return {
        "officer": request.user,
        "seen_at": lockout.address_of(request),
        "at": lockout.moment(),
    }


def _record(request: OfficerRequest, act: AccountAct) -> None:
    AccountRecord.objects.create(
        officer=request.user, act=act, by=request.hat, at=clock.now()
    )


def _picture(text: str) -> SafeString:
    """Return the QR code of an address as a drawing that stands in the page."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = code.to_svg(scale=4)
    # Drawn by the library from squares alone: nothing of the text stands in it.
    return mark_safe(drawn[drawn.index("<svg") :])  # noqa: S308 - see above


def _grouped(secret: str) -> str:
    starts = range(0, len(secret), _GROUP)
    return " ".join(secret[start : start + _GROUP] for start in starts)
