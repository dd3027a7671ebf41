"""One's own account: password, posts held, and relatives declared.

An officer sees and changes only himself here.
"""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from permissions import clock, lockout, second_factor, sessions
from permissions.forms import KinForm, PasswordForm
from permissions.middleware import hat_not_required
from permissions.models import Density, Kinship
from permissions.requests import OfficerRequest


@hat_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: OfficerRequest) -> HttpResponse:
    """Show one's account; POST declares a relative's household."""
    form = KinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save(request.user, clock.today())
        messages.success(request, _("已登记回避，这一户您不能再办理。"))
        return redirect("permissions:account")
    kin = Kinship.objects.filter(officer=request.user).select_related("household")
    context = {
        "form": form,
        "kin": kin.order_by("declared_on", "pk"),
        "sizes": Density.choices,
        "factor_on": second_factor.is_on(request.user),
        "codes_left": second_factor.left(request.user),
        "places": sessions.places(
            request.user, lockout.moment(), own=request.session.session_key or ""
        ),
    }
    return render(request, "permissions/account.html", context)


@hat_not_required
@require_POST
def end_sessions(request: OfficerRequest) -> HttpResponse:
    """Log out everywhere but here."""
    ended = sessions.end_others(request.user, own=request.session.session_key or "")
    messages.success(request, _("已退出其他 %(count)s 处登录。") % {"count": ended})
    return redirect("permissions:account")


@sensitive_post_parameters()
@hat_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: OfficerRequest) -> HttpResponse:
    """Change one's password; the first one given out works only up to here."""
    given = request.POST if request.method == "POST" else None
    form = PasswordForm(request.user, given)
    if form.is_valid():
        request.user.must_change_password = False
        form.save()
        update_session_auth_hash(request, form.user)
        sessions.end_others(request.user, own=request.session.session_key or "")
        messages.success(request, _("密码已修改。"))
        return redirect("permissions:posts")
    return render(request, "permissions/password.html", {"form": form})
