"""The two buttons of the training clock; in production they do not exist."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import clock
from workflows.tasks import tick

DAY, DEADLINE = "day", "deadline"
MOVES = frozenset({DAY, DEADLINE})


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Go to the next day, or to the next day on which something falls due."""
    return moved(request, request.POST.get("to", DAY))


def moved(request: HttpRequest, to: str) -> HttpResponse:
    """Move the training clock and go back; in production there is no such thing."""
    if not settings.TRAINING:
        raise Http404
    today = clock.today()
    day = clock.next_deadline(today) if to == DEADLINE else today + timedelta(days=1)
    clock.set_training_day(day)
    # The worker would do it within a minute; a learner should not have to wait.
    tick(clock.now())
    said = _("演练日期已到 %(day)s") % {"day": date_format(day, _("Y年n月j日"))}
    messages.success(request, said)
    return redirect(back(request))


def back(request: HttpRequest) -> str:
    """Return where the form asked to go afterwards, if that is one of our pages."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else "/"
