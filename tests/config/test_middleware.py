"""The content security policy of every answer."""

from django.http import HttpRequest, HttpResponse

from config.middleware import POLICY, content_security_policy


def test_every_answer_carries_the_policy() -> None:
    answer = content_security_policy(lambda request: HttpResponse())(HttpRequest())

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY


def test_a_page_may_be_stricter() -> None:
    stricter = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    answer = content_security_policy(lambda request: stricter)(HttpRequest())

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
