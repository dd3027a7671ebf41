"""What the middleware of this floor adds to a request, for those who read it.

Types only; it must not do anything.
"""

from django.http import HttpRequest

from permissions.models import Appointment, Officer
from permissions.policy import Territory


class OfficerRequest(HttpRequest):
    """A request behind log-in, as the views find it."""

    user: Officer
    hat: Appointment | None
    """The appointment worn now; views behind `HatMiddleware` always have one."""
    appointments: list[Appointment]
    """Everything the officer holds today."""
    territory: Territory
    """The places of the hat worn."""
    density: str
    LANGUAGE_CODE: str
