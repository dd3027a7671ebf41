"""What holds for every question and every answer; it must not know any page."""

import re
import uuid
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

from config.logs import REQUEST_ID

Answer = Callable[[HttpRequest], HttpResponse]

NUL = "\x00"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

# No page asks a phone for anything but a file.
FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")


def numbered(answer: Answer) -> Answer:
    """Give each request a number that its answer and all its log lines carry.

    A proxy's own number is kept when it looks like one.
    """

    def with_number(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if NUMBER.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(number)
        try:
            response = answer(request)
        finally:
            REQUEST_ID.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    return with_number


def content_security_policy(answer: Answer) -> Answer:
    """Allow our own files only: no inline script or style, no other host."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        return response

    return with_policy


def no_null_characters(answer: Answer) -> Answer:
    """Refuse the one character that SQLite stores and PostgreSQL does not."""

    def without_null(request: HttpRequest) -> HttpResponse:
        if NUL in request.path or has_null(request.GET) or has_null(request.POST):
            raise BadRequest("NUL")
        return answer(request)

    return without_null


def has_null(sent: QueryDict) -> bool:
    """Return whether any value of a form holds a NUL."""
    return any(NUL in value for _, values in sent.lists() for value in values)
