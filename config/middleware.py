"""What holds for every question and every answer; it must not know any page."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

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


def content_security_policy(answer: Answer) -> Answer:
    """Allow our own files only: no inline script or style, no other host."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
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
