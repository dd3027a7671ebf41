"""Coming in, going out, changing hats, and how pages look.

It must not know what is done under a hat.
"""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from permissions import clock, lockout, pending, second_factor, sessions
from permissions.forms import CodeForm, LoginForm
from permissions.middleware import DENSITY_COOKIE, HAT, hat_not_required
from permissions.models import Appointment, Density, Officer
from permissions.policy import appointments
from permissions.posts import Post
from permissions.requests import OfficerRequest
from registry.models import Place
from registry.places import Level, span

YEAR = 365 * 24 * 60 * 60
PASSWORD_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class Login(LoginView):
    """Log in; who holds several posts is asked which hat to wear.

    Who has a code besides his password is not in before he has typed it.
    """

    # Django would take a PUT for a form that was sent.
    http_method_names = ("get", "head", "post", "options")
    template_name = "permissions/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    extra_context = {"sizes": Density.choices}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in, or ask for the code first."""
        officer = form.get_user()
        if second_factor.is_on(officer):
            target, now = self.get_redirect_url(), lockout.moment()
            pending.remember(self.request, officer, target=target, at=now)
            return redirect("permissions:second_factor")
        response = super().form_valid(form)
        sessions.note(self.request, officer, lockout.moment())
        return response

    def get_default_redirect_url(self) -> str:
        """Return the choice of posts, the administrator's page, or the work list."""
        officer = cast("Officer", self.request.user)
        return resolve_url(_home(appointments(officer, clock.today())))


@sensitive_post_parameters("code")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: OfficerRequest) -> HttpResponse:
    """Ask for the code of an officer whose password was right a moment ago."""
    waiting = pending.officer(request, lockout.moment())
    if waiting is None:
        return redirect("permissions:login")
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        officer=waiting,
        seen_at=lockout.address_of(request),
        at=lockout.moment(),
    )
    if not form.is_valid():
        return render(request, "permissions/code.html", {"form": form})
    target = pending.target(request)
    login(request, waiting, backend=PASSWORD_BACKEND)
    sessions.note(request, waiting, lockout.moment())
    return redirect(target or _home(appointments(waiting, clock.today())))


@hat_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: OfficerRequest) -> HttpResponse:
    """Show one's posts and change the hat."""
    held: list[Appointment] = request.appointments
    if request.method == "POST":
        chosen = [one for one in held if str(one.pk) == request.POST.get("post")]
        if chosen:
            request.session[HAT] = chosen[0].pk
            return redirect(_home(chosen))
        messages.error(request, _("您没有这个任职，或者它已不在任期内。"))
    counts = _villages(held)
    rows = [(one, counts[one.pk]) for one in held]
    return render(request, "permissions/posts.html", {"rows": rows})


@login_not_required
@require_POST
def density(request: OfficerRequest) -> HttpResponse:
    """Keep how large the pages are set: on the officer and in a cookie."""
    wanted = request.POST.get("density", "")
    response = redirect(_back(request))
    if wanted not in Density.values:
        return response
    response.set_cookie(DENSITY_COOKIE, wanted, max_age=YEAR, samesite="Lax")
    if request.user.is_authenticated:
        request.user.density = wanted
        request.user.save(update_fields=["density"])
    return response


@login_not_required
@require_POST
def language(request: OfficerRequest) -> HttpResponse:
    """Keep the language of the pages: on the officer and in a cookie."""
    wanted = request.POST.get("language", "")
    response = redirect(_back(request))
    if wanted not in dict(settings.LANGUAGES):
        return response
    name = settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(name, wanted, max_age=YEAR, samesite="Lax")
    if request.user.is_authenticated:
        request.user.language = wanted
        request.user.save(update_fields=["language"])
    return response


def _home(held: list[Appointment]) -> str:
    """Return the name or path of the page on which these posts begin their work."""
    if len(held) > 1:
        return "permissions:posts"
    if held and held[0].held is Post.SYSTEM_ADMIN:
        return "permissions:officers"
    if held and held[0].held in Post.ADMINS:
        return "permissions:appointments"
    return settings.LOGIN_REDIRECT_URL


def _back(request: OfficerRequest) -> str:
    """Return the page the officer came from, if it is one of ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else settings.LOGIN_REDIRECT_URL


def _villages(held: list[Appointment]) -> dict[int, int]:
    """Return how many villages each post reaches, in one statement."""
    if not held:
        return {}
    spans = {one.pk: span(one.place_id) for one in held}
    counts = {
        f"reach_{pk}": Count("pk", filter=Q(code__gte=lo, code__lt=hi))
        for pk, (lo, hi) in spans.items()
    }
    found = Place.objects.filter(level=Level.VILLAGE, valid_to=None).aggregate(**counts)
    return {pk: found[f"reach_{pk}"] for pk in spans}
