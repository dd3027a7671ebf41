"""What every request knows of its officer: language, density, hat, territory.

Read from the database at each request and kept for none, so that a removal works
at the next click. It must not know cases.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from permissions import clock
from permissions.models import Appointment, Density
from permissions.policy import Territory, appointments
from permissions.posts import Post
from permissions.requests import OfficerRequest
from permissions.second_factor import is_on

Answer = Callable[[HttpRequest], HttpResponse]

HAT = "appointment_id"
DENSITY_COOKIE = "cunxian_density"


def hat_not_required(view: Any) -> Any:
    """Mark a view that an officer without any post may open."""
    view.hat_required = False
    return view


class PreferencesMiddleware:
    """Set language and density from the officer, else from cookies.

    In the place of Django's LocaleMiddleware: Chinese is the default of the office,
    whatever language its browsers were installed in.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficerRequest) -> HttpResponse:
        language = _language(request)
        request.LANGUAGE_CODE = language
        request.density = _density(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HatMiddleware:
    """Set `request.hat`, `request.appointments` and `request.territory`.

    The territory is that of the hat worn: another post sees other places.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficerRequest) -> HttpResponse:
        held: list[Appointment] = []
        if request.user.is_authenticated:
            held = appointments(request.user, clock.today())
        hat = _hat(request, held)
        request.appointments = held
        request.hat = hat
        request.territory = Territory.of([hat] if hat else [])
        return self.get_response(request)

    def process_view(
        self, request: OfficerRequest, view: Callable[..., Any], *_args: object
    ) -> HttpResponse | None:
        """Send on whoever must change his password; stop whoever has no post."""
        public = not getattr(view, "login_required", True)
        if public or not request.user.is_authenticated:
            return None
        if not getattr(view, "hat_required", True):
            return None
        if request.user.must_change_password:
            return redirect("permissions:password")
        if _owes_a_factor(request):
            return redirect("permissions:factor")
        if request.hat is None:
            return render(request, "permissions/no_post.html", status=403)
        return None


def _hat(request: OfficerRequest, held: list[Appointment]) -> Appointment | None:
    """Return the hat chosen if it still stands, else the first one."""
    if not held:
        return None
    chosen = request.session.get(HAT)
    found = next((one for one in held if one.pk == chosen), None)
    if found is None:
        if chosen is not None:
            text = _("原来的任职已不在任期内，现以“%(title)s”办理。")
            messages.warning(request, text % {"title": held[0].title})
        found = held[0]
        request.session[HAT] = found.pk
    return found


def _owes_a_factor(request: OfficerRequest) -> bool:
    """Return whether the server asks this officer for a code he has not set up."""
    if settings.SECOND_FACTOR != "required" or request.hat is None:
        return False
    return request.hat.held not in Post.VILLAGE and not is_on(request.user)


def _language(request: OfficerRequest) -> str:
    wanted = (
        request.user.language
        if request.user.is_authenticated
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    )
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _density(request: OfficerRequest) -> str:
    wanted = (
        request.user.density
        if request.user.is_authenticated
        else request.COOKIES.get(DENSITY_COOKIE, "")
    )
    return wanted if wanted in Density.values else Density.NORMAL.value
